"""The menu and the results as pages show them: words and sums, worked out once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.safestring import SafeString

from gongdi.apps.consultation.menu import class_words
from gongdi.apps.consultation.models import PAYERS, PLEDGES, REPLIES, MenuItem, Round
from gongdi.apps.consultation.pictures import picture
from gongdi.apps.consultation.plain import plain_items
from gongdi.apps.consultation.queries import Results, everyone_of, photos_of
from gongdi.apps.files.models import Attachment
from gongdi.core.consultation.answers import Willing
from gongdi.core.consultation.pledges import QUESTIONS
from gongdi.core.consultation.prices import (
    Basis,
    Everyone,
    Payer,
    household_part,
    owners_part,
    stairwell_part,
    total_of,
)
from gongdi.core.consultation.results import LEAST_SHOWN, Cell, Tally, protected
from gongdi.web.words import in_yuan

ROUNDING = (
    "每户金额：按户计价的直接取每户价；按平方米计价的乘以本户专有部分面积；整项和按数量计价的，"
    "按本户专有部分面积占全小区的比例分摊（民法典第283条）；由单元自己分摊的，分法由本单元商定，不算到各户。只在最后四舍五入到分，各户相加可能与总数差几分。"
)
PAYER_WORDS = dict(PAYERS)


@dataclass(frozen=True, slots=True)
class ItemShown:
    """One item of the menu for a page. Money in fen."""

    row: MenuItem
    class_word: str
    picture: SafeString
    photo: str
    price: str
    total: int
    payers: str
    example: int | None
    own: int | None
    """What falls to the household whose page it is; None on pages of nobody's, and where a stairwell bears it."""
    stairwell: int | None
    """What the owners of one stairwell pay together, where it is theirs alone; None for every other item."""


def price_words(row: MenuItem) -> str:
    """The price in words."""
    if row.fen is None:
        return "价格未填"
    yuan = in_yuan(row.fen)
    if row.basis == Basis.PER_UNIT.value:
        return f"每{row.unit} {yuan} 元，共 {row.quantity} {row.unit}"
    if row.basis == Basis.STAIRWELL.value:
        return f"每个单元 {yuan} 元，按 {row.quantity} 个单元估算"
    return {"total": f"整项 {yuan} 元", "per_dwelling": f"每户 {yuan} 元", "per_m2": f"每平方米 {yuan} 元"}[row.basis]


def payer_words(row: MenuItem) -> str:
    """Who pays, in percent."""
    told = []
    for payer, share in row.payers.items():
        whole, rest = divmod(share, 100)
        if share:
            told.append(f"{PAYER_WORDS[payer.value]} {whole}{f'.{rest:02d}' if rest else ''}%")
    return "，".join(told) or "未填"


def menu_shown(
    asked: Round, items: Sequence[MenuItem], *, area: int | None = None, household: int | None = None,
    photos: Mapping[int, Attachment] | None = None,
) -> list[ItemShown]:  # fmt: skip
    """The menu; with `area` (0.01 m2), what falls to that household. `household` names whose photo page it is.

    `photos` are those to show, where they are known already; none where the pictures alone are wanted.
    """
    everyone, classes, plain = everyone_of(asked), class_words(), plain_items()
    photos = photos_of(items) if photos is None else photos

    def photo(row: MenuItem) -> str:
        if row.pk not in photos:
            return ""
        if household is not None:
            return reverse("consultation:show_item_photo", args=[household, row.number])
        return reverse("files:show_thumbnail", args=[photos[row.pk].pk])

    return [
        ItemShown(
            row, classes.get(row.item_class, ""), picture(plain[row.item].picture, f"示意图：{row.name}"), photo(row),
            price_words(row), total_of(row.price, everyone), payer_words(row),
            household_part(row.price, row.payers[Payer.OWNERS], asked.example_area, everyone),
            None if area is None else household_part(row.price, row.payers[Payer.OWNERS], area, everyone),
            stairwell_part(row.price, row.payers[Payer.OWNERS]) if row.price.basis is Basis.STAIRWELL else None,
        )
        for row in items
    ]  # fmt: skip


def pledge_lines(asked: Round) -> list[tuple[str, list[str]]]:
    """What is asked beside the menu, each with its replies, in words: for the printed sheet."""
    words, replies = dict(PLEDGES), dict(REPLIES)
    return [(words[each.value], [replies[reply.value] for reply in QUESTIONS[each].replies])
            for each in asked.asked_pledges]  # fmt: skip


def pledge_counts(results: Results) -> list[tuple[str, str, list[tuple[str, int]]]]:
    """For each question beside the menu: the fact it bears on, its words, how many households replied what."""
    words, replies = dict(PLEDGES), dict(REPLIES)
    return [
        (
            QUESTIONS[each].fact, words[each.value],
            [(replies[reply.value] if reply else "没有说", number) for reply, number in counts.items()],
        )
        for each, counts in results.pledges.items()
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultLine:
    """One item of the results: its counts, places among the first three, cost and who pays. Bars in thousandths."""

    row: MenuItem
    class_word: str
    cell: Cell
    ranks: tuple[int, ...]
    total: int
    owners_part: int
    payers: str
    bar: tuple[int, int, int]

    @property
    def no_from(self) -> int:
        """Where the bar of those who do not want it begins."""
        return self.bar[0] + self.bar[1]


@dataclass(frozen=True, slots=True)
class BuildingTable:
    """Some buildings for the page: their names, how many answered, each item's cell in order."""

    name: str
    tally: Tally
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class ResultsShown:
    """The results for a page."""

    lines: list[ResultLine]
    ordered: list[MenuItem]
    """The items as they stand on the menu, in the order of the buildings' cells."""
    whole: Tally
    users: Tally
    buildings: list[BuildingTable]
    hidden: bool
    """Whether the whole is of too few answers to be shown to this person."""
    merged: bool
    """Whether some buildings are put together or left out for the same reason."""
    willing: list[tuple[str, int]]
    pledges: list[tuple[str, str, list[tuple[str, int]]]]
    """What was asked beside the menu: fact, words, how many replied what."""
    parts: list[tuple[str, int]]
    total: int
    each: int
    stairwells: int
    """What of the owners' part single stairwells bear, in fen; not in `each`."""


def results_shown(asked: Round, results: Results, *, small: bool) -> ResultsShown:
    """The results; without `small` nothing of fewer than five answers stands by itself."""
    everyone, classes = everyone_of(asked), class_words()
    lines = [_line(row, results, everyone, classes) for row in results.items]
    # What more households want stands first; of equals, what more put first.
    lines.sort(key=lambda each: (-each.cell.wants, tuple(-rank for rank in each.ranks), each.row.number))
    numbers = [row.number for row in results.items]
    if small:
        groups: list[tuple[tuple[str, ...], Tally]] = [((name,), each) for name, each in results.buildings.items()]
    else:
        groups = [(shown.buildings, shown.tally) for shown in protected(results.buildings)]
    buildings = [
        BuildingTable("、".join(names), each, [each.cells[number] for number in numbers]) for names, each in groups
    ]
    willing = [("愿意", Willing.YES), ("不愿意", Willing.NO), ("说不准", Willing.UNSURE), ("没有说", None)]
    return ResultsShown(
        lines, results.items, results.whole, results.users, buildings,
        not small and 0 < results.whole.answered < LEAST_SHOWN,
        len(groups) < len(results.buildings),
        [(word, results.willing[each]) for word, each in willing], pledge_counts(results),
        [(PAYER_WORDS[payer.value], part) for payer, part in results.wished.parts.items() if part],
        results.wished.total, results.wished.owners_each(everyone.households), results.wished.stairwells,
    )  # fmt: skip


def _line(row: MenuItem, results: Results, everyone: Everyone, classes: Mapping[str, str]) -> ResultLine:
    cell, number = results.whole.cells[row.number], max(results.whole.households, 1)
    bar = (1000 * cell.wants // number, 1000 * cell.without // number, 1000 * cell.against // number)
    total = total_of(row.price, everyone)
    return ResultLine(
        row, classes.get(row.item_class, ""), cell, results.priorities[row.number], total,
        owners_part(total, row.payers), payer_words(row), bar,
    )  # fmt: skip
