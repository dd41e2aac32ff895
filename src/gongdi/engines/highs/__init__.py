"""The solver (HiGHS) behind one door: `solve` turns an instance into a proved plan, the same one every time.

`ready` solves for questions of what would be if, which are then answered from the prices known.
"""

from gongdi.engines.highs.naming import ShadowPrices
from gongdi.engines.highs.session import SolverError
from gongdi.engines.highs.solving import Solved, solve, solve_with_prices
from gongdi.engines.highs.what_if import Ready, ask_all, ready

__all__ = ["Ready", "ShadowPrices", "Solved", "SolverError", "ask_all", "ready", "solve", "solve_with_prices"]
