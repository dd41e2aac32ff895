"""Counts as pages show them: bars against both bounds, in words."""

from __future__ import annotations

from dataclasses import dataclass

from gongdi.apps.voting.queries import MatterCount
from gongdi.core.voting.rules import Base
from gongdi.core.voting.tally import BarResult, Decided, Side, Tally
from gongdi.web.words import in_m2, separated

WIDE = 1000
DECIDED = {
    Decided.OPEN: "",
    Decided.PASSED: "无论其余业主如何投票，都会通过",
    Decided.FAILED: "其余业主全部同意也不能通过",
}


@dataclass(frozen=True, slots=True)
class Bar:
    """One count against one bound; widths in thousandths of the base."""

    label: str
    have: str
    of: str
    needed: str
    short: str
    share: str
    width: int
    bound: int
    met: bool
    nobody: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One matter."""

    title: str
    rule: str
    clause: str
    passed: bool
    hurdles: list[tuple[str, list[Bar]]]
    parts: list[tuple[str, str, str]]
    decided: str
    floors: tuple[tuple[str, bool], ...]
    below: bool
    """The local condition is met and a rule of national law is not."""
    by_area: str
    """The share by area where the document names heads alone."""


def _bar(label: str, side: Side, area: bool) -> Bar:
    def word(number: int) -> str:
        return in_m2(number) if area else separated(number)

    width = WIDE * side.have // side.of if side.of else 0
    share = side.bound.share
    return Bar(
        label, word(side.have), word(side.of), word(side.needed), word(side.short),
        f"{share.numerator}/{share.denominator}", min(width, WIDE), int(WIDE * share), side.met and side.of > 0,
        side.of == 0,
    )  # fmt: skip


def _hurdle(result: BarResult) -> list[Bar]:
    found = []
    if result.heads is not None:
        found.append(_bar("人数", result.heads, False))
    if result.area is not None:
        found.append(_bar("面积", result.area, True))
    return found


def shown(count: MatterCount) -> Shown:
    """A matter for the page."""
    verdict, tally, rule = count.verdict, count.tally, count.matter.rule
    hurdles = []
    if verdict.taking_part is not None:
        hurdles.append(("参与（占全体业主）", _hurdle(verdict.taking_part)))
    base = "占全体业主" if rule.approval.base is Base.ALL else "占参与者"
    hurdles.append((f"同意（{base}）", _hurdle(verdict.approval)))
    parts = [
        (word, separated(part.heads), in_m2(part.area))
        for word, part in (
            ("同意", tally.yes), ("反对", tally.no), ("弃权", tally.abstain), ("空白或无法辨认", tally.void),
            ("尚未投票", tally.everyone - tally.participating - tally.void),
        )
    ]  # fmt: skip
    below = verdict.passed and not all(passed for _, passed in count.floors)
    return Shown(
        count.matter.title, rule.title, rule.clause.section, verdict.passed, hurdles, parts, DECIDED[verdict.decided],
        count.floors, below, "" if rule.approval.area is not None else _share_by_area(tally),
    )  # fmt: skip


def _share_by_area(tally: Tally) -> str:
    hundredths = 10_000 * tally.yes.area // tally.everyone.area if tally.everyone.area else 0
    share = f"{hundredths // 100}.{hundredths % 100:02d}%"
    return f"{in_m2(tally.yes.area)} / {in_m2(tally.everyone.area)} 平方米，占 {share}"
