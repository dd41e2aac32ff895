"""From compounds and money to an explained annual plan (年度计划): decided, scored, listed and optimised.

Every door (the command, the page) states the same problem here: who is in the programme under which clause, who is
not, what must be surveyed, the scored order, the list filled in that order, the optimum with its bound, and for each
compound left out what would bring it in.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from gongdi.core.policy.deciding import Answer, Question, Refusal
from gongdi.core.policy.falling import answering_pack, decide_with_levels
from gongdi.core.policy.packs import Library
from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED
from gongdi.core.portfolio.draft import Draft, DraftCandidate, DraftRule, draft_instance
from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import Amounts, County, Fund, Instance, Plan
from gongdi.core.portfolio.ranking import rank_and_fill
from gongdi.core.scoring.ranking import Candidate, Place, rank
from gongdi.core.scoring.scheme import ScoringScheme
from gongdi.core.values import round_half_up
from gongdi.engines.highs import solve
from gongdi.engines.polars_tables import facts_frame
from gongdi.engines.survey_list import SurveyNeed, survey_list

ADMITTED = ("in", "optional")
"""Outcomes of scope with which a compound may be planned."""
_FIRST = {"in": 0, NOT_REGULATED: 0, "optional": 1, UNDETERMINED: 2}
_PRIORITY = {"priority": 0, "partial": 1}


@dataclass(frozen=True, slots=True)
class Listed:
    """A compound as it comes to the planning table. Money is whole yuan, area 0.01 m2; None is unknown."""

    id: str
    name: str
    county: str
    """The division whose funds pay: a code or, from a roster, its name."""
    place: str
    """The street or district, for reading."""
    facts: Mapping[str, Any]
    households: int | None = None
    buildings: int | None = None
    area: int | None = None
    cost: Amounts | None = None
    cost_basis: str = ""
    own_money: int = 0
    must: bool = False
    made_up: bool = False


@dataclass(frozen=True, slots=True)
class Money:
    """The years to be planned, the funds with their earmarks, and the least number of starts by county."""

    years: tuple[int, ...]
    funds: tuple[Fund, ...]
    minimums: tuple[County, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Funds by code, as people call them."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What policy says of one compound: may it enter, does the document put it first."""

    scope: Answer
    priority: Answer | None

    @property
    def outcome(self) -> str:
        """The outcome of scope."""
        return self.scope.outcome


@dataclass(frozen=True, slots=True)
class Pair:
    """One planning problem solved in two ways (两种编法): filled in the scored order, and optimal with its bound."""

    instance: Instance
    listed: Plan
    best: Plan


@dataclass(frozen=True)
class AnnualPlan:
    """Everything that an annual plan says (年度计划)."""

    pack: str
    on: date
    scheme: ScoringScheme
    money: Money
    compounds: Mapping[str, Listed]
    rulings: Mapping[str, Ruling]
    survey: tuple[SurveyNeed, ...]
    ranking: tuple[Place, ...]
    """The scored order of all compounds that may be planned, undetermined ones included."""
    order: tuple[str, ...]
    """The order in which the list is filled: what the document puts first, then by score."""
    unplannable: Mapping[str, str]
    """Compounds that could be planned but for a figure that is lacking, with what is lacking."""
    equal_scores: bool
    """Whether no compound has a single point, so that all count alike and only size and cost tell them apart."""
    firm: Pair
    trial: Pair | None
    """The same with the undetermined compounds taken as if admitted (测算), when there are any."""

    def ids(self, outcome: str) -> list[str]:
        """The compounds with that outcome of scope, in their order."""
        return [name for name, ruling in self.rulings.items() if ruling.outcome == outcome]


@dataclass(frozen=True)
class Task:
    """What a plan is made from."""

    library: Library
    pack: str
    on: date
    scheme: ScoringScheme
    money: Money
    compounds: Sequence[Listed]
    rule: DraftRule = field(default_factory=DraftRule)
    time_limit: float = 60.0
    gap: float = 0.001
    progress: Callable[[float, float], None] | None = None
    """Told the worth of the best plan and the bound now and then."""


def make_annual_plan(task: Task) -> AnnualPlan | tuple[Fault, ...]:
    """Decide, score, list and optimise; or what is wrong with what was given, all at once."""
    compounds = {row.id: row for row in task.compounds}
    rulings, faults = _rulings(task)
    if len(compounds) < len(task.compounds):
        faults.append(Fault("compounds", "有小区的编号重复", "请为每个小区使用不同的编号"))
    if faults:
        return tuple(faults)
    admitted = _admitted(task)
    considered = [row for row in task.compounds if rulings[row.id].outcome in (*admitted, UNDETERMINED)]
    ranking = rank(task.scheme, [Candidate(row.id, row.facts, row.households) for row in considered])
    unplannable = {row.id: lack for row in considered if (lack := _lacks(row))}
    order = _order(ranking, rulings)
    scores = {place.id: place.score.points * 100 / place.score.possible for place in ranking}
    equal = not any(scores.values())
    if equal:
        scores = dict.fromkeys(scores, Fraction(100))
    able = [name for name in order if name not in unplannable]
    firm = _pair(task, [name for name in able if rulings[name].outcome in admitted], compounds, scores)
    if not isinstance(firm, Pair):
        return firm
    trial = (
        _pair(task, able, compounds, scores) if any(rulings[name].outcome == UNDETERMINED for name in able) else None
    )
    if trial is not None and not isinstance(trial, Pair):
        return trial
    return AnnualPlan(
        pack=task.pack,
        on=task.on,
        scheme=task.scheme,
        money=task.money,
        compounds=compounds,
        rulings=rulings,
        survey=tuple(_survey(task)),
        ranking=ranking,
        order=order,
        unplannable=unplannable,
        equal_scores=equal and bool(ranking),
        firm=firm,
        trial=trial,
    )


def _admitted(task: Task) -> tuple[str, ...]:
    """Outcomes with which a compound may be planned; a document without a window takes its own list as the scope."""
    has_window = answering_pack(task.library, task.pack, "scope", task.on) is not None
    return ADMITTED if has_window else (*ADMITTED, NOT_REGULATED)


def _rulings(task: Task) -> tuple[dict[str, Ruling], list[Fault]]:
    found: dict[str, Ruling] = {}
    faults: list[Fault] = []
    for row in task.compounds:
        scope, priority = (
            decide_with_levels(task.library, Question(row.id, task.pack, name, task.on, row.facts))
            for name in ("scope", "priority_factors")
        )
        for answer in (scope, priority):
            if isinstance(answer, Refusal):
                faults.extend(Fault(row.name, each.problem, each.remedy) for each in answer.faults)
        if isinstance(scope, Answer) and isinstance(priority, Answer):
            found[row.id] = Ruling(scope, None if priority.outcome == NOT_REGULATED else priority)
    return found, list(dict.fromkeys(faults))


def _lacks(row: Listed) -> str:
    lacking = [] if row.cost and sum(row.cost) else ["估算造价"]
    return "、".join([*lacking, *([] if row.households else ["户数"])])


def _order(ranking: Sequence[Place], rulings: Mapping[str, Ruling]) -> tuple[str, ...]:
    """What the document puts first comes first: admitted before optional, priority before the rest, then the score."""

    def key(place: Place) -> tuple[int, int, int]:
        ruling = rulings[place.id]
        first = _PRIORITY.get(ruling.priority.outcome, 2) if ruling.priority else 0
        return _FIRST[ruling.outcome], first, place.place

    return tuple(place.id for place in sorted(ranking, key=key))


def _pair(
    task: Task, names: Sequence[str], compounds: Mapping[str, Listed], scores: Mapping[str, Fraction]
) -> Pair | tuple[Fault, ...]:
    money = task.money
    candidates = tuple(_candidate(compounds[name], scores[name]) for name in names)
    instance = draft_instance(Draft(money.years, candidates, money.funds, money.minimums, (), task.rule))
    if not isinstance(instance, Instance):
        return instance
    return Pair(instance, rank_and_fill(instance, names), solve(instance, task.time_limit, task.gap, task.progress))


def _candidate(row: Listed, score: Fraction) -> DraftCandidate:
    assert row.cost is not None
    assert row.households is not None
    return DraftCandidate(row.id, row.county, row.cost, row.own_money, score, row.households, must=row.must)


def _survey(task: Task) -> list[SurveyNeed]:
    pack = answering_pack(task.library, task.pack, "scope", task.on)
    if pack is None or not task.compounds:
        return []
    facts = [row.facts for row in task.compounds]
    frame, _ = facts_frame(pack.tables["scope"], facts, task.on, task.library.vocabulary)
    return survey_list(task.library, pack.slug, "scope", frame, task.on)


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """Yuan per m2 by item class (单价), with where they come from."""

    basic: int
    improvement: int
    upgrade: int
    basis: str

    def estimate(self, area: int) -> Amounts:
        """Cost by class of an area in 0.01 m2, each rounded half up to the yuan."""
        basic, improvement, upgrade = (
            round_half_up(Fraction(area * unit, 100)) for unit in (self.basic, self.improvement, self.upgrade)
        )
        return basic, improvement, upgrade

    def split(self, total: int) -> Amounts:
        """A total in yuan shared among the classes by their unit costs; what rounding leaves goes to basic."""
        whole = self.basic + self.improvement + self.upgrade
        improvement, upgrade = total * self.improvement // whole, total * self.upgrade // whole
        return total - improvement - upgrade, improvement, upgrade


SAMPLE_UNIT_COSTS = UnitCosts(400, 200, 200, "示例单价：无锡市区公开标准 400、600、800 元/平方米逐级相减")
"""Illustrative unit costs from a published standard (Wuxi, U1); a district sets its own."""
