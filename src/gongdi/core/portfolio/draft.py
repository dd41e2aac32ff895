"""The planning problem from candidates and funds (编制计划问题), so that every door states it in the same way.

The benefit of a level is

    score x sqrt(households) / 10 x share of the level

rounded half up to 0.001. The score says how urgent a compound is; the square root lets a large one count for more
than a small one without taking everything; the shares say what a level is worth against the full one (0.62, 0.88, 1
unless stated otherwise). The square root is taken in integers, down to 0.0001, so that the numbers repeat everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt

from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import Amounts, Bundle, CompoundChoice, County, Fund, Instance, Level
from gongdi.core.portfolio.parse import canonical
from gongdi.core.values import Share, round_half_up

LEVEL_NAMES = {"basic": "基础改造", "improved": "完善改造", "full": "全面提升"}


@dataclass(frozen=True, slots=True)
class DraftCandidate:
    """A compound that may be planned: what it costs by class, what it brings, how urgent and large it is.

    `county` is the code of the division whose funds pay: a county, or a street in a plan of one district. Money is
    yuan; `score` is points of 100; `earliest` and `latest` are years, None for the whole horizon.
    """

    id: str
    county: str
    cost: Amounts
    own_money: int
    score: Fraction
    households: int
    earliest: int | None = None
    latest: int | None = None
    must: bool = False


@dataclass(frozen=True, slots=True)
class DraftRule:
    """How benefits follow from scores: the share of the full benefit that each level brings, and the yearly discount.

    A start one year later counts `later` times as much, so that what is done sooner is worth more.
    """

    basic: Share = Fraction(62, 100)
    improved: Share = Fraction(88, 100)
    full: Share = Fraction(1)
    later: Share = Fraction(95, 100)


@dataclass(frozen=True, slots=True)
class Draft:
    """All that a planning problem is made of."""

    years: tuple[int, ...]
    candidates: tuple[DraftCandidate, ...]
    funds: tuple[Fund, ...]
    minimums: tuple[County, ...] = ()
    bundles: tuple[Bundle, ...] = ()
    rule: DraftRule = field(default_factory=DraftRule)


def benefit(score: Fraction, households: int, share: Share) -> Fraction:
    """The benefit of a level, by the formula above."""
    root = Fraction(isqrt(households * 10**8), 10**4)
    return Fraction(round_half_up(score * root / 10 * share * 1000), 1000)


def draft_instance(draft: Draft) -> Instance | tuple[Fault, ...]:
    """The planning problem, in canonical order, or what is wrong with what it is made of.

    A level appears only if it adds something to pay for: without basic costs there is no `basic`, without improvement
    costs no `improved`, without upgrade costs no `full`. Counties without a minimum get 0. Bundles lose members that
    are no candidates and are left out when too few remain for their need.
    """
    faults = tuple(_faults(draft))
    if faults:
        return faults
    named = {row.code: row.minimum for row in draft.minimums}
    codes = {row.county for row in draft.candidates} | set(named) | {row.county for row in draft.bundles}
    codes |= {code for fund in draft.funds for code in fund.counties or ()}
    compounds = tuple(_compound(row, draft) for row in draft.candidates)
    weights = tuple(Fraction(round_half_up(draft.rule.later**at * 10**6), 10**6) for at in range(len(draft.years)))
    counties = tuple(County(code, named.get(code, 0)) for code in codes)
    return canonical(Instance(draft.years, weights, draft.funds, counties, compounds, _bundles(draft)))


def _compound(row: DraftCandidate, draft: Draft) -> CompoundChoice:
    earliest = draft.years[0] if row.earliest is None else row.earliest
    latest = draft.years[-1] if row.latest is None else row.latest
    return CompoundChoice(row.id, row.county, row.own_money, earliest, latest, row.must, _levels(row, draft.rule))


def _levels(row: DraftCandidate, rule: DraftRule) -> tuple[Level, ...]:
    basic, improvement, upgrade = row.cost
    rows = [("basic", rule.basic, (basic, 0, 0))] if basic else []
    if improvement:
        rows.append(("improved", rule.improved, (basic, improvement, 0)))
    if upgrade:
        rows.append(("full", rule.full, (basic, improvement, upgrade)))
    levels = [Level(name, benefit(row.score, row.households, share), cost) for name, share, cost in rows]
    return tuple(sorted(levels, key=lambda level: level.name))


def _bundles(draft: Draft) -> tuple[Bundle, ...]:
    """Bundles among the candidates; one that loses members keeps its need, which stays more than half of them."""
    home = {row.id: row.county for row in draft.candidates}
    found = []
    for bundle in draft.bundles:
        members = tuple(sorted(name for name in bundle.members if name in home))
        if len(members) >= bundle.need:
            found.append(Bundle(bundle.id, bundle.county, members, bundle.need, bundle.saving))
    return tuple(found)


def _faults(draft: Draft) -> Iterable[Fault]:
    if not draft.years or list(draft.years) != sorted(set(draft.years)):
        yield Fault("years", "没有计划年度，或没有从早到晚排列", "请按从早到晚的顺序填写年度，每个一次")
    yield from _twice("candidates", "小区编号", [row.id for row in draft.candidates])
    yield from _twice("funds", "资金代码", [row.code for row in draft.funds])
    yield from _twice("minimums", "区县代码", [row.code for row in draft.minimums])
    yield from _twice("bundles", "片区编号", [row.id for row in draft.bundles])
    yield from _twice("bundles", "片区成员", [name for row in draft.bundles for name in row.members])
    for row in draft.candidates:
        yield from _candidate_faults(row)
    for fund in draft.funds:
        if len(fund.budget) != len(draft.years) or min(fund.budget, default=0) < 0:
            yield Fault("funds", f"资金 {fund.code} 的预算与年度不符，或小于 0", "请为每个年度填写一个不小于 0 的预算")
    yield from _bundle_faults(draft)


def _twice(place: str, what: str, names: Sequence[str]) -> Iterable[Fault]:
    for name in sorted({name for name in names if names.count(name) > 1} if len(set(names)) < len(names) else ()):
        yield Fault(place, f"{what} {name} 出现两次", "请保留一个，或改正编号")


def _candidate_faults(row: DraftCandidate) -> Iterable[Fault]:
    place = f"candidates.{row.id}"
    if min(*row.cost, row.own_money) < 0:
        yield Fault(place, "造价或自筹资金小于 0", "请填写不小于 0 的整数元")
    if not sum(row.cost):
        yield Fault(place, "没有造价，不能安排资金", "请先填写改造内容的估算造价")
    if row.households < 1:
        yield Fault(place, "户数小于 1", "请填写小区的户数")
    if row.score < 0:
        yield Fault(place, "评分小于 0", "请先为小区评分")
    if row.earliest is not None and row.latest is not None and row.earliest > row.latest:
        yield Fault(place, "最早年份晚于最晚年份", "请核对可开工的年份")


def _bundle_faults(draft: Draft) -> Iterable[Fault]:
    home = {row.id: row.county for row in draft.candidates}
    for bundle in draft.bundles:
        place = f"bundles.{bundle.id}"
        if not len(bundle.members) < 2 * bundle.need <= 2 * len(bundle.members) or bundle.saving < 0:
            yield Fault(place, "同年开工数要求不多于成员数的一半或超过成员数，或节约额小于 0", "请核对要求数和节约额")
        if any(home.get(name, bundle.county) != bundle.county for name in bundle.members):
            yield Fault(place, "有成员不在片区的区县", "片区的成员须在同一区县")
