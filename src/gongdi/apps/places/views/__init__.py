"""Pages of the project pool: board, register, map, one compound, rosters."""
