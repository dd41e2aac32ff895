"""Votes of owners (业主表决): the frozen roll, ballots by phone and paper in one log, counts, results."""
