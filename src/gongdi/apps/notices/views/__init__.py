"""Pages of notices: of the office, of residents, open to all."""
