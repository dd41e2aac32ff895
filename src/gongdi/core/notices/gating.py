"""What may not go on while a notice about it is shown, and what a notice may not be published without.

No document in hand asks that a list of contents or the result of a consultation be published; whoever publishes it
asks for objections, and these are answered before the thing goes on (the scheme, template 四(二)2: filed once nobody
objects). So a notice that was never published hinders nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from gongdi.core.notices.finishing import Hindrance
from gongdi.core.values import Citation

RENDERING_ASKED: Mapping[str, Citation] = {
    # Before the works the rendering and a detailed description are shown to the residents at a conspicuous spot.
    "anhui-anqing-2022": Citation("anhui-anqing-2022", "四(五)"),
}
"""By pack, where it says that a works notice shows the rendering (效果图); elsewhere it is advised."""


@dataclass(frozen=True, slots=True)
class OnShow:
    """Where a notice of a thing stands, all its versions together.

    `unanswered` are the objections without an answer; `to_revise` tells when each of those was answered that was
    accepted, to be revised, and that no corrected version met.
    """

    name: str
    in_force: bool
    published_at: datetime
    ends_on: date | None
    ended: bool
    unanswered: int
    to_revise: tuple[datetime, ...] = ()


def gate(shown: Sequence[OnShow], *, must_end: bool, revising: bool = False) -> list[Hindrance]:
    """Why a thing may not go on: objections to any of its notices wait; with `must_end`, the period of one still runs.

    Neither withdrawing a notice nor publishing another beside it answers an objection. One accepted, to be revised,
    is met by a correction, or by withdrawing the notice and publishing another after the answer. With `revising` the
    step is itself what revises, and only answers are waited for.
    """
    waiting = [(each, each.unanswered + (0 if revising else _unmet(each, shown))) for each in shown]
    told = [f"“{each.name}”{'' if each.in_force else '（已撤回）'}{number} 条" for each, number in waiting if number]
    found = []
    if told:
        why = f"还有 {sum(number for _, number in waiting)} 条没有了结（{'，'.join(told)}）"
        remedy = "请逐条答复，撤回的公示也要答复；采纳后要修改的，更正后重新公示，或撤回后另行公示"
        found.append(Hindrance("公示中的异议", why, remedy))
    running = [each.ends_on for each in shown if each.in_force and not each.ended and each.ends_on is not None]
    if must_end and running:
        found.append(Hindrance("公示期未满", f"公示到 {max(running)} 为止", "期满后再办"))
    return found


def _unmet(one: OnShow, shown: Sequence[OnShow]) -> int:
    """How many objections that were accepted, to be revised, nothing published since takes up."""
    if one.in_force:
        return len(one.to_revise)
    later = [each.published_at for each in shown if each.in_force]
    return sum(not any(day > at for day in later) for at in one.to_revise)


def rendering_clause(pack: str | None) -> Citation | None:
    """Where the policy in force asks that a works notice show the rendering; None where it does not."""
    return RENDERING_ASKED.get(pack or "")
