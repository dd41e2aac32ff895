"""Forms of votes, by subject."""
