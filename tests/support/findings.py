"""Findings for tests, made up."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongdi.apps.inventory.kinds import KINDS
from gongdi.apps.inventory.models import Finding, Inspection
from gongdi.apps.inventory.services import record_finding
from tests.support.world import NOW, World

COMMON = {"found_on": date(2027, 2, 1), "source": "测试摸底表", "sureness": "verified", "note": ""}


def find(world: World, key: str, compound: str = "梅堰新村", **columns: Any) -> Finding:
    """A finding of a kind about a compound."""
    return record_finding(
        kind=KINDS[key], compound=world.compounds[compound], columns={**COMMON, **columns},
        by=world.people["community_worker"], now=NOW,
    )  # fmt: skip


def inspection(world: World, **columns: Any) -> Inspection:
    """A qualified gas inspection that found a risk, unless told otherwise."""
    told = {
        "kind": "gas",
        "body": "某某检测公司",
        "qualified": True,
        "risk_found": True,
        "where": "",
        "treated_on": None,
    }
    found = find(world, "inspections", **{**told, **columns})
    assert isinstance(found, Inspection)
    return found
