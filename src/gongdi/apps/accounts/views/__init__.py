"""Pages of the accounts app, by subject."""
