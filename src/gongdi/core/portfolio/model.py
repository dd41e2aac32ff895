"""The planning problem and its plan (年度计划) as immutable values.

Money is whole yuan. Benefits and weights are exact fractions. An instance that comes from `parse.parse_instance` or
`draft.draft_instance` is in canonical order (funds, counties, compounds and bundles by their code, levels by name), so
that the order in which people wrote it down changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

ItemClass = Literal["basic", "improvement", "upgrade"]

CLASSES: tuple[ItemClass, ...] = ("basic", "improvement", "upgrade")
"""The item classes (基础类、完善类、提升类), in the order of every triple of amounts."""

CLASS_NAMES: Mapping[str, str] = {"basic": "基础类", "improvement": "完善类", "upgrade": "提升类"}

Amounts = tuple[int, int, int]
"""Yuan by item class, in the order of CLASSES."""

Status = Literal["optimal", "feasible", "infeasible", "unknown"]
"""Proved within the gap that was asked for; a valid plan; proved impossible; nothing found in time."""


@dataclass(frozen=True, slots=True)
class Level:
    """One way to renew a compound (改造层次): its benefit and its cost by item class."""

    name: str
    benefit: Fraction
    cost: Amounts


@dataclass(frozen=True, slots=True)
class CompoundChoice:
    """A compound (小区) that may start between two years, at one of its levels."""

    id: str
    county: str
    own_money: int
    earliest: int
    latest: int
    must: bool
    levels: tuple[Level, ...]


@dataclass(frozen=True, slots=True)
class Fund:
    """A fund (资金): what it may pay, where, and its budget in each year of the horizon; counties None means all."""

    code: str
    classes: frozenset[str]
    counties: frozenset[str] | None
    carry_over: bool
    budget: tuple[int, ...]

    def may_pay(self, county: str, item_class: str) -> bool:
        """Whether the earmark (专款用途) lets this fund pay that class in that county."""
        return item_class in self.classes and (self.counties is None or county in self.counties)


@dataclass(frozen=True, slots=True)
class County:
    """A county or district (县、区) with the least number of its compounds that must start."""

    code: str
    minimum: int


@dataclass(frozen=True, slots=True)
class Bundle:
    """An area group (片区): `need` members started in one year take `saving` off their county's basic need then."""

    id: str
    county: str
    members: tuple[str, ...]
    need: int
    saving: int


@dataclass(frozen=True, slots=True)
class Instance:
    """The planning problem: years and their weights, funds, counties, compounds, bundles."""

    years: tuple[int, ...]
    weights: tuple[Fraction, ...]
    funds: tuple[Fund, ...]
    counties: tuple[County, ...]
    compounds: tuple[CompoundChoice, ...]
    bundles: tuple[Bundle, ...]

    def years_open(self, compound: CompoundChoice) -> tuple[int, ...]:
        """The positions in `years` at which the compound may start."""
        return tuple(at for at, year in enumerate(self.years) if compound.earliest <= year <= compound.latest)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A compound in the plan, with its level and the year it starts."""

    id: str
    level: str
    year: int


@dataclass(frozen=True, slots=True)
class Payment:
    """What one fund pays in one year to one county for one item class, in yuan."""

    year: int
    county: str
    item_class: ItemClass
    fund: str
    yuan: int


Why = Literal["window", "no_fund", "outranked", "no_gain"]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a compound is left out (未列入原因).

    `window`: no year of the horizon lies in its window. `no_fund`: every level needs money for `classes` that no fund
    may pay there. `outranked`: `short_yuan` more would bring it in, at `level` in `year`, with the rest of the plan as
    it is. `no_gain`: it could be paid for but would add nothing. `behind` says it by today's prices instead of by what
    is left in the funds: so many yuan less of cost of its own and a start would be worth its money (an estimate).
    """

    id: str
    why: Why
    short_yuan: int | None = None
    level: str | None = None
    year: int | None = None
    classes: tuple[str, ...] = ()
    behind: int | None = None


@dataclass(frozen=True, slots=True)
class Marginal:
    """What a fund's year is worth at the margin (边际价值): the bound by prices rises by `per_million` for a million.

    A slope of prices, to compare funds by. What the best plan gains may be more or less: compounds are whole, and the
    bound stands above the plan. What a change really does is a question for `what_if`.
    """

    fund: str
    year: int
    per_million: Fraction


DemandKind = Literal["must", "minimum", "budget"]


@dataclass(frozen=True, slots=True, order=True)
class Demand:
    """Something the plan must hold to: a compound that must start, a county's minimum, a fund's budget.

    Of a budget in a conflict `years` says which years alone are enough to make it impossible; empty for all.
    """

    kind: DemandKind
    id: str
    years: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class TopUp:
    """Further money for a fund in a year (追加资金), in whole yuan."""

    fund: str
    year: int
    yuan: int


@dataclass(frozen=True, slots=True)
class Rival:
    """A compound left out that could start if a chosen one did not, with what it would be worth."""

    id: str
    level: str
    year: int
    worth: Fraction


@dataclass(frozen=True, slots=True)
class Displaced:
    """What a chosen compound keeps out (挤出): the best of those left out that its money would pay, one at a time.

    `demanded`: without it a demand of the plan would not be met (it must start, or its county's minimum needs it).
    `unpaid`: without it the rest could not be paid, since a saving of its area group would fall away.
    """

    id: str
    rivals: tuple[Rival, ...]
    demanded: bool = False
    unpaid: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan (年度计划): what starts when at which level, who pays, how good it is and how good any plan can be.

    `bound` is an upper bound on the worth of every plan, None when nothing was found or the instance is infeasible.
    `conflict` is a set of demands that cannot hold together although any smaller part can, if `conflict_smallest`;
    `unmet` lists the demands that a rank-and-fill list does not meet. `top_up` is further money with which an
    infeasible instance has a plan, `top_up_least` a sum in yuan below which none suffices, None if no money was found
    to help. `displaced` tells of chosen compounds, those that were asked about, what they keep out.
    """

    status: Status
    worth: Fraction
    bound: Fraction | None
    chosen: tuple[Chosen, ...] = ()
    payments: tuple[Payment, ...] = ()
    reasons: tuple[Reason, ...] = ()
    conflict: tuple[Demand, ...] = ()
    conflict_smallest: bool = True
    unmet: tuple[Demand, ...] = ()
    marginals: tuple[Marginal, ...] = ()
    top_up: tuple[TopUp, ...] = ()
    top_up_least: int | None = None
    displaced: tuple[Displaced, ...] = ()
    seconds: float = 0.0

    @property
    def gap(self) -> Fraction | None:
        """(bound - worth) / worth; None without a plan, and 0 when both are 0."""
        if self.bound is None:
            return None
        if self.bound == self.worth:
            return Fraction(0)
        return (self.bound - self.worth) / self.worth if self.worth > 0 else None
