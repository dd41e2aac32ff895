"""Issues on site (现场问题): the table of states as gates."""
