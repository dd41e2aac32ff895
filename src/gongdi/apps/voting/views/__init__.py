"""Pages of votes: of the office, of residents, of the public."""
