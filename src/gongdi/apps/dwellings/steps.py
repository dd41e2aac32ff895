"""What a roll asks for, dwelling by dwelling: worked out once to show it, once more to write it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import lru_cache, partial
from itertools import count
from typing import Literal

from gongdi.apps.dwellings.books import DWELLING_COLUMNS, Books, CompoundBook, Held, Known
from gongdi.apps.dwellings.figures import FIGURES
from gongdi.apps.dwellings.models import NAME, NUMBER, PHONE
from gongdi.core.ownership.identity import Identity
from gongdi.exchange.dwelling_roll import DwellingEntry, OwnerEntry
from gongdi.web.sealing import digest

Action = Literal["created", "transferred", "changed", "unchanged"]
ACTION_WORDS: dict[Action, str] = {
    "created": "新增", "transferred": "产权变更", "changed": "信息更新", "unchanged": "无变化",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewOwner:
    """An owner not met before, under a negative key, with the digests of what tells them apart."""

    key: int
    entry: OwnerEntry
    identity: Identity


@dataclass(frozen=True, slots=True)
class OwnerChange:
    """What a roll adds to an owner known before: an identity number that was lacking, another phone."""

    owner: int
    entry: OwnerEntry
    number: bool
    phone: bool
    identity: Identity


@dataclass(frozen=True, slots=True)
class NewSpell:
    """A spell that begins."""

    owner: int
    share: Fraction
    joint: bool
    since: date | None
    certificate: str


@dataclass(slots=True)
class Step:
    """What one dwelling asks for. `dwelling` None is a new one; `end` are spells that end on the day `end_on`."""

    entry: DwellingEntry
    book: CompoundBook
    action: Action = "unchanged"
    building: int = 0
    new_building: bool = False
    dwelling: Known | None = None
    columns: dict[str, object] = field(default_factory=dict)
    new_owners: list[NewOwner] = field(default_factory=list)
    owner_changes: list[OwnerChange] = field(default_factory=list)
    end: list[Held] = field(default_factory=list)
    end_on: date | None = None
    begin: list[NewSpell] = field(default_factory=list)
    conflict: str = ""
    """Why the transfer cannot be written; the dwelling is then left as it is."""
    doubt: str = ""
    """Why a new dwelling may be one that is known already; it is added all the same."""
    namesakes: list[str] = field(default_factory=list)
    """Names of new owners of whom an owner of the same name is known, and nothing tells whether they are one person."""
    newer: str = ""
    """Why the area and use of a dwelling stay: what is kept of them is of a later day than the roll."""
    passed_over: str = ""
    """Why nothing of a dwelling is written; the others are all the same."""
    remedy: str = "请核对产权起始日期或截至日期。"
    """What to do about a conflict."""


@dataclass(slots=True)
class Stepper:
    """Compares a roll with what is known, as of the day that the roll is of."""

    books: Books
    as_of: date
    _keys: Iterator[int] = field(default_factory=lambda: count(-1, -1))

    def step(self, entry: DwellingEntry) -> Step:
        """What one dwelling asks for; later dwellings are compared as if it had been written."""
        book = self.books.of(entry.compound)
        step = Step(entry, book, dwelling=book.dwellings.get((entry.building, entry.stairwell, entry.room)))
        self._find_building(step)
        if step.dwelling is not None and step.dwelling.ended_on is not None:
            step.passed_over = f"这一户已于 {step.dwelling.ended_on} 注销，清册里的内容没有写入。"
            return step
        told = [(self._owner(step, owner), owner) for owner in entry.owners]
        if step.dwelling is None:
            step.action = "created"
            step.doubt = _doubt(book.rooms.setdefault((entry.building, entry.room), set()), entry.stairwell)
            step.begin = [_spell(key, owner, owner.since, len(told)) for key, owner in told]
            return step
        self._compare_columns(step, step.dwelling)
        self._compare_holders(step, step.dwelling, told)
        if step.action == "unchanged" and (step.columns or step.owner_changes):
            step.action = "changed"
        return step

    def _find_building(self, step: Step) -> None:
        found = step.book.buildings.get(step.entry.building)
        if found is None:
            found = step.book.buildings[step.entry.building] = next(self._keys)
            step.new_building = True
        step.building = found

    def _owner(self, step: Step, entry: OwnerEntry) -> int:
        book = step.book
        identity = Identity(digest(entry.name, NAME), digest(entry.number, NUMBER), digest(entry.phone, PHONE))
        known = book.owners.find(identity)
        if known is None:
            key = next(self._keys)
            step.new_owners.append(NewOwner(key, entry, identity))
        else:
            key = known
            if known not in book.owners.names.get(identity.name, []):
                step.conflict = "证件号码与本小区另一位业主相同，姓名却不同。"
                step.remedy = "请对照证件核对两处的姓名和号码；业主改了名的，请先在业主页面更正姓名，再上传。"
            number = bool(identity.number) and not book.owners.numbers.get(known)
            phone = bool(identity.phone) and book.phones.get(known, "") != identity.phone
            if number or phone:
                step.owner_changes.append(OwnerChange(known, entry, number, phone, identity))
        book.owners.add(key, identity)
        # Told at the second of a name, not at each further one.
        if known is None and len(book.owners.namesakes(identity, key)) == 1:
            step.namesakes.append(entry.name)
        if identity.phone:
            book.phones[key] = identity.phone
        return key

    def _compare_columns(self, step: Step, known: Known) -> None:
        since = known.figures_since
        outdated = since is not None and self.as_of < since
        for name in DWELLING_COLUMNS:
            told = getattr(step.entry, name)
            # An empty cell says nothing; it takes nothing away.
            if told in (None, "") or told == known.columns[name]:
                continue
            if outdated and name in FIGURES:
                step.newer = f"这一户的面积或用途自 {since} 起已有变更，比清册的截至日期新，没有改动。"
            else:
                step.columns[name] = told

    def _compare_holders(self, step: Step, known: Known, told: list[tuple[int, OwnerEntry]]) -> None:
        if not told:
            return
        gone, come = _paired(known.held, [(step.book.resolved(key), owner) for key, owner in told])
        if step.conflict or (not gone and not come):
            return
        days = [owner.since for _, owner in come if owner.since is not None]
        if gone and len(set(days)) > 1:
            step.conflict = "新业主的产权起始日期不一致，看不出原业主持有到哪一天。"
            return
        day = max(days) if days else self.as_of
        if any(held.since is not None and held.since >= day for held in gone):
            latest = max(held.since for held in gone if held.since is not None)
            step.conflict = f"现有产权自 {latest} 起，清册所写的变更日期 {day} 不晚于它。"
            return
        step.action, step.end, step.end_on = "transferred", gone, day
        step.begin = [_spell(key, owner, owner.since or day, len(told)) for key, owner in come]


def _paired(held: list[Held], told: list[tuple[int, OwnerEntry]]) -> tuple[list[Held], list[tuple[int, OwnerEntry]]]:
    """The spells that the roll does not tell any more, and the rows without a spell. An owner may hold two shares of
    one dwelling, bought at different times: each row answers one spell."""
    gone, come = list(held), []
    for key, owner in told:
        wanted = (key, *_held_as(owner, len(told)))
        same = next((each for each in gone if (each.owner, each.share, each.joint) == wanted), None)
        if same is None:
            come.append((key, owner))
        else:
            gone.remove(same)
    return gone, come


def _doubt(stairwells: set[str], stairwell: str) -> str:
    """Whether the same room is told once with a stairwell and once without: most likely one dwelling, counted twice."""
    others = {each for each in stairwells if bool(each) != bool(stairwell)}
    stairwells.add(stairwell)
    if not others:
        return ""
    known = "、".join(sorted(each or "不写单元" for each in others))
    return f"同一楼栋已有这个房号（{known}），这里{'没有写单元' if not stairwell else '写了单元'}，可能是同一户。"


def _held_as(owner: OwnerEntry, owners: int) -> tuple[Fraction, bool]:
    """Joint owners are written with equal parts, so that the parts of a dwelling add up to the whole."""
    return (_part(owners), True) if owner.share is None else (owner.share, False)


_part = lru_cache(maxsize=256)(partial(Fraction, 1))


def _spell(key: int, owner: OwnerEntry, since: date | None, owners: int) -> NewSpell:
    share, joint = _held_as(owner, owners)
    return NewSpell(key, share, joint, since, owner.certificate)
