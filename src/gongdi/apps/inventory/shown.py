"""The values of a finding in the words of the office."""

from __future__ import annotations

from datetime import date
from typing import Any

from gongdi.apps.inventory.kinds import FindingKind
from gongdi.apps.inventory.models import Finding, item_choices, resource_choices
from gongdi.web import words

NOTHING = "—"


HEADS = {"area": "面积（平方米）", "cost": "费用（万元）"}


def head(kind: FindingKind, name: str) -> str:
    """The head of a field's column, with the unit in which its cells are shown."""
    return HEADS.get(name) or str(kind.model._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def cells_of(kind: FindingKind, row: Finding) -> list[str]:
    """The texts of the fields that the kind asks for."""
    return [cell(kind, row, name) for name in kind.fields]


def cell(kind: FindingKind, row: Finding, name: str) -> str:
    """One field's text."""
    value: Any = getattr(row, name)
    if name == "item":
        return dict(item_choices()).get(value, str(value))
    if kind.key == "spaces" and name == "kind":
        return dict(resource_choices()).get(value, str(value))
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "area":
        return words.in_m2(value)
    if name == "cost":
        return words.in_wan_yuan(value)
    if isinstance(value, date):
        return value.isoformat()
    display = getattr(row, f"get_{name}_display", None)
    text = display() if display is not None else value
    return NOTHING if text in (None, "") else str(text)
