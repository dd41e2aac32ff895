"""Pages of the survey, by who uses them."""
