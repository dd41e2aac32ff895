"""From a roster as read to compounds on the planning table: facts, figures, estimated costs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gongdi.exchange.roster import Field, RosterReading, RosterRow


@dataclass(frozen=True, slots=True)
class RosterCompound:
    """One compound of a roster in the terms of the planner. Area is 0.01 m2, money whole yuan."""

    id: str
    name: str
    county: str
    place: str
    facts: Mapping[str, Any]
    households: int | None
    buildings: int | None
    area: int | None
    investment: int | None


_SAID = ("name", "county", "place", "households", "buildings", "area", "investment")


def roster_compounds(
    reading: RosterReading, common: Mapping[str, Any], by_row: Mapping[int, Mapping[str, Any]] | None = None
) -> list[RosterCompound]:
    """Every compound of a roster, in order. `common` are facts that hold for all; `by_row` those of single rows.

    A fact column of the row beats the roster's own figures, and these beat what is said of all compounds.
    The id is the row's number in the roster, so that the workbook and the roster can be laid side by side.
    """
    columns = by_row or {}
    return [
        _compound(row, at, _with_year({**common, **_figures(row), **columns.get(at, {})}))
        for at, row in enumerate(reading.rows, start=1)
    ]


def _with_year(facts: dict[str, Any]) -> dict[str, Any]:
    """A day of completion says the year, too; never the other way round."""
    day = str(facts.get("completed_on") or "")[:4]
    return {"completed_year": int(day), **facts} if len(day) == 4 and day.isdecimal() else facts


def without_repeats(compounds: Iterable[RosterCompound]) -> tuple[list[RosterCompound], list[RosterCompound]]:
    """Compounds each once, and those left out since everything said of them was said of an earlier one."""
    kept: dict[str, RosterCompound] = {}
    repeated = []
    for row in compounds:
        said = json.dumps([str(getattr(row, name)) for name in _SAID] + sorted(map(str, row.facts.items())))
        if kept.setdefault(said, row) is not row:
            repeated.append(row)
    return list(kept.values()), repeated


def _figures(row: RosterRow) -> dict[str, Any]:
    """The roster's own figures as facts."""
    figures = {
        "completed_year": row.completed_year,
        "households_total": row.count(Field.HOUSEHOLDS),
        "total_investment_yuan": str(row.investment) if row.investment is not None else None,
    }
    return {name: value for name, value in figures.items() if value is not None}


def _compound(row: RosterRow, at: int, facts: Mapping[str, Any]) -> RosterCompound:
    money = row.investment
    county = row.text(Field.DISTRICT) or row.text(Field.CITY)
    return RosterCompound(
        id=f"{at:05d}",
        name=row.name,
        county=county or "全部",
        place=row.text(Field.STREET) or county or "—",
        facts=facts,
        households=row.count(Field.HOUSEHOLDS),
        buildings=row.count(Field.BUILDINGS),
        area=row.area.hundredths if row.area else None,
        investment=-(-money.fen // 100) if money is not None else None,
    )
