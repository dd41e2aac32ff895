"""Template tags of the planning pages."""
