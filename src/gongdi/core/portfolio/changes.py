"""What would be if (试算): small changes of a planning problem, read, checked and applied.

A question is one or several changes that hold together: a fund's budget of a year, a county's minimum, a compound that
must start or need not, the weight of a year. Everything else of the problem stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from gongdi.core.portfolio.faults import Fault, Reader, Words
from gongdi.core.portfolio.model import Instance


@dataclass(frozen=True, slots=True)
class BudgetChange:
    """A fund has `yuan` in a year instead of what it had."""

    fund: str
    year: int
    yuan: int


@dataclass(frozen=True, slots=True)
class MinimumChange:
    """At least `minimum` compounds of a county must start."""

    county: str
    minimum: int


@dataclass(frozen=True, slots=True)
class MustChange:
    """A compound must start, or need not."""

    compound: str
    must: bool


@dataclass(frozen=True, slots=True)
class WeightChange:
    """A start in a year weighs so much."""

    year: int
    weight: Fraction


Change = BudgetChange | MinimumChange | MustChange | WeightChange

KINDS: Mapping[str, tuple[str, ...]] = {
    "budget": ("fund", "year", "budget"),
    "minimum": ("county", "minimum"),
    "must": ("compound", "must"),
    "weight": ("year", "weight"),
}
"""The key that tells a change's kind, with all its keys."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question of what would be if all these changes were made; `name` is what people call it."""

    name: str
    changes: tuple[Change, ...]


def parse_questions(data: object, instance: Instance) -> tuple[Question, ...] | tuple[Fault, ...]:
    """The questions that the data put to an instance, in their order, or every fault found.

    `data` is what a JSON decoder returns: a list of objects with `changes` and, if people want one, a `name`.
    """
    read = Reader()
    found = []
    for at, row in enumerate(read.objects({"questions": data}, "questions")):
        place = f"questions[{at}]"
        read.misspelt(row, ("name",), place)
        name = read.text(row, "name", place) if "name" in row else str(at + 1)
        changes = [
            change
            for k, given in enumerate(read.objects(row, "changes", place))
            if (change := _change(read, given, f"{place}.changes[{k}]", instance)) is not None
        ]
        _check_once(read, place, changes)
        if not changes and not read.faults:
            read.fault(
                f"{place}.changes",
                Words("没有改动", "nothing is changed"),
                Words("请至少填写一项改动", "Give at least one change"),
            )
        found.append(Question(name, tuple(changes)))
    if not found:
        read.fault(
            "questions", Words("没有问题", "there is no question"), Words("请至少填写一个问题", "Ask at least one")
        )
    return tuple(read.faults) or tuple(found)


def _check_once(read: Reader, place: str, changes: Iterable[Change]) -> None:
    """A question changes one thing once."""
    seen: set[tuple[object, ...]] = set()
    for change in changes:
        thing: tuple[object, ...]
        if isinstance(change, BudgetChange):
            thing = ("fund", change.fund, change.year)
        elif isinstance(change, MinimumChange):
            thing = ("county", change.county)
        else:
            thing = ("compound", change.compound) if isinstance(change, MustChange) else ("year", change.year)
        if thing in seen:
            name = " ".join(map(str, thing))
            read.fault(
                f"{place}.changes",
                Words(f"{name} 改了两次", f"{name} is changed twice"),
                Words("请只保留一项", "Keep one of the two"),
            )
        seen.add(thing)


def _change(read: Reader, row: Mapping[str, Any], place: str, instance: Instance) -> Change | None:
    kinds = [kind for kind in KINDS if kind in row]
    if len(kinds) != 1:
        wanted = "; ".join(", ".join(keys) for keys in KINDS.values())
        read.fault(
            place,
            Words("看不出改动什么", "it does not say what is changed"),
            Words(f"请填写其中一组：{wanted}", f"Give one of these sets: {wanted}"),
        )
        return None
    for key in sorted(set(row) - set(KINDS[kinds[0]])):
        read.fault(
            f"{place}.{key}",
            Words(f"这项改动没有 {key}", f"this change has no {key}"),
            Words(f"请只填写 {'、'.join(KINDS[kinds[0]])}", f"Give {', '.join(KINDS[kinds[0]])} alone"),
        )
    if kinds[0] == "budget":
        fund = _known(read, row, "fund", place, (row.code for row in instance.funds))
        return BudgetChange(fund, _year(read, row, place, instance), read.whole(row["budget"], f"{place}.budget"))
    if kinds[0] == "minimum":
        county = _known(read, row, "county", place, (row.code for row in instance.counties))
        return MinimumChange(county, read.whole(row["minimum"], f"{place}.minimum"))
    if kinds[0] == "must":
        compound = _known(read, row, "compound", place, (row.id for row in instance.compounds))
        return MustChange(compound, read.flag(row, "must", place))
    return WeightChange(_year(read, row, place, instance), read.number(row["weight"], f"{place}.weight"))


def _known(read: Reader, row: Mapping[str, Any], key: str, place: str, names: Iterable[str]) -> str:
    name = read.text(row, key, place)
    if name and name not in set(names):
        read.fault(
            f"{place}.{key}",
            Words(f"问题中没有 {name}", f"the problem has no {name}"),
            Words("请核对编号", "Check the code"),
        )
    return name


def _year(read: Reader, row: Mapping[str, Any], place: str, instance: Instance) -> int:
    year = read.whole(row.get("year"), f"{place}.year")
    if row.get("year") is not None and year not in instance.years:
        years = ", ".join(map(str, instance.years))
        read.fault(
            f"{place}.year",
            Words(f"{row['year']!r} 不是计划年度", f"{row['year']!r} is no year of the plan"),
            Words(f"计划年度：{years}", f"The years are {years}"),
        )
    return year


def changed(instance: Instance, changes: Iterable[Change]) -> Instance:
    """The instance with the changes made, the later one holding where two concern the same. The names must be known."""
    for change in changes:
        instance = _made(instance, change)
    return instance


def _made(instance: Instance, change: Change) -> Instance:
    if isinstance(change, BudgetChange):
        at = instance.years.index(change.year)
        funds = tuple(
            replace(row, budget=(*row.budget[:at], change.yuan, *row.budget[at + 1 :]))
            if row.code == change.fund
            else row
            for row in instance.funds
        )
        return replace(instance, funds=funds)
    if isinstance(change, MinimumChange):
        return replace(
            instance,
            counties=tuple(
                replace(row, minimum=change.minimum) if row.code == change.county else row for row in instance.counties
            ),
        )
    if isinstance(change, MustChange):
        return replace(
            instance,
            compounds=tuple(
                replace(row, must=change.must) if row.id == change.compound else row for row in instance.compounds
            ),
        )
    at = instance.years.index(change.year)
    return replace(instance, weights=(*instance.weights[:at], change.weight, *instance.weights[at + 1 :]))


def change_documents(changes: Iterable[Change]) -> Iterator[dict[str, Any]]:
    """The changes as JSON data, as `parse_questions` reads them."""
    for change in changes:
        if isinstance(change, BudgetChange):
            yield {"fund": change.fund, "year": change.year, "budget": change.yuan}
        elif isinstance(change, MinimumChange):
            yield {"county": change.county, "minimum": change.minimum}
        elif isinstance(change, MustChange):
            yield {"compound": change.compound, "must": change.must}
        else:
            yield {"year": change.year, "weight": float(change.weight)}
