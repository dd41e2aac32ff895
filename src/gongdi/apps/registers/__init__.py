"""Yearly registers (年度清册): which compounds a year takes up, what was added and removed since, and why."""
