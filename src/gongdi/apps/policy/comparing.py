"""A comparison of two packs or two days as its page shows it, with its effect on the compounds a person sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.facts import facts_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.drafts import library_with_drafts
from gongdi.apps.policy.packs import Governing, governing, library, missing_words
from gongdi.core.policy.comparing import TableDifference, compare_catalogues, compare_packs, period_remark
from gongdi.core.policy.packs import Pack
from gongdi.core.policy.vocabulary import Outcome
from gongdi.engines.comparing import effects
from gongdi.engines.comparing_money import ASSUMPTION, Programme, moved_money, programmes
from gongdi.web import clock

SCOPE = "scope"


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared: two packs, each for a day, and the decision whose effect is shown."""

    left: Pack
    right: Pack
    on_left: date
    on_right: date
    decision: str
    strange: tuple[str, ...] = ()
    """What the address asks for that there is not, in sentences."""

    @property
    def remarks(self) -> list[str]:
        """What a reader must know of either side's day before reading on."""
        sides = (("左", self.left, self.on_left), ("右", self.right, self.on_right))
        return [f"{word}：{told}" for word, pack, on in sides if (told := period_remark(pack.document, on))]


def asked_sides(user: User, query: Mapping[str, str]) -> Sides:
    """The sides that an address asks for; without it, what governs the person's compounds beside another document."""
    packs, shipped = library_with_drafts(user).packs, library().packs
    asked = query.get("decision", "")
    decision = asked if asked in library().vocabulary.decisions else SCOPE
    able = [pack for pack in shipped.values() if decision in pack.tables] or list(shipped.values())
    ground = _usual(user)
    usual = ground.pack if ground is not None else able[0]
    other = next((pack for pack in reversed(able) if pack is not usual), usual)
    day = ground.as_of if ground is not None else clock.today()
    left, right = packs.get(query.get("left", ""), usual), packs.get(query.get("right", ""), other)
    days = [
        _day(query.get(name, "")) or max(day, pack.document.first_day or day)
        for name, pack in (("on_left", left), ("on_right", right))
    ]
    return Sides(left, right, days[0], days[1], decision, tuple(_strange(query, packs, asked != decision)))


def _usual(user: User) -> Governing | None:
    """What governs the first compound that a person sees, if anything does."""
    place = visible_compounds(user).order_by("pk").values_list("place", flat=True).first()
    return governing(place) if place is not None else None


def _strange(query: Mapping[str, str], packs: Mapping[str, Pack], other_decision: bool) -> Iterator[str]:
    """What an address asks for and is not: it is told, and the usual stands in its place."""
    for name, word in (("left", "左"), ("right", "右")):
        if query.get(name) and query[name] not in packs:
            yield f"没有找到政策包“{query[name]}”，{word}边按下面选中的文件。请从列表中选择。"
        day = query.get(f"on_{name}", "")
        if day and _day(day) is None:
            yield f"{word}边的判定日期“{day}”不是日期，改用下面的日期。请填写 2022-06-30 这样的日期。"
    if query.get("decision") and other_decision:
        yield f"没有名为“{query['decision']}”的判定，下面是纳入范围。请从列表中选择。"


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Changed:
    """A compound under both sides; `changed`: whether it changes sides."""

    compound: Compound
    left: Outcome
    right: Outcome
    lacking: str
    cost: int | None
    """Estimated total investment in fen."""

    @property
    def changed(self) -> bool:
        """Whether both sides give it another outcome."""
        return self.left != self.right


@dataclass(frozen=True, slots=True)
class MoneyLine:
    """One line of the table of money: what it is, either side, and the difference; None where a side is silent."""

    words: str
    unit: str
    left: int | None
    right: int | None

    @property
    def change(self) -> int | None:
        """How much more the right side has than the left."""
        return None if self.left is None or self.right is None else self.right - self.left


def comparison(user: User, sides: Sides) -> dict[str, Any]:
    """The differences, and who of the compounds that the person sees changes sides."""
    packs = library_with_drafts(user)
    vocabulary = packs.vocabulary
    tables = list(compare_packs(sides.left, sides.right, sides.on_left, sides.on_right))
    rows = list(visible_compounds(user).select_related("street", "county"))
    facts = facts_of_many(rows)
    cases, costs = [facts[row.pk] for row in rows], [row.cost_total for row in rows]
    left, right = (sides.left.slug, sides.on_left), (sides.right.slug, sides.on_right)
    found = effects(packs, sides.decision, left, right, cases)
    reckoned = programmes(packs, left, right, cases, costs)

    def outcome(code: str) -> Outcome:
        return vocabulary.outcome(sides.decision, code)

    lines = [
        Changed(
            rows[each.index],
            outcome(each.left),
            outcome(each.right),
            "、".join(missing_words(each.right_missing)),
            costs[each.index],
        )
        for each in found
    ]
    changed = [each for each in lines if each.changed]
    return {
        "chosen": _chosen(tables, sides.decision),
        "tables": [(vocabulary.decisions[each.decision], each) for each in tables],
        "items": _items(sides),
        "moves": [(outcome(each.left), outcome(each.right), each) for each in moved_money(found, costs)],
        "lines": lines,
        "changed": changed,
        "changed_cost": sum(each.cost or 0 for each in changed),
        "changed_without_cost": sum(each.cost is None for each in changed),
        "money": _money(*reckoned),
        "whole": [word for word, each in zip("左右", reckoned, strict=True) if each.whole],
        "assumption": ASSUMPTION,
        "total": len(rows),
    }


def _money(left: Programme, right: Programme) -> list[MoneyLine]:
    """Both sides' programmes line by line."""
    return [
        MoneyLine("纳入的小区", "个", left.compounds, right.compounds),
        MoneyLine("其中没有估算的", "个", left.without_cost, right.without_cost),
        MoneyLine("估算总投资", "万元", left.cost, right.cost),
        MoneyLine("业主和社会最低出资", "万元", left.owner_minimum, right.owner_minimum),
        MoneyLine("市级财政分担", "万元", left.city, right.city),
        MoneyLine("区级财政分担", "万元", left.district, right.district),
    ]


def _chosen(tables: list[TableDifference], decision: str) -> TableDifference | None:
    return next((each for each in tables if each.decision == decision), None)


def _items(sides: Sides) -> list[tuple[str, str, str]]:
    vocabulary = library().vocabulary
    classes = vocabulary.decisions["item_class"].outcomes

    def words(codes: tuple[str, ...]) -> str:
        return "、".join(classes[code].zh for code in codes) or "未列"

    return [
        (vocabulary.items[each.item].zh, words(each.left), words(each.right))
        for each in compare_catalogues(sides.left, sides.right)
    ]
