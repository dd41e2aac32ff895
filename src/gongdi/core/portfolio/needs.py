"""What compounds and plans need: net needs, and the recount of a plan, in whole yuan."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from gongdi.core.portfolio.model import CLASSES, Amounts, Chosen, Demand, Instance, ItemClass, Level, Payment

NeedKey = tuple[int, str, ItemClass]
"""Year, county, item class."""


def net_need(level: Level, own_money: int) -> Amounts:
    """What is left to pay by class (净需求) after the compound's own money.

    Own money pays for upgrade first, then improvement, then basic; what is not needed is not kept.
    """
    basic, improvement, upgrade = level.cost
    after_upgrade = max(0, own_money - upgrade)
    after_improvement = max(0, after_upgrade - improvement)
    return (
        basic - min(basic, after_improvement),
        improvement - min(improvement, after_upgrade),
        upgrade - min(upgrade, own_money),
    )


@dataclass(frozen=True, slots=True)
class Tables:
    """An instance with its look-ups made once: net needs and positions, all by position in the instance."""

    instance: Instance
    net: tuple[tuple[Amounts, ...], ...]
    position: Mapping[str, int]
    bundle_of: Mapping[int, int]
    members: tuple[tuple[int, ...], ...]

    @classmethod
    def of(cls, instance: Instance) -> Tables:
        """The look-ups of an instance."""
        position = {compound.id: at for at, compound in enumerate(instance.compounds)}
        members = tuple(tuple(position[member] for member in bundle.members) for bundle in instance.bundles)
        return cls(
            instance,
            tuple(tuple(net_need(level, row.own_money) for level in row.levels) for row in instance.compounds),
            position,
            {member: at for at, row in enumerate(members) for member in row},
            members,
        )

    def useful_levels(self, compound: int) -> tuple[int, ...]:
        """The levels of a compound that no other level beats in benefit without needing more of any class.

        Among equals the first name stays. A plan is never worse without the others.
        """
        levels, net = self.instance.compounds[compound].levels, self.net[compound]

        def beaten(at: int, by: int) -> bool:
            cheaper = all(x <= y for x, y in zip(net[by], net[at], strict=True))
            better = levels[by].benefit >= levels[at].benefit
            same = net[by] == net[at] and levels[by].benefit == levels[at].benefit
            return cheaper and better and (by < at or not same)

        many = range(len(levels))
        return tuple(at for at in many if not any(by != at and beaten(at, by) for by in many))


@dataclass(frozen=True, slots=True)
class Recount:
    """A plan counted again from its choices (复算).

    `needs` holds what is above zero, `realised` the bundles whose saving counts with its year, `started` the number of
    starts by county.
    """

    worth: Fraction
    needs: Mapping[NeedKey, int]
    realised: tuple[tuple[str, int], ...]
    started: Mapping[str, int]


def recount(instance: Instance, chosen: Iterable[Chosen]) -> Recount:
    """Count a plan's worth, needs, savings and starts from what it chooses.

    Every row must name a compound, a level and a year of the instance: check a plan of unknown origin with `validate`.
    """
    by_id = {compound.id: compound for compound in instance.compounds}
    weight = dict(zip(instance.years, instance.weights, strict=True))
    needs: dict[NeedKey, int] = {}
    year_of: dict[str, int] = {}
    started: dict[str, int] = {}
    worth = Fraction(0)
    for row in chosen:
        compound = by_id[row.id]
        level = next(level for level in compound.levels if level.name == row.level)
        worth += level.benefit * weight[row.year]
        year_of[row.id] = row.year
        started[compound.county] = started.get(compound.county, 0) + 1
        for item_class, yuan in zip(CLASSES, net_need(level, compound.own_money), strict=True):
            key = (row.year, compound.county, item_class)
            needs[key] = needs.get(key, 0) + yuan
    realised = _save(instance, year_of, needs)
    return Recount(worth, {key: yuan for key, yuan in needs.items() if yuan}, realised, started)


def _save(instance: Instance, year_of: Mapping[str, int], needs: dict[NeedKey, int]) -> tuple[tuple[str, int], ...]:
    """Take the savings of the bundles that hold off the basic needs, never below zero."""
    realised = []
    for bundle in instance.bundles:
        starts = [year_of[member] for member in bundle.members if member in year_of]
        for year in instance.years:
            if starts.count(year) >= bundle.need:
                key: NeedKey = (year, bundle.county, "basic")
                needs[key] = max(0, needs.get(key, 0) - bundle.saving)
                realised.append((bundle.id, year))
    return tuple(realised)


@dataclass(frozen=True, slots=True)
class Balance:
    """One fund in one year (资金年度平衡), in yuan: its budget, what came over, what it pays, what stays unused."""

    fund: str
    year: int
    budget: int
    brought: int
    paid: int

    @property
    def left(self) -> int:
        """What is not spent; below zero is an overdraft."""
        return self.budget + self.brought - self.paid


def balances(instance: Instance, payments: Iterable[Payment]) -> tuple[Balance, ...]:
    """Every fund's balance by year, carry-over included."""
    paid: dict[tuple[str, int], int] = {}
    for row in payments:
        paid[row.fund, row.year] = paid.get((row.fund, row.year), 0) + row.yuan
    rows = []
    for fund in instance.funds:
        brought = 0
        for year, budget in zip(instance.years, fund.budget, strict=True):
            balance = Balance(fund.code, year, budget, brought, paid.get((fund.code, year), 0))
            brought = max(0, balance.left) if fund.carry_over else 0
            rows.append(balance)
    return tuple(rows)


def unmet_demands(instance: Instance, chosen: Iterable[Chosen]) -> tuple[Demand, ...]:
    """The must-compounds that do not start and the counties short of their minimum."""
    ids = {row.id for row in chosen}
    started: dict[str, int] = {}
    for compound in instance.compounds:
        if compound.id in ids:
            started[compound.county] = started.get(compound.county, 0) + 1
    musts = [Demand("must", row.id) for row in instance.compounds if row.must and row.id not in ids]
    short = [Demand("minimum", row.code) for row in instance.counties if started.get(row.code, 0) < row.minimum]
    return (*musts, *short)
