"""What may not go on while a notice about it is shown, and what a notice may not be published without.

No document in hand asks that a list of contents or the result of a consultation be published; whoever publishes it
asks for objections, and these are answered before the thing goes on (the scheme, template 四(二)2: filed once nobody
objects). So a notice that was never published hinders nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongdi.core.notices.finishing import Hindrance
from gongdi.core.values import Citation

RENDERING_ASKED: Mapping[str, Citation] = {
    # Before the works the rendering and a detailed description are shown to the residents at a conspicuous spot.
    "anhui-anqing-2022": Citation("anhui-anqing-2022", "四(五)"),
}
"""By pack, where it says that a works notice shows the rendering (效果图); elsewhere it is advised."""


@dataclass(frozen=True, slots=True)
class OnShow:
    """Where the notice of a thing stands: whether it is in force, its last day, whether that is over, objections."""

    in_force: bool
    ends_on: date | None
    ended: bool
    objections_open: int


def gate(shown: OnShow | None, *, must_end: bool) -> list[Hindrance]:
    """Why a thing may not go on: its notice has objections that wait; with `must_end`, its period still runs."""
    if shown is None or not shown.in_force:
        return []
    found = []
    if shown.objections_open:
        why = f"还有 {shown.objections_open} 条没有了结"
        found.append(Hindrance("公示中的异议", why, "请逐条答复；采纳后要修改的，更正后重新公示"))
    if must_end and not shown.ended:
        found.append(Hindrance("公示期未满", f"公示到 {shown.ends_on} 为止", "期满后再办"))
    return found


def rendering_clause(pack: str | None) -> Citation | None:
    """Where the policy in force asks that a works notice show the rendering; None where it does not."""
    return RENDERING_ASKED.get(pack or "")
