"""What money moves when rules change (金额测算): estimated costs of who changes sides, and who would pay how much.

Exact in fen. An estimate stands for the verified final account here, and special costs that nobody stated count as
nought: both are assumptions that whoever shows the result must say (`ASSUMPTION`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongdi.core.policy.deciding import Answer, Question, decide
from gongdi.core.policy.packs import Library, Pack
from gongdi.core.policy.vocabulary import NOT_REGULATED
from gongdi.core.values import format_hundredths, parse_hundredths
from gongdi.engines.comparing import Effect, Side, effects

ASSUMPTION = "测算假定竣工财务决算等于估算总投资并已核定；电梯更新、加装电梯、危房解危三项费用未登记的按 0 计。"
SPECIALS = ("lift_renewal_yuan", "lift_addition_yuan", "danger_relief_yuan")
ENTERS = ("in",)
"""The outcomes of `scope` by which a compound is in the programme."""


@dataclass(frozen=True, slots=True)
class MovedMoney:
    """Compounds that go from one outcome to another, with what renewing them is estimated to cost, in fen."""

    left: str
    right: str
    compounds: int
    cost: int
    without_cost: int
    """Compounds of which no cost is known; they are not in the sum."""


@dataclass(frozen=True, slots=True)
class Programme:
    """The compounds that a side takes in, what they cost and who pays, in fen; None: the side does not regulate it."""

    compounds: int | None
    cost: int | None
    without_cost: int | None
    owner_minimum: int | None
    city: int | None
    district: int | None
    whole: bool = False
    """Whether every compound is taken in, because the document sets no window at all."""


SILENT = Programme(None, None, None, None, None, None)
"""The side's document is not in force on its day: it takes in nothing, and nothing can be reckoned by it."""


def moved_money(found: Sequence[Effect], costs: Sequence[int | None]) -> list[MovedMoney]:
    """Each move with its money, most compounds first."""
    moves: dict[tuple[str, str], list[int | None]] = {}
    for each in found:
        moves.setdefault((each.left, each.right), []).append(costs[each.index])
    return [
        MovedMoney(left, right, len(sums), sum(cost or 0 for cost in sums), sums.count(None))
        for (left, right), sums in sorted(moves.items(), key=lambda item: -len(item[1]))
    ]


def programmes(
    library: Library, left: Side, right: Side, cases: Sequence[Mapping[str, Any]], costs: Sequence[int | None]
) -> tuple[Programme, Programme]:
    """The programme of either side. A side whose document sets no window takes in every compound; one that is not in
    force on its day has no programme."""
    scopes = effects(library, "scope", left, right, cases)
    sides = (left, [each.left for each in scopes]), (right, [each.right for each in scopes])
    one, other = (_programme(library, side, outcomes, cases, costs) for side, outcomes in sides)
    return one, other


def _programme(
    library: Library,
    side: Side,
    outcomes: Sequence[str],
    cases: Sequence[Mapping[str, Any]],
    costs: Sequence[int | None],
) -> Programme:
    slug, on = side
    every = "scope" not in library.packs[slug].tables
    if not_yet(library.packs[slug], on) or (not every and cases and set(outcomes) == {NOT_REGULATED}):
        return SILENT
    inside = [at for at, outcome in enumerate(outcomes) if every or outcome in ENTERS]
    priced = [(cost, cases[at]) for at in inside if (cost := costs[at]) is not None]
    return Programme(
        compounds=len(inside),
        cost=sum(cost for cost, _ in priced),
        without_cost=len(inside) - len(priced),
        owner_minimum=_summed(library, side, "owner_minimum_share", "minimum_yuan", priced),
        city=_summed(library, side, "fiscal_split", "city_share_yuan", priced),
        district=_summed(library, side, "fiscal_split", "district_share_yuan", priced),
        whole=every,
    )


def not_yet(pack: Pack, on: date) -> bool:
    """Whether a day comes before the document was in force (X-34)."""
    first = pack.document.first_day
    return first is not None and on < first


def _summed(
    library: Library, side: Side, decision: str, value: str, priced: Sequence[tuple[int, Mapping[str, Any]]]
) -> int | None:
    """The sum of a value over the compounds with a cost; None when the side does not regulate the decision."""
    slug, on = side
    if decision not in library.packs[slug].tables:
        return None
    total = 0
    for cost, facts in priced:
        answer = decide(library, Question("", slug, decision, on, _as_estimated(cost, facts)))
        found = answer.values.get(value) if isinstance(answer, Answer) else None
        total += (parse_hundredths(found) or 0) if isinstance(found, str) else 0
    return total


def _as_estimated(cost: int, facts: Mapping[str, Any]) -> dict[str, Any]:
    """A compound's money facts with the estimate in place of the final account (see ASSUMPTION)."""
    amount = format_hundredths(cost)
    specials = {name: facts[name] if facts.get(name) is not None else "0" for name in SPECIALS}
    known = sum(parse_hundredths(each) or 0 for each in specials.values() if isinstance(each, int | str))
    if known > cost:  # stated costs above the estimate: nothing is left to share
        specials = {SPECIALS[0]: amount, SPECIALS[1]: "0", SPECIALS[2]: "0"}
    account = {"final_account_verified": True, "final_account_yuan": amount, "total_investment_yuan": amount}
    return {**account, **specials}
