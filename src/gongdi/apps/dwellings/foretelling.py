"""What keeping a roll would change of dwellings that stand already (清册变动一览), a line a dwelling, names masked."""

from __future__ import annotations

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.dwellings.steps import ACTION_WORDS, Step
from gongdi.core.values import format_hundredths
from gongdi.web.sealing import masked_name

MOST = 500
"""Lines kept; the counts tell all."""
COLUMNS = {"floor": "楼层", "area": "面积", "area_basis": "面积依据", "use": "用途", "unit_number": "不动产单元号"}
_WORDS = {"area_basis": dict(Dwelling.AreaBasis.choices), "use": dict(Dwelling.Use.choices)}


def _shown(name: str, value: object) -> str:
    if value in (None, ""):
        return "空"
    if name == "area" and isinstance(value, int):
        return format_hundredths(value)
    return str(_WORDS.get(name, {}).get(str(value), value))


def change_line(step: Step) -> tuple[str, str, str] | None:
    """Where, what kind of change, and its words; None for what is new or stays as it is."""
    if step.dwelling is None or step.action == "unchanged" or step.conflict:
        return None
    entry, before = step.entry, step.dwelling.columns
    words = [
        f"{COLUMNS[name]} {_shown(name, before[name])} → {_shown(name, value)}" for name, value in step.columns.items()
    ]
    if step.action == "transferred":
        names = "、".join(masked_name(owner.name) for owner in entry.owners)
        words.append(f"业主变更为 {names}，自 {step.end_on}")
    if step.owner_changes:
        words.append("补充业主的证件号码或电话")
    where = f"{entry.compound} {entry.building}{entry.stairwell}{entry.room}"
    return where, ACTION_WORDS[step.action], "；".join(words)
