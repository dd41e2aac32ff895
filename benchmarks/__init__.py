"""Benchmarks: one file a claim, its peers in the same run. Never part of the tests."""
