"""Whatever is eased, one thing at a time, the optimum never falls: each demand, earmark, window and budget."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from benchmarks.plan_shapes import SHAPES, shaped
from hypothesis import given, settings

from gongdi.core.portfolio.model import Instance, Plan
from gongdi.core.portfolio.parse import parse_instance
from gongdi.engines.highs import solve
from tests.support.plan_instances import small_instances

Data = dict[str, Any]
SETTINGS = settings(max_examples=12, deadline=None)


def solved(data: Data, gap: float) -> Plan:
    instance = parse_instance(data)
    assert isinstance(instance, Instance), instance
    return solve(instance, time_limit=60, gap=gap)


def eased(data: Data) -> Iterator[tuple[str, Data]]:
    """The same instance with one thing less demanded of it, each in turn, and what that is."""
    for key, row, change in (*_demands(data), *_earmarks(data)):
        freer = copy.deepcopy(data)
        freer[key][row].update(change)
        yield f"{key} {row}: {change}", freer


def _demands(data: Data) -> Iterator[tuple[str, int, Data]]:
    for at, row in enumerate(data["compounds"]):
        if row["must"]:
            yield "compounds", at, {"must": False}
        if row["earliest"] > data["years"][0] or row["latest"] < data["years"][-1]:
            yield "compounds", at, {"earliest": data["years"][0], "latest": data["years"][-1]}
    for at, row in enumerate(data["counties"]):
        if row["minimum"]:
            yield "counties", at, {"minimum": row["minimum"] - 1}
            yield "counties", at, {"minimum": 0}
    for at, row in enumerate(data["bundles"]):
        if 2 * (row["need"] - 1) > len(row["members"]):
            yield "bundles", at, {"need": row["need"] - 1}
        yield "bundles", at, {"saving": row["saving"] + 1}


def _earmarks(data: Data) -> Iterator[tuple[str, int, Data]]:
    for at, row in enumerate(data["funds"]):
        if row["counties"] is not None:
            yield "funds", at, {"counties": None}
        if len(row["classes"]) < 3:
            yield "funds", at, {"classes": ["basic", "improvement", "upgrade"]}
        if not row["carry_over"]:
            yield "funds", at, {"carry_over": True}
        for year in range(len(data["years"])):
            yield "funds", at, {"budget": [yuan + (k == year) for k, yuan in enumerate(row["budget"])]}


@pytest.mark.parametrize("gap", [0.0, 0.001])
@given(data=small_instances())
@SETTINGS
def test_nothing_that_is_eased_lowers_the_optimum(gap: float, data: Data) -> None:
    before = solved(data, gap)
    for what, freer in eased(data):
        after = solved(freer, gap)
        assert after.status == "optimal" or before.status == "infeasible", what
        assert before.status == "infeasible" or after.worth >= before.worth, what


@pytest.mark.slow
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "infeasible"])
def test_nothing_that_is_eased_takes_the_bound_below_a_plan_of_hundreds(shape: str) -> None:
    data = shaped(240, 3, 6, shape)
    before = solved(data, 0.02)
    for what, freer in list(eased(data))[::40]:
        after = solved(freer, 0.02)
        assert {before.status, after.status} <= {"optimal", "feasible"}, what
        assert after.bound is not None
        assert max(before.worth, after.worth) <= after.bound, what
