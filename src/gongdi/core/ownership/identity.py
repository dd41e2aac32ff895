"""When two rows of a list are one owner (同一业主). Heads are counted by owner, so this decides votes.

The rule, for one compound: equal identity numbers are one owner, different ones are two. Where a number is missing,
the same name with the same phone is one owner. A name alone proves nothing: such rows stay apart, and are told, since
owners counted apart raise the number of heads and owners merged by mistake lose a vote. That all dwellings of one
buyer count as one person stands in 建筑物区分所有权司法解释 art. 9.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Identity:
    """What a row tells of who its owner is; digests or plain texts alike, "" for what is missing."""

    name: str
    number: str = ""
    phone: str = ""


@dataclass(slots=True)
class OwnerBook:
    """The owners met so far in one compound, each under a key of the caller's."""

    by_number: dict[str, int] = field(default_factory=dict)
    by_phone: dict[tuple[str, str], int] = field(default_factory=dict)
    numbers: dict[int, str] = field(default_factory=dict)
    names: dict[str, list[int]] = field(default_factory=dict)

    def find(self, who: Identity) -> int | None:
        """The owner that a row speaks of; None when it is somebody not met yet."""
        if who.number:
            known = self.by_number.get(who.number)
            if known is not None:
                return known
        if not who.phone:
            return None
        known = self.by_phone.get((who.name, who.phone))
        if known is None:
            return None
        other = self.numbers.get(known, "")
        return known if not who.number or not other or who.number == other else None

    def add(self, owner: int, who: Identity) -> None:
        """Remember an owner, or what a further row tells of one already met."""
        if who.number:
            self.by_number[who.number] = owner
            self.numbers[owner] = who.number
        if who.phone:
            self.by_phone.setdefault((who.name, who.phone), owner)
        known = self.names.setdefault(who.name, [])
        if owner not in known:
            known.append(owner)

    def namesakes(self, who: Identity, owner: int) -> list[int]:
        """Other owners of the same name that could be the same person, because either side lacks a number."""
        number = self.numbers.get(owner, "")
        return [
            other
            for other in self.names.get(who.name, [])
            if other != owner and not (number and self.numbers.get(other, ""))
        ]
