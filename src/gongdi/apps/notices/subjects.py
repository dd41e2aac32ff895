"""What a notice may be about (公示对象). Later apps tell their objects here, since notices stand before them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.places.models import Compound


@dataclass(frozen=True, slots=True)
class Begun:
    """What a notice about an object says to begin with; the writer may change all of it."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Subject:
    """A kind of object that notices are about: a model's label, its word, and how its objects are found.

    `listed` are the objects of a compound that a person sees and that may be published; `begin` gives the words for a
    kind of notice; `address` is the page of one.
    """

    kind: str
    word: str
    listed: Callable[[User, Compound], list[NamedObject]]
    begin: Callable[[User, int, str], Begun]
    address: Callable[[int], str]


class Subjects:
    """The known kinds."""

    def __init__(self) -> None:
        self._known: dict[str, Subject] = {}

    def add(self, subject: Subject) -> None:
        """Let notices be about a kind of object."""
        self._known[subject.kind] = subject

    def listed(self, user: User, compound: Compound) -> list[tuple[str, list[NamedObject]]]:
        """By the word of their kind, the objects of a compound that a person may publish."""
        found = [(each.word, each.listed(user, compound)) for each in self._known.values()]
        return [(word, rows) for word, rows in found if rows]

    def begin(self, user: User, about: NamedObject, kind: str) -> Begun:
        """What a notice of a kind says of an object, to begin with."""
        return self._known[about.kind].begin(user, about.id, kind)

    def address_of(self, user: User, compound: Compound | None, kind: str, pk: int | None) -> str:
        """The page of an object for whoever sees it; "" for anybody else."""
        subject = self._known.get(kind)
        if subject is None or compound is None or pk is None:
            return ""
        return subject.address(pk) if any(each.id == pk for each in subject.listed(user, compound)) else ""


subjects = Subjects()


def written(about: NamedObject | None) -> str:
    """An object as a form sends it."""
    return f"{about.kind}:{about.id}" if about is not None else ""
