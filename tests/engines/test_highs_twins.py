"""What the arrays count, pay and explain is what core counts, pays and explains."""

from __future__ import annotations

from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdi.core.portfolio.flow import Shortage, pay
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.needs import Tables, recount, unmet_demands
from gongdi.core.portfolio.parse import parse_instance
from gongdi.core.portfolio.reasons import reasons_for
from gongdi.core.portfolio.state import load
from gongdi.engines.highs.arrays import Arrays, Ints, arrays_of
from gongdi.engines.highs.explaining import reasons_of
from gongdi.engines.highs.pricing import Prices
from gongdi.engines.highs.standing import Standing, chosen_of, count_of, needs_by_key, shortage_of, unmet
from tests.support.plan_instances import made, small_instances

Data = dict[str, Any]
SETTINGS = settings(max_examples=80, deadline=None)


def arrays(data: Data) -> Arrays:
    instance = parse_instance(data)
    assert isinstance(instance, Instance)
    return arrays_of(instance)


def any_pick(found: Arrays, seed: int, share: float) -> Ints:
    """A choice of starts by chance, all in their windows."""
    random = np.random.default_rng(seed)
    pick = np.full(found.rows, -1, dtype=np.int64)
    for row, at in enumerate(found.index.tolist()):
        levels, years = len(found.instance.compounds[at].levels), np.flatnonzero(found.open[row])
        if len(years) and random.random() < share:
            pick[row] = random.integers(levels) * found.years + random.choice(years)
    return pick


@given(small_instances(), st.integers(0, 10**6))
@SETTINGS
def test_a_choice_needs_saves_and_brings_what_core_recounts(data: Data, seed: int) -> None:
    found = arrays(data)
    pick = any_pick(found, seed, 0.7)
    counted = recount(found.instance, chosen_of(found, pick))
    assert needs_by_key(found, count_of(found, pick).need()) == counted.needs
    assert found.worth(pick) == counted.worth
    assert sorted(unmet(found, pick)) == sorted(unmet_demands(found.instance, chosen_of(found, pick)))


@given(small_instances(), st.integers(0, 10**6))
@SETTINGS
def test_a_choice_lacks_what_core_cannot_pay(data: Data, seed: int) -> None:
    found = arrays(data)
    need = count_of(found, any_pick(found, seed, 0.7)).need()
    try:
        paid = pay(found.instance, needs_by_key(found, need))
    except ValueError:
        return
    short = shortage_of(found, need)
    assert (short.yuan if short else 0) == (paid.yuan if isinstance(paid, Shortage) else 0)


@given(small_instances(), st.integers(0, 10**6))
@SETTINGS
def test_every_reason_names_the_same_kind_and_the_same_missing_money_as_core(data: Data, seed: int) -> None:
    found = arrays(data)
    pick = any_pick(found, seed, 0.4)
    tables = Tables.of(found.instance)
    starts = [
        (int(found.index[row]), divmod(int(option), found.years)) for row, option in enumerate(pick) if option >= 0
    ]
    try:
        state = load(tables, starts)
    except ValueError:
        return
    if state is None:
        return
    none = Prices(np.zeros((found.years, found.counties, 3)), np.zeros(found.counties))
    ours, core = reasons_of(Standing(found, pick), none), reasons_for(tables, state)
    assert [(row.id, row.why, row.short_yuan, row.classes) for row in ours] == [
        (row.id, row.why, row.short_yuan, row.classes) for row in core
    ]


def test_starts_added_one_at_a_time_are_counted_like_the_whole() -> None:
    found = arrays(made(120, 2, 3, "savings"))
    standing = Standing(found, np.full(found.rows, -1, dtype=np.int64))
    for row, option in enumerate(any_pick(found, 5, 0.5).tolist()):
        if option >= 0:
            standing.start(row, option)
    again = count_of(found, standing.pick)
    assert (standing.pick >= 0).sum() > 10
    assert (standing.count.need() == again.need()).all()
    assert (standing.count.joined == again.joined).all()
    assert shortage_of(found, again.need()) is None
