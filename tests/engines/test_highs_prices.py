"""Prices prove bounds: no plan is worth more at any prices, and what is left out of the core loses no better plan."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdi.core.portfolio.model import Chosen, Instance
from gongdi.core.portfolio.parse import parse_instance
from gongdi.engines.highs.arrays import Arrays, Ints, arrays_of, sample
from gongdi.engines.highs.bundle_method import best_prices, blocks_of
from gongdi.engines.highs.explaining import marginals_of
from gongdi.engines.highs.nearby import near
from gongdi.engines.highs.pricing import Prices, evaluate
from tests.support import plan_oracle
from tests.support.plan_instances import made, small_instances

Data = dict[str, Any]
SETTINGS = settings(max_examples=60, deadline=None)


def arrays(data: Data) -> Arrays:
    instance = parse_instance(data)
    assert isinstance(instance, Instance)
    return arrays_of(instance)


def any_prices(given_arrays: Arrays, seed: int) -> Prices:
    random = np.random.default_rng(seed)
    shape = (given_arrays.years, given_arrays.counties, 3)
    scale = 10.0 ** random.integers(-3, 3)
    need = random.exponential(scale, shape) * random.integers(0, 2, shape)
    return Prices(need, random.exponential(5.0, given_arrays.counties) * random.integers(0, 2, given_arrays.counties))


@given(small_instances(), st.integers(0, 10**6))
@SETTINGS
def test_no_plan_is_worth_more_than_the_bound_at_any_prices(data: Data, seed: int) -> None:
    best, found = plan_oracle.best_worth(data), arrays(data)
    bound = evaluate(found, any_prices(found, seed), blocks_of(found)[0], many=len(blocks_of(found)[1])).bound
    assert best is None or best <= bound


@given(small_instances())
@SETTINGS
def test_the_best_prices_prove_a_bound_and_never_that_a_plan_that_exists_does_not(data: Data) -> None:
    best, found = plan_oracle.best_worth(data), arrays(data)
    bound = best_prices(found, 1e-6).valuation.bound
    assert best is None or best <= bound


def best_pick(data: Data, found: Arrays) -> Ints | None:
    """The starts of a best plan by rows."""
    tried = sorted(plan_oracle._choices(data), key=lambda chosen: -plan_oracle.worth(data, chosen))
    for chosen in tried:
        if plan_oracle.meets_demands(data, chosen) and plan_oracle.payable(data, plan_oracle.needs(data, chosen)):
            return pick_of(found, [Chosen(row["id"], row["level"], row["year"]) for row in chosen])
    return None


def pick_of(found: Arrays, chosen: list[Chosen]) -> Ints:
    """A choice by rows."""
    instance = found.instance
    by_id = {row.id: row for row in chosen}
    pick = np.full(found.rows, -1, dtype=np.int64)
    for row, at in enumerate(found.index.tolist()):
        compound = instance.compounds[at]
        if compound.id in by_id:
            one = by_id[compound.id]
            level = [level.name for level in compound.levels].index(one.level)
            pick[row] = level * found.years + instance.years.index(one.year)
    return pick


@given(small_instances(), st.integers(0, 10**6))
@SETTINGS
def test_a_best_plan_uses_no_start_that_loses_more_than_its_distance_from_the_bound(data: Data, seed: int) -> None:
    found = arrays(data)
    pick = best_pick(data, found)
    if pick is None:
        return
    prices = any_prices(found, seed)
    bound = evaluate(found, prices, blocks_of(found)[0], many=len(blocks_of(found)[1])).bound
    entries = near(found, prices, float(bound - found.worth(pick)) + 1e-6)
    assert set(enumerate(pick.tolist())) <= set(zip(entries.row.tolist(), entries.option.tolist(), strict=True))


def test_prices_from_a_sample_come_close_to_the_best_of_the_whole() -> None:
    whole = arrays(made(600, 2, 4))
    few = best_prices(sample(whole, 3), 1e-5).prices
    blocks, counties = blocks_of(whole)
    near_enough = evaluate(whole, few, blocks, many=len(counties)).value
    best = best_prices(whole, 1e-5).valuation.value
    assert best <= near_enough <= 1.05 * best


def test_the_bound_at_known_prices_rises_by_the_marginal_value_of_a_further_million() -> None:
    data = made(300, 2, 4)
    whole = arrays(data)
    blocks, counties = blocks_of(whole)
    prices = best_prices(whole, 1e-5).prices
    before = evaluate(whole, prices, blocks, many=len(counties)).value
    rates = {(row.fund, row.year): float(row.per_million) for row in marginals_of(whole, prices)}
    assert max(rates.values()) > 0
    for fund in range(len(data["funds"])):
        for at, year in enumerate(data["years"]):
            richer = copy.deepcopy(data)
            richer["funds"][fund]["budget"][at] += 1_000_000
            after = evaluate(arrays(richer), prices, blocks, many=len(counties)).value
            assert abs(after - before - rates[data["funds"][fund]["code"], year]) < 0.002
