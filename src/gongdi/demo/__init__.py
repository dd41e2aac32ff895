"""A made-up district at the size of a real one, from a fixed seed."""
