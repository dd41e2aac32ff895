"""Who does what by which document: departments, duties, mechanisms, members of a compound's bodies, all of them data.

The tables stand in data/; each row names the pack and the section it paraphrases. Which pack governs a place is told
by the app of policy, which stands after this one (`governing.told_by`).
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"
ROLE_WORDS = {
    "party": "党组织", "residents_committee": "居委会", "owners_committee": "业主委员会",
    "property_company": "物业服务企业", "property_right_unit": "产权单位", "builder": "施工单位", "owners": "业主",
}  # fmt: skip
"""For whom a member of a compound's body stands."""
KIND_WORDS = {
    "lead": "牵头", "join": "参与", "guide": "指导", "supervise": "监督", "fund": "资金", "approve": "审批",
    "implement": "实施", "support": "配合",
}  # fmt: skip
"""The kinds of duty."""
MECHANISM_WORDS = {
    "tier": "分级职责", "accountable": "责任主体", "implementing": "实施主体", "investor": "实施（投资）主体",
    "leader": "领导责任", "lead": "统筹机构", "work_group": "工作组", "compound": "小区机制", "party": "党建引领",
    "record": "制度和记录",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Department:
    """A department as documents name it, whatever it is called in a place."""

    key: str
    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Responsibility:
    """One duty of a department (责任清单), paraphrased, with pack and section."""

    pack: str
    section: str
    department: str
    kind: str
    zh: str
    en: str

    @property
    def word(self) -> str:
        """The kind in words."""
        return KIND_WORDS[self.kind]


@dataclass(frozen=True, slots=True)
class Mechanism:
    """One part of a document's mechanism: a tier, an accountable body, a group to be set up, a system of work.

    `body` is the kind of body to be set up from it ("" for none), `parent` the key of the part above it.
    """

    pack: str
    section: str
    key: str
    parent: str
    role: str
    body: str
    zh: str
    duty: str

    @property
    def word(self) -> str:
        """The role in words."""
        return MECHANISM_WORDS[self.role]


@dataclass(frozen=True, slots=True)
class RequiredMember:
    """Whom a document wants in a body of a compound."""

    pack: str
    section: str
    body: str
    role: str


def _rows(name: str) -> list[dict[str, str]]:
    with (_DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def departments() -> dict[str, Department]:
    """The departments by key, in the usual order."""
    return {row["key"]: Department(**row) for row in _rows("departments")}


def department_choices() -> list[tuple[str, str]]:
    """The departments for a form."""
    return [(each.key, each.zh) for each in departments().values()]


@cache
def responsibilities() -> tuple[Responsibility, ...]:
    """Every duty of every document."""
    return tuple(Responsibility(**row) for row in _rows("responsibilities"))


@cache
def mechanisms() -> tuple[Mechanism, ...]:
    """Every part of every document's mechanism."""
    return tuple(Mechanism(**row) for row in _rows("mechanisms"))


@cache
def required_members() -> tuple[RequiredMember, ...]:
    """Whom each document wants in the bodies of a compound."""
    return tuple(RequiredMember(**row) for row in _rows("compound_members"))


def duties_of(pack: str, department: str = "") -> list[Responsibility]:
    """The duties by a pack, of one department ("" for all) in the order of departments."""
    order = {key: number for number, key in enumerate(departments())}
    rows = [row for row in responsibilities() if row.pack == pack and department in ("", row.department)]
    return sorted(rows, key=lambda row: order[row.department])


def template_of(pack: str) -> list[Mechanism]:
    """The bodies that a pack wants for a whole place: what "set up from template" makes."""
    return [row for row in mechanisms() if row.pack == pack and row.body and row.role in ("lead", "work_group")]


PackOf = Callable[[str], tuple[str, str] | None]


class Governing:
    """Which pack governs a place: its slug and title."""

    def __init__(self) -> None:
        self._pack_of: PackOf = lambda place: None

    def told_by(self, pack_of: PackOf) -> None:
        """Use a function from a division code to slug and title; None where no pack governs."""
        self._pack_of = pack_of

    def pack_of(self, place: str) -> tuple[str, str] | None:
        """Slug and title of the pack in force at a place; None when there is none."""
        return self._pack_of(place)


governing = Governing()
