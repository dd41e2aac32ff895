"""HiGHS behind checked calls: one model in, one answer out, the same answer every time."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import highspy
import numpy as np
from numpy.typing import NDArray

SEED = 20200710
"""HiGHS draws on a seed; a fixed one makes runs repeat."""

Option = bool | int | float | str

Progress = Callable[[float, float], None]
"""Called with the best worth found and the bound proved so far."""


class SolverError(Exception):
    """HiGHS refused a call. This is a defect of the program or the installation, never of somebody's data."""


@dataclass(slots=True)
class Rows:
    """A mixed-integer program being written: columns first, then rows over them. It is always maximised."""

    cost: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[bool] = field(default_factory=list)
    row_lower: list[float] = field(default_factory=list)
    row_upper: list[float] = field(default_factory=list)
    start: list[int] = field(default_factory=lambda: [0])
    index: list[int] = field(default_factory=list)
    value: list[float] = field(default_factory=list)

    def column(self, cost: float = 0.0, upper: float = highspy.kHighsInf, whole: bool = False) -> int:
        """A column between 0 and `upper`; its number."""
        self.cost.append(cost)
        self.upper.append(upper)
        self.whole.append(whole)
        return len(self.cost) - 1

    def row(self, entries: Mapping[int, float], upper: float, lower: float = -highspy.kHighsInf) -> int:
        """A row between `lower` and `upper`; its number."""
        self.index.extend(entries.keys())
        self.value.extend(entries.values())
        self.start.append(len(self.index))
        self.row_lower.append(lower)
        self.row_upper.append(upper)
        return len(self.row_lower) - 1

    def linear_program(self, relaxed: bool = False) -> highspy.HighsLp:
        """The program as HiGHS takes it; relaxed drops integrality."""
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = len(self.cost), len(self.row_lower)
        lp.sense_ = highspy.ObjSense.kMaximize
        lp.col_cost_ = np.array(self.cost, dtype=np.float64)
        lp.col_lower_ = np.zeros(len(self.cost))
        lp.col_upper_ = np.array(self.upper, dtype=np.float64)
        lp.row_lower_ = np.array(self.row_lower, dtype=np.float64)
        lp.row_upper_ = np.array(self.row_upper, dtype=np.float64)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.num_col_, lp.a_matrix_.num_row_ = lp.num_col_, lp.num_row_
        lp.a_matrix_.start_ = np.array(self.start, dtype=np.int32)
        lp.a_matrix_.index_ = np.array(self.index, dtype=np.int32)
        lp.a_matrix_.value_ = np.array(self.value, dtype=np.float64)
        if not relaxed:
            kinds = (highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger)
            lp.integrality_ = [kinds[whole] for whole in self.whole]
        return lp


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run ended with: `optimal`, `infeasible` or `stopped`; column values if any were found, and the bound."""

    status: str
    values: NDArray[np.float64] | None
    worth: float
    bound: float
    duals: NDArray[np.float64] | None = None
    steps: int = 0


class _Quiet(highspy.Highs):
    """HiGHS that does not write its banner, which would spoil what goes to standard output."""

    def enableCallbacks(self) -> None:  # noqa: N802 - the name is HiGHS's; it is called as the object is made
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]


def _ok(status: Any, what: str) -> None:
    if status not in (highspy.HighsStatus.kOk, highspy.HighsStatus.kWarning):
        raise SolverError(f"HiGHS: {what}: {status}")


def _options(highs: highspy.Highs, options: Mapping[str, Option]) -> None:
    fixed: dict[str, Option] = {"output_flag": False, "threads": 1, "random_seed": SEED, **options}
    for name, value in fixed.items():
        if highs.setOptionValue(name, value) != highspy.HighsStatus.kOk:
            raise SolverError(f"HiGHS does not take {name} = {value}")


def quiet_solver() -> highspy.Highs:
    """A solver with our fixed options, for models that grow while they are solved."""
    highs = _Quiet()  # type: ignore[no-untyped-call]
    _options(highs, {})
    return highs


def run(
    rows: Rows,
    options: Mapping[str, Option],
    start: Sequence[tuple[int, float]] = (),
    steps: int = 0,
    progress: Progress | None = None,
    relaxed: bool = False,
    stop: Callable[[], bool] | None = None,
) -> Outcome:
    """Solve one program, in at most `steps` steps of the search if that is not 0, until `stop` says so.

    `start` gives values of a first solution; columns it leaves out HiGHS fills in.
    """
    highs = _Quiet()  # type: ignore[no-untyped-call]
    _options(highs, options)
    _ok(highs.passModel(rows.linear_program(relaxed)), "the model")
    if start:
        columns, values = zip(*start, strict=True)
        _ok(highs.setSolution(len(start), np.array(columns, dtype=np.int32), np.array(values)), "the first solution")
    watched = steps or progress is not None or stop is not None
    done = _watch(highs, steps or sys.maxsize, progress, stop) if watched else [0]
    _ok(highs.run(), "the run")
    return replace(_outcome(highs, relaxed), steps=done[0])


def _watch(highs: highspy.Highs, steps: int, progress: Progress | None, stop: Callable[[], bool] | None) -> list[int]:
    """Stop after so many steps of the search, which repeat where seconds do not, and tell how far it is.

    The list that is returned holds the steps done.
    """
    done = [0]

    def called(kind: Any, message: str, out: Any, into: Any, data: Any) -> None:
        done[0] += 1
        if done[0] >= steps or (stop is not None and stop()):
            into.user_interrupt = True
        if progress is not None:
            progress(out.mip_primal_bound, out.mip_dual_bound)

    _ok(highs.setCallback(called, None), "the callback")
    _ok(highs.startCallback(highspy.cb.HighsCallbackType.kCallbackMipInterrupt), "the callback")
    return done


def _outcome(highs: highspy.Highs, relaxed: bool) -> Outcome:
    status, info = highs.getModelStatus(), highs.getInfo()
    kinds = highspy.HighsModelStatus
    if status in (kinds.kInfeasible, kinds.kUnboundedOrInfeasible):
        return Outcome("infeasible", None, 0.0, 0.0)
    if status == kinds.kModelEmpty:
        return Outcome("optimal", np.zeros(0), 0.0, 0.0)
    stopped = (kinds.kTimeLimit, kinds.kSolutionLimit, kinds.kIterationLimit, kinds.kInterrupt)
    if status != kinds.kOptimal and status not in stopped:
        raise SolverError(f"HiGHS ended with {highs.modelStatusToString(status)}")
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    solution = highs.getSolution()
    values = np.array(solution.col_value) if found else None
    worth = float(info.objective_function_value) if found else -np.inf
    bound = (worth if status == kinds.kOptimal else np.inf) if relaxed else float(info.mip_dual_bound)
    duals = np.array(solution.row_dual) if relaxed and solution.dual_valid else None
    return Outcome("optimal" if status == kinds.kOptimal else "stopped", values, worth, bound, duals)
