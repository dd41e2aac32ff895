"""Base templates, components, styles and small scripts shared by the apps."""
