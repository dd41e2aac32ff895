"""Money as it is kept (JSON) and as the planner reads it (values)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gongdi.core.portfolio.model import CLASSES, County, Fund
from gongdi.engines.annual_plan import Money


def money_of(stored: Mapping[str, Any]) -> Money:
    """Stored money as values."""
    funds = tuple(
        Fund(
            row["code"],
            frozenset(row["classes"]),
            None if row.get("counties") is None else frozenset(row["counties"]),
            bool(row["carry_over"]),
            tuple(row["budget"]),
        )
        for row in stored["funds"]
    )
    minimums = tuple(County(code, least) for code, least in stored.get("minimums", {}).items())
    return Money(tuple(stored["years"]), funds, minimums, {row["code"]: row["name"] for row in stored["funds"]})


def stored_money(years: Iterable[int], funds: Iterable[Fund], names: Mapping[str, str]) -> dict[str, Any]:
    """Values as they are kept."""
    return {
        "years": list(years),
        "funds": [
            {
                "code": fund.code,
                "name": names.get(fund.code, fund.code),
                "classes": [name for name in CLASSES if name in fund.classes],
                "counties": None if fund.counties is None else sorted(fund.counties),
                "carry_over": fund.carry_over,
                "budget": list(fund.budget),
            }
            for fund in funds
        ],
        "minimums": {},
    }
