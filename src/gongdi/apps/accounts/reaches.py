"""The places over which a post may reach. The app of divisions tells them here, since it stands after this one."""

from __future__ import annotations

from collections.abc import Callable

from gongdi.apps.accounts.permissions import PostKind

CODE_LENGTHS: dict[PostKind, tuple[int, ...]] = {
    PostKind.DISTRICT_OFFICER: (6,),
    PostKind.STREET_CLERK: (9,),
    PostKind.COMMUNITY_WORKER: (12,),
    PostKind.CITY_VIEWER: (2, 4),
    PostKind.AUDITOR: (0, 2, 4, 6),
    PostKind.ADMINISTRATOR: (0,),
}
"""For each kind of post how long the code of its place may be; 0 is everywhere."""
LEVEL_WORDS = {0: "全部（不填）", 2: "省", 4: "市", 6: "区县", 9: "街道（镇）", 12: "社区"}
EVERYWHERE = "全部"

Listing = Callable[[], list[tuple[str, str]]]


class Reaches:
    """The known places by code."""

    def __init__(self) -> None:
        self._list: Listing = list

    def told_by(self, listing: Listing) -> None:
        """Use a function that lists all places as code and name."""
        self._list = listing

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
