"""The solver (HiGHS) behind one door: `solve` turns an instance into a proved plan, the same one every time."""

from gongdi.engines.highs.session import SolverError
from gongdi.engines.highs.solving import solve

__all__ = ["SolverError", "solve"]
