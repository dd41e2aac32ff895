"""Votes of owners (业主表决): rules, the frozen roll, ballots, the tally, the log that anybody can recount.

Pure and exact: heads are integers, areas whole 0.01 m2, bounds fractions. Moments, chance and keys are arguments.
"""
