"""The plain list of the policy texts (排序填充): go down a ranked list and take what the funds can still pay.

Whoever must start goes first, then each county's minimum, then the list. Each compound is taken at its best level and,
for that level, in the earliest year that the funds can still pay exactly. Ties in the order go to the smaller id.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from gongdi.core.portfolio.flow import pay
from gongdi.core.portfolio.model import Instance, Plan
from gongdi.core.portfolio.needs import Tables, recount, unmet_demands
from gongdi.core.portfolio.reasons import reasons_for
from gongdi.core.portfolio.state import PlanState, Start


def rank_and_fill(instance: Instance, ranking: Sequence[str] | None = None) -> Plan:
    """The rank-and-fill list as a plan.

    `ranking` names compounds from first to last (scores, for example); those it does not name follow by benefit.
    Without it the order is by the benefit of the best level, then by id. If must-compounds or minimums do not fit,
    they are taken at their cheapest level first and, if that does not suffice, cheapest compounds first; what still is
    not met stands in `unmet`. `bound` is only the sum of everybody's best, which no plan can exceed.
    """
    tables = Tables.of(instance)
    order = _order(tables, ranking)
    state = best_filling(tables, order)
    return _plan(tables, state)


def best_filling(tables: Tables, order: Sequence[int]) -> PlanState:
    """The filling in that order that leaves the fewest demands unmet, with as little thrift as that takes."""
    best: PlanState | None = None
    fewest = 0
    for thrift in range(3):
        state = fill(tables, order, thrift)
        unmet = len(unmet_demands(tables.instance, state.chosen()))
        if best is None or unmet < fewest:
            best, fewest = state, unmet
        if not fewest:
            break
    assert best is not None
    return best


def _plan(tables: Tables, state: PlanState) -> Plan:
    instance, chosen = tables.instance, state.chosen()
    counted = recount(instance, chosen)
    payments = pay(instance, counted.needs, state.treasury.groups)
    assert isinstance(payments, tuple), "every state of a filling can be paid"
    unmet = unmet_demands(instance, chosen)
    reasons = reasons_for(tables, state)
    return Plan("feasible", counted.worth, everybody_best(tables), chosen, payments, reasons, unmet=unmet)


def everybody_best(tables: Tables) -> Fraction:
    """The sum of every compound's best worth: an upper bound on any plan, whatever the money."""
    instance = tables.instance
    total = Fraction(0)
    for compound in instance.compounds:
        weights = [instance.weights[at] for at in instance.years_open(compound)]
        total += max(weights, default=Fraction(0)) * max(level.benefit for level in compound.levels)
    return total


def _order(tables: Tables, ranking: Sequence[str] | None) -> list[int]:
    """Positions of the compounds from first to last."""
    named = [tables.position[name] for name in dict.fromkeys(ranking or ()) if name in tables.position]
    place = {at: rank for rank, at in enumerate(named)}
    best = [max(level.benefit for level in row.levels) for row in tables.instance.compounds]
    return sorted(range(len(best)), key=lambda at: (place.get(at, len(named)), -best[at], at))


def by_benefit_per_yuan(tables: Tables) -> list[int]:
    """Positions by the best benefit that a yuan of net need buys, the order from which a solver starts well."""

    def value(at: int) -> Fraction:
        levels = tables.instance.compounds[at].levels
        return max(level.benefit / max(1, sum(net)) for level, net in zip(levels, tables.net[at], strict=True))

    worth = [value(at) for at in range(len(tables.instance.compounds))]
    return sorted(range(len(worth)), key=lambda at: (-worth[at], at))


def fill(tables: Tables, order: Sequence[int], thrift: int = 0) -> PlanState:
    """Fill in that order. Thrift 0 takes demands at their best level, 1 cheapest level, 2 cheapest compounds first."""
    state = PlanState(tables)
    lean = thrift > 0
    queue = sorted(order, key=lambda at: _cheapest(tables, at)) if thrift > 1 else list(order)
    compounds = tables.instance.compounds
    musts = [at for at in queue if compounds[at].must]
    for at in musts:
        take(state, at, lean)
    lacking = {county.code: county.minimum for county in tables.instance.counties}
    for at in state.starts:
        lacking[compounds[at].county] -= 1
    for at in queue:
        if at not in state.starts and lacking[compounds[at].county] > 0 and take(state, at, lean):
            lacking[compounds[at].county] -= 1
    if lean:
        raise_levels(state, [at for at in order if at in state.starts])
    # Once more while something joins: a saving that came late may pay for what was passed over.
    while any([take(state, at) for at in order if at not in state.starts]):
        continue
    return state


def _cheapest(tables: Tables, compound: int) -> int:
    return min(sum(net) for net in tables.net[compound])


def options(tables: Tables, compound: int, lean: bool = False) -> list[Start]:
    """A compound's starts in the order in which they are tried: best level first (or cheapest), earliest year first."""
    row, net = tables.instance.compounds[compound], tables.net[compound]
    levels = list(tables.useful_levels(compound))
    if lean:
        levels.sort(key=lambda at: (sum(net[at]), -row.levels[at].benefit, at))
    else:
        levels.sort(key=lambda at: (-row.levels[at].benefit, sum(net[at]), at))
    years = tables.instance.years_open(row)
    return [(level, year) for level in levels for year in years]


def take(state: PlanState, compound: int, lean: bool = False) -> bool:
    """Start the compound at the first of its options that the funds can pay."""
    return any(state.start(compound, option) for option in options(state.tables, compound, lean))


def raise_levels(state: PlanState, compounds: Iterable[int]) -> None:
    """Lift compounds to better levels in the year in which they start, where the funds can still pay."""
    for at in compounds:
        current, year = state.starts[at]
        levels = state.tables.instance.compounds[at].levels
        for level, when in options(state.tables, at):
            if when != year or levels[level].benefit <= levels[current].benefit:
                continue
            if not state.stop(at):
                break
            if state.start(at, (level, year)):
                break
            back = state.start(at, (current, year))
            assert back, "what was paid before can be paid again"
