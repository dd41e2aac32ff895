"""Pages of residents, and of the staff who confirm their dwellings."""
