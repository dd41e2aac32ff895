"""Pages of the app, one module a subject."""
