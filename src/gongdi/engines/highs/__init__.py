"""The solver (HiGHS) behind one door: `solve` turns an instance into a proved plan, the same one every time."""

from gongdi.engines.highs.naming import ShadowPrices
from gongdi.engines.highs.session import SolverError
from gongdi.engines.highs.solving import Solved, solve, solve_with_prices

__all__ = ["ShadowPrices", "Solved", "SolverError", "solve", "solve_with_prices"]
