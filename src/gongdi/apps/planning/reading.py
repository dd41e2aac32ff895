"""A stored plan as its page reads it: two plans side by side, what moved and why, the flow of money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gongdi.core.portfolio.model import CLASS_NAMES
from gongdi.engines.annual_plan_document import LEVELS

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """One compound in the two plans: where it stands, and why it is left out where it is."""

    compound: Row
    place: int
    listed: Row | None
    best: Row | None
    listed_why: str
    best_why: str

    @property
    def moved(self) -> str:
        """Whether the optimum brought it in, took it out, or changed its level or year."""
        if self.listed and self.best:
            same = self.listed["level"] == self.best["level"] and self.listed["year"] == self.best["year"]
            return "" if same else "changed"
        return "entered" if self.best else "left" if self.listed else ""


@dataclass(frozen=True, slots=True)
class Summary:
    """One plan in figures."""

    count: int
    households: int
    area: int
    yuan: int
    objective: float | None
    bound: float | None
    gap: float | None
    status: str


class PlanReading:
    """One stored plan, firm or trial, ready for tables and charts."""

    def __init__(self, document: Row, which: str) -> None:
        self.document = document
        self.pair: Row = document[which]
        self.compounds: dict[str, Row] = {row["id"]: row for row in document["compounds"]}
        self.years: Sequence[int] = document["money"]["years"]
        self.listed = {row["id"]: row for row in self.pair["listed"]["chosen"]}
        self.best = {row["id"]: row for row in self.pair["best"]["chosen"]}

    def lines(self) -> list[Line]:
        """Every compound considered, in the order in which the list is filled."""
        why_listed, why_best = self.pair["listed"]["sentences"], self.pair["best"]["sentences"]
        considered = set(self.listed) | set(self.best) | set(why_listed) | set(why_best)
        ordered = [name for name in self.document["order"] if name in considered]
        return [
            Line(
                self.compounds[name], place, self.listed.get(name), self.best.get(name),
                why_listed.get(name, ""), why_best.get(name, ""),
            )
            for place, name in enumerate(ordered, start=1)
        ]  # fmt: skip

    def summary(self, kind: str) -> Summary:
        """The figures of the list (`listed`) or the optimum (`best`)."""
        plan = self.pair[kind]
        rows = [self.compounds[row["id"]] for row in plan["chosen"]]
        return Summary(
            len(rows),
            sum(row["households"] or 0 for row in rows),
            sum(row["area"] or 0 for row in rows),
            sum(row["yuan"] for row in plan["payments"]),
            plan["objective"],
            plan["bound"],
            plan["gap"],
            plan["status"],
        )

    def by_year(self) -> list[tuple[str, list[tuple[int, int, int]]]]:
        """Both plans by year."""
        return self.by("year")

    def by_place(self) -> list[tuple[str, list[tuple[int, int, int]]]]:
        """Both plans by street."""
        return self.by("place")

    def by(self, key: str) -> list[tuple[str, list[tuple[int, int, int]]]]:
        """Compounds, households and starts of both plans, by street or by year: (count, households, area) each."""
        names: list[str] = sorted({self._key(key, each) for plan in (self.listed, self.best) for each in plan.values()})
        return [(name, [self._totals(key, name, plan) for plan in (self.listed, self.best)]) for name in names]

    def _key(self, key: str, chosen: Row) -> str:
        return str(chosen["year"]) if key == "year" else str(self.compounds[chosen["id"]]["place"])

    def _totals(self, key: str, name: str, plan: Mapping[str, Row]) -> tuple[int, int, int]:
        rows = [self.compounds[each["id"]] for each in plan.values() if self._key(key, each) == name]
        return len(rows), sum(row["households"] or 0 for row in rows), sum(row["area"] or 0 for row in rows)

    def funds(self) -> list[dict[str, Any]]:
        """Each fund with its budget and what both plans pay from it, by year."""
        found = []
        for fund in self.document["money"]["funds"]:
            paid = {kind: _paid(self.pair[kind]["payments"], fund["code"], self.years) for kind in ("listed", "best")}
            budget = fund["budget"]
            found.append({**fund, "total": sum(budget), **{kind: paid[kind] for kind in paid}})
        return found

    def flow(self) -> dict[str, Any]:
        """The flow of the optimum's money for a Sankey chart: fund to class to year, in yuan."""
        names = {row["code"]: row["name"] for row in self.document["money"]["funds"]}
        links: dict[tuple[str, str], int] = defaultdict(int)
        for row in self.pair["best"]["payments"]:
            item, year = CLASS_NAMES[row["class"]], f"{row['year']}年"
            links[names[row["fund"]], item] += row["yuan"]
            links[item, year] += row["yuan"]
        nodes = dict.fromkeys(name for link in links for name in link)
        return {
            "nodes": [{"name": name} for name in nodes],
            "links": [{"source": one, "target": other, "value": yuan} for (one, other), yuan in links.items()],
        }

    def flow_rows(self) -> list[tuple[str, str, int]]:
        """The same flow as rows: from, to, yuan."""
        return [(row["source"], row["target"], row["value"]) for row in self.flow()["links"]]


def _paid(payments: Iterable[Row], fund: str, years: Sequence[int]) -> list[int]:
    return [sum(row["yuan"] for row in payments if row["fund"] == fund and row["year"] == year) for year in years]


def level_words(chosen: Row | None) -> str:
    """What a plan does for a compound, in words."""
    return f"{chosen['year']}年，{LEVELS[chosen['level']]}" if chosen else ""


def groups(document: Row, which: str = "firm") -> list[tuple[str, str, list[Row]]]:
    """Compounds that a plan (firm or trial) does not consider, by outcome: (outcome, word, compounds)."""
    considered = {line.compound["id"] for line in PlanReading(document, which).lines()}
    found: dict[str, list[Row]] = defaultdict(list)
    words: dict[str, str] = {}
    for row in document["compounds"]:
        if row["id"] in considered:
            continue
        if row["outcome"] in ("reserve", "out", "undetermined", "not_regulated") or row["lacks"]:
            key = "lacking" if row["lacks"] and row["outcome"] in ("in", "optional") else row["outcome"]
            found[key].append(row)
            words[key] = "缺少估算或户数" if key == "lacking" else row["outcome_zh"]
    order = ("undetermined", "lacking", "reserve", "out", "not_regulated")
    return [(key, words[key], found[key]) for key in order if key in found]
