"""An annual plan as plain data (计划文档): what is stored, shown, exported and compared, all from one document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from gongdi.core.policy.deciding import Answer
from gongdi.core.policy.packs import Library
from gongdi.core.portfolio.document import plan_document
from gongdi.core.portfolio.draft import LEVEL_NAMES
from gongdi.core.portfolio.model import CLASS_NAMES, CLASSES, Plan, Reason
from gongdi.core.scoring.ranking import Place
from gongdi.core.values import format_hundredths, round_half_up
from gongdi.engines.annual_plan import AnnualPlan, Listed, Pair, Ruling

LEVELS = {"basic": "只做基础类", "improved": "基础类和完善类", "full": "三类都做"}
"""What each level of a plan includes, for readers."""


def annual_plan_document(plan: AnnualPlan, library: Library) -> dict[str, Any]:
    """The whole plan as JSON data; money in whole yuan, areas in 0.01 m2, points as decimal text."""
    pack = library.packs[plan.pack]
    places = {place.id: place for place in plan.ranking}
    return {
        "pack": {
            "slug": pack.slug,
            "title": pack.document.title,
            "number": pack.document.number,
            "version": pack.version,
            "digest": pack.digest,
        },
        "on": plan.on.isoformat(),
        "scheme": _scheme(plan),
        "money": _money(plan),
        "compounds": [_compound(row, plan, places.get(row.id), library) for row in plan.compounds.values()],
        "order": list(plan.order),
        "equal_scores": plan.equal_scores,
        "survey": [
            {
                "fact": need.fact,
                "zh": need.zh,
                "compounds": need.compounds,
                "settles": need.settles,
                "may_settle": need.may_settle,
                "settled_so_far": need.settled_so_far,
            }
            for need in plan.survey
        ],
        "firm": _pair(plan.firm, plan),
        "trial": _pair(plan.trial, plan) if plan.trial else None,
        "flags": sorted({flag for ruling in plan.rulings.values() for flag in ruling.scope.flags}),
    }


def points_text(points: Fraction) -> str:
    """Points with two decimals, rounded half up for showing."""
    return format_hundredths(round_half_up(points * 100))


def _scheme(plan: AnnualPlan) -> dict[str, Any]:
    scheme = plan.scheme
    return {
        "id": scheme.id,
        "version": scheme.version,
        "label": scheme.label,
        "zh": scheme.zh,
        "note": scheme.note,
        "possible": points_text(scheme.possible),
        "criteria": [
            {
                "key": each.key,
                "zh": each.zh,
                "weight": points_text(each.weight),
                "sources": [[source.pack, source.section] for source in each.sources],
            }
            for each in scheme.criteria
        ],
    }


def _money(plan: AnnualPlan) -> dict[str, Any]:
    return {
        "years": list(plan.money.years),
        "funds": [
            {
                "code": fund.code,
                "name": plan.money.names.get(fund.code, fund.code),
                "classes": [CLASS_NAMES[name] for name in CLASSES if name in fund.classes],
                "counties": None if fund.counties is None else sorted(fund.counties),
                "carry_over": fund.carry_over,
                "budget": list(fund.budget),
            }
            for fund in plan.money.funds
        ],
        "minimums": {row.code: row.minimum for row in plan.money.minimums if row.minimum},
    }


def _compound(row: Listed, plan: AnnualPlan, place: Place | None, library: Library) -> dict[str, Any]:
    ruling = plan.rulings[row.id]
    return {
        "id": row.id,
        "name": row.name,
        "county": row.county,
        "place": row.place,
        "households": row.households,
        "buildings": row.buildings,
        "area": row.area,
        "cost": list(row.cost) if row.cost else None,
        "cost_basis": row.cost_basis,
        "own_money": row.own_money,
        "must": row.must,
        "made_up": row.made_up,
        "lacks": plan.unplannable.get(row.id, ""),
        **_ruling(ruling, library),
        "score": _score(place) if place else None,
    }


def _ruling(ruling: Ruling, library: Library) -> dict[str, Any]:
    vocabulary, scope = library.vocabulary, ruling.scope
    outcome = vocabulary.outcome("scope", scope.outcome)
    section, text = _ground(scope)
    parameters = {fact.name: fact.zh for pack in (library.packs[scope.pack],) for fact in pack.parameters.values()}
    words = [
        vocabulary.facts[name].zh if name in vocabulary.facts else parameters.get(name, name) for name in scope.missing
    ]
    priority = ruling.priority
    return {
        "outcome": scope.outcome,
        "outcome_zh": outcome.zh,
        "tone": outcome.tone,
        "section": section,
        "ground": text,
        "missing": words,
        "priority": vocabulary.outcome("priority_factors", priority.outcome).zh if priority else "",
        "flags": list(scope.flags),
    }


def _ground(answer: Answer) -> tuple[str, str]:
    """The section that decided, with our paraphrase; when open, an open clause, one that may bring it in first."""
    decided = [clause.row for clause in answer.clauses if clause.decided]
    open_rows = [clause.row for clause in answer.clauses if clause.holds is None]
    open_rows.sort(key=lambda row: row.outcome == "out")
    row = next(iter(decided or open_rows), None)
    return (row.section, row.text) if row else ("", "")


def _score(place: Place) -> dict[str, Any]:
    return {
        "place": place.place,
        "points": points_text(place.score.points),
        "open": points_text(place.score.open_points),
        "tied": place.tied,
        "lines": [
            [line.key, points_text(line.points), points_text(line.possible), bool(line.missing)]
            for line in place.score.lines
        ],
    }


def _pair(pair: Pair, plan: AnnualPlan) -> dict[str, Any]:
    listed = plan_document(pair.listed, pair.instance)
    best = plan_document(pair.best, pair.instance)
    own, other = {row.id for row in pair.listed.chosen}, {row.id for row in pair.best.chosen}
    return {
        "listed": {**listed, "sentences": _sentences(pair.listed, plan)},
        "best": {**best, "sentences": _sentences(pair.best, plan), "marginal": _idle(pair.best, plan)},
        "only_listed": sorted(own - other),
        "only_best": sorted(other - own),
        "both": sorted(own & other),
        "considered": len(pair.instance.compounds),
    }


def _idle(best: Plan, plan: AnnualPlan) -> list[dict[str, Any]]:
    """What each fund has left at the end, having been paid out year by year."""
    paid: dict[tuple[str, int], int] = defaultdict(int)
    for row in best.payments:
        paid[row.fund, row.year] += row.yuan
    found = []
    for fund in plan.money.funds:
        spent = sum(paid[fund.code, year] for year in plan.money.years)
        found.append({"fund": fund.code, "budget": sum(fund.budget), "spent": spent, "left": sum(fund.budget) - spent})
    return found


def _sentences(plan: Plan, whole: AnnualPlan) -> dict[str, str]:
    """For each compound left out of a plan: why, and what would bring it in."""
    return {row.id: reason_sentence(row, whole.money.names) for row in plan.reasons}


def reason_sentence(reason: Reason, names: Mapping[str, str]) -> str:
    """A reason as a Chinese sentence with its remedy."""
    if reason.why == "window":
        return "可开工的年份不在计划年度内。调整开工年份后可列入。"
    if reason.why == "no_fund":
        classes = "、".join(CLASS_NAMES[name] for name in CLASSES if name in reason.classes)
        return f"{classes}没有可用的资金。需要增加允许用于{classes}的资金。"
    if reason.why == "no_gain":
        return "资金尚可支付，但评分为零，列入不增加成效。请先补齐评分所需的事实。"
    level = LEVELS.get(reason.level or "", LEVEL_NAMES.get(reason.level or "", ""))
    return f"资金不足。{reason.year}年再有可用资金 {reason.short_yuan:,} 元即可列入（{level}）。"


def county_totals(rows: Iterable[Mapping[str, Any]]) -> dict[str, int]:
    """Money paid by county, of payments as data."""
    found: dict[str, int] = defaultdict(int)
    for row in rows:
        found[row["county"]] += row["yuan"]
    return dict(found)
