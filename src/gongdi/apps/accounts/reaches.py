"""The places over which a post may reach. The app of divisions tells them here, since it stands after this one."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass

from gongdi.apps.accounts.permissions import ADMINISTRATORS, TIED, PostKind

_COMPOUND_HOLDERS = (4, 6, 9, 12)
CODE_LENGTHS: dict[PostKind, tuple[int, ...]] = {
    PostKind.DISTRICT_OFFICER: (6,),
    PostKind.STREET_LEADER: (9,),
    PostKind.STREET_CLERK: (9,),
    PostKind.COMMUNITY_WORKER: (12,),
    PostKind.FINANCE_OFFICER: (6,),
    PostKind.DEPARTMENT_OFFICER: (6,),
    **dict.fromkeys(TIED, _COMPOUND_HOLDERS),
    PostKind.CITY_VIEWER: (4,),
    PostKind.PROVINCE_VIEWER: (2,),
    PostKind.AUDITOR: (0, 2, 4, 6),
    **dict.fromkeys(ADMINISTRATORS, (0,)),
}
"""For each kind of post how long the code of its place may be; 0 is everywhere."""
LEVEL_WORDS = {0: "全部（不填）", 2: "省", 4: "市", 6: "区县", 9: "街道（镇）", 12: "社区"}
EVERYWHERE = "全部"

Listing = Callable[[], list[tuple[str, str]]]
Coding = Callable[[str, str], list[str]]
Finding = Callable[[list[str], str], tuple[list["NamedObject"], list[str]]]
"""From words (a name or a number each) and a place to the objects meant, and what is wrong with the other words."""


Ending = Callable[[Collection[str]], dict[str, "Ended"]]


@dataclass(frozen=True, slots=True)
class Ended:
    """A place that is no more: what it is today in words (今外滩街道), and the code of that when it is certain."""

    words: str
    code: str


@dataclass(frozen=True, slots=True)
class NamedObject:
    """An object that a post may be tied to: its kind (a model's label), its number, its name."""

    kind: str
    id: int
    name: str


class Reaches:
    """The known places by code."""

    def __init__(self) -> None:
        self._list: Listing = list
        self._codes: Coding = lambda system, code: [code]
        self._ended: Ending = lambda codes: {}
        self._find: Finding = lambda words, place: ([], [f"“{word}”无从查找" for word in words])

    def told_by(self, listing: Listing, coding: Coding, ending: Ending) -> None:
        """Use a function that lists all places as code and name, one that reads a code within its system, and one that
        tells which codes mean places that are no more."""
        self._list, self._codes, self._ended = listing, coding, ending

    def ended(self, codes: Collection[str]) -> dict[str, Ended]:
        """Of some codes those whose places are no more."""
        return self._ended(codes)

    def read(self, system: str, code: str) -> list[str]:
        """The codes, as places are listed, of what a code of a system means today."""
        return self._codes(system, code)

    def objects_told_by(self, finding: Finding) -> None:
        """Use a function that finds the objects that posts are tied to."""
        self._find = finding

    def objects(self, words: list[str], place: str) -> tuple[list[NamedObject], list[str]]:
        """The objects meant by the words inside a place, and what is wrong with the other words."""
        return self._find(words, place)

    def all(self) -> list[tuple[str, str]]:
        """Every place, code and name."""
        return self._list()

    def name_of(self, code: str) -> str | None:
        """The name of a place; None when there is no such place."""
        return EVERYWHERE if not code else dict(self._list()).get(code)


reaches = Reaches()


def fault_of_place(kind: PostKind, code: str) -> str | None:
    """Why a kind of post cannot have a place; None when it can."""
    lengths = CODE_LENGTHS[kind]
    if len(code) not in lengths:
        wanted = "或".join(LEVEL_WORDS[length] for length in lengths)
        return f"“{kind.label}”的管辖范围应为{wanted}。请从列表中选择相应的区划代码。"
    if reaches.name_of(code) is None:
        return f"区划代码 {code} 还没有登记。请从列表中选择，或先用 gongdi manage add_divisions 登记区划。"
    return None
