"""Reading and writing files: rosters, packs, workbooks."""
