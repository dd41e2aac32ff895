"""What a menu must hold, and where a list of contents (改造内容清单) departs from what the households wish."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from gongdi.core.consultation.results import Cell
from gongdi.core.values import Citation


@dataclass(frozen=True, slots=True)
class SpecialProjects:
    """The special projects (专项工程) that a document wants among the choices, where they stand in it."""

    clause: Citation
    items: frozenset[str]


SPECIAL_PROJECTS: Mapping[str, SpecialProjects] = {
    # 四(一)3 wants them asked about; 一(三)4, 三(一) and 四(四)2 name them.
    "zhejiang-ningbo-jiangbei-2020": SpecialProjects(
        Citation("zhejiang-ningbo-jiangbei-2020", "四(一)3"),
        frozenset(
            {
                "lift_addition", "lift_renewal", "rain_sewage_separation", "smart_security", "sponge_city",
                "trunk_road_setback", "waste_sorting",
            }
        ),
    ),
}  # fmt: skip
"""By pack. A document that is not here wants no special projects asked about."""


def special_fault(pack: str, items: Collection[str], why_none: str) -> str:
    """Why a menu without any special project cannot be opened; "" when it can, or a reason is stated."""
    wanted = SPECIAL_PROJECTS.get(pack)
    if wanted is None or wanted.items & set(items) or why_none.strip():
        return ""
    return (
        f"本地文件要求把专项工程列入征询内容（{wanted.clause.section}），菜单里一项也没有。"
        "请加入至少一项专项工程，或写明为什么没有。"
    )


def departures(chosen: Collection[int], cells: Mapping[int, Cell]) -> dict[int, str]:
    """Where a choice of items departs from the wishes, by item: each needs a reason.

    An item is wished when more households want it than do not.
    """
    found = {}
    for item, cell in cells.items():
        if item in chosen and not cell.wished:
            found[item] = f"想要的 {cell.wants} 户，不要的 {cell.against} 户，仍然列入"
        elif item not in chosen and cell.wished:
            found[item] = f"想要的 {cell.wants} 户，不要的 {cell.against} 户，没有列入"
    return found
