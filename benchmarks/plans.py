"""The plan of a city and a province: the decomposition beside HiGHS and CP-SAT on the whole model and the greedy list.

`python benchmarks/run.py plans` runs what a quarter of an hour allows; `GONGDI_BENCH_FULL=1` adds 100,000 and 1,000,000
compounds. Every run has a process of its own, so that its peak memory is its own.
"""

from __future__ import annotations

import gc
import os
import resource
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from benchmarks.measuring import Claim
from benchmarks.plan_shapes import shaped
from gongdi.core.portfolio.flow import Groups
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.needs import Tables
from gongdi.core.portfolio.parse import parse_instance
from gongdi.core.portfolio.ranking import rank_and_fill
from gongdi.engines.highs import solve
from gongdi.engines.highs.session import run as run_highs
from gongdi.engines.highs.whole import WholeModel

SEEDS = (1, 2, 3, 4, 5)
PEER_SECONDS = 60.0


@dataclass(frozen=True)
class Case:
    """One size and shape with the gap and the seconds that are asked for."""

    many: int
    years: int
    shape: str
    gap: float
    seconds: float
    seeds: tuple[int, ...] = SEEDS
    peers: bool = False


@dataclass(frozen=True)
class Run:
    """What one run came to: seconds, worth, bound, peak memory in MiB."""

    seconds: float
    worth: float
    bound: float
    memory: float
    status: str


CASES = (
    Case(60, 3, "regional", 0.001, 60, peers=True),
    Case(300, 4, "regional", 0.001, 60, peers=True),
    Case(500, 3, "plain", 0.001, 60, peers=True),
    Case(2_000, 3, "plain", 0.0001, 10, peers=True),
    *(
        Case(many, years, shape, 0.001, 60)
        for many, years in ((2_000, 3), (5_000, 5))
        for shape in ("regional", "county")
    ),
    Case(20_000, 5, "plain", 0.0001, 15, peers=True),
    *(Case(20_000, 5, shape, 0.001, 30) for shape in ("county", "savings", "early", "scarce", "regional")),
    Case(20_000, 5, "minimums", 0.0001, 30),
    Case(20_000, 5, "infeasible", 0.001, 60),
)
FULL = (Case(100_000, 5, "plain", 0.0001, 60), Case(1_000_000, 5, "plain", 0.001, 600, seeds=(1,)))


def run() -> list[Claim]:
    return [_claim(case) for case in (*CASES, *(FULL if os.environ.get("GONGDI_BENCH_FULL") else ()))]


def _apart(work: str, case: Case, seed: int) -> Run:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_work, work, case, seed).result()


def _work(work: str, case: Case, seed: int) -> Run:
    gc.disable()
    instance = parse_instance(shaped(case.many, case.years, seed, case.shape))
    assert isinstance(instance, Instance)
    start = time.perf_counter()
    worth, bound, status = {"own": _own, "greedy": _greedy, "highs": _highs, "cpsat": _cpsat}[work](instance, case)
    taken = time.perf_counter() - start
    return Run(taken, worth, bound, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, status)


def _own(instance: Instance, case: Case) -> tuple[float, float, str]:
    plan = solve(instance, case.seconds, case.gap)
    return float(plan.worth), float(plan.bound or 0), plan.status


def _greedy(instance: Instance, case: Case) -> tuple[float, float, str]:
    value = {row.id: max(level.benefit / max(1, sum(level.cost)) for level in row.levels) for row in instance.compounds}
    plan = rank_and_fill(instance, sorted(value, key=lambda name: (-value[name], name)))
    return float(plan.worth), float(plan.bound or 0), "unmet demands" if plan.unmet else "list"


def _highs(instance: Instance, case: Case) -> tuple[float, float, str]:
    model = WholeModel(Tables.of(instance), Groups(instance))
    found = run_highs(model.rows, {"time_limit": PEER_SECONDS, "mip_rel_gap": case.gap})
    return max(found.worth, 0.0), found.bound, found.status


def _cpsat(instance: Instance, case: Case) -> tuple[float, float, str]:
    from ortools.sat.python import cp_model

    tables, groups = Tables.of(instance), Groups(instance)
    whole = WholeModel(tables, groups)
    model, scale = cp_model.CpModel(), 1000
    rows = whole.rows
    most = 10**9
    columns = [
        model.new_bool_var(f"x{at}")
        if rows.whole[at]
        else model.new_int_var(0, most if rows.upper[at] else 0, f"x{at}")
        for at in range(len(rows.cost))
    ]
    # Continuous columns are money in units of the model; whole yuan become whole thousandths of the unit.
    factor = [1 if rows.whole[at] else 1 / scale for at in range(len(columns))]
    for row in range(len(rows.row_lower)):
        span = slice(rows.start[row], rows.start[row + 1])
        terms = [
            (columns[at], round(value * factor[at] * scale))
            for at, value in zip(rows.index[span], rows.value[span], strict=True)
        ]
        body = sum(coefficient * column for column, coefficient in terms)
        if rows.row_upper[row] < 1e20:
            model.add(body <= round(rows.row_upper[row] * scale))
        if rows.row_lower[row] > -1e20:
            model.add(body >= round(rows.row_lower[row] * scale))
    model.maximize(sum(round(cost * scale) * column for cost, column in zip(rows.cost, columns, strict=True) if cost))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = PEER_SECONDS
    solver.parameters.num_workers = 2
    solver.parameters.relative_gap_limit = case.gap
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    return (
        (solver.objective_value / scale if found else 0.0),
        solver.best_objective_bound / scale,
        solver.status_name(status),
    )


def _claim(case: Case) -> Claim:
    runs = [_apart("own", case, seed) for seed in case.seeds]
    claim = Claim(
        title=f"The plan: {case.many:,} compounds x {case.years} years, {case.shape}",
        work=f"`solve` on made-up instances, {len(runs)} seeds, gap asked for {case.gap:.2%}; reading not counted.",
        target=f"gap {case.gap:.2%} within {case.seconds:.0f} s on two free cores",
    )
    claim.rows.append(("Gongdi", statistics.median(row.seconds for row in runs), _remark(runs[0], runs[0].bound)))
    if case.peers:
        for who, work in (("HiGHS, whole model", "highs"), ("CP-SAT, whole model", "cpsat"), ("greedy list", "greedy")):
            peer = _apart(work, case, case.seeds[0])
            claim.rows.append((who, peer.seconds, _remark(peer, runs[0].bound)))
    worst = max(runs, key=lambda row: _gap(row, row.bound))
    claim.notes.append(
        f"worst of the seeds: {max(row.seconds for row in runs):.1f} s, gap {_gap(worst, worst.bound):.4%}, "
        f"{max(row.memory for row in runs):.0f} MiB with the instance; load {os.getloadavg()[0]:.1f}."
    )
    return claim


def _gap(found: Run, bound: float) -> float:
    return 0.0 if found.status == "infeasible" else (bound - found.worth) / found.worth if found.worth else 1.0


def _remark(found: Run, bound: float) -> str:
    """Every peer is held against the bound that Gongdi proved for the first seed."""
    if found.status == "infeasible":
        return "infeasible, explained"
    return f"{found.status}, {_gap(found, bound):.4%} below the bound" if found.worth else f"{found.status}, no plan"
