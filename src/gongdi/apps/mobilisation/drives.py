"""What people are called on for (动员事项): votes and consultations that run."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime

from gongdi.apps.accounts.models import User
from gongdi.apps.places.models import Compound


@dataclass(frozen=True, slots=True)
class Drive:
    """One vote or consultation that runs."""

    kind: str
    pk: int
    word: str
    title: str
    compound: Compound
    until: datetime


@dataclass(frozen=True, slots=True)
class Stand:
    """How one dwelling of a drive stands, without where it is or whose."""

    drive: int
    dwelling: int
    answered: bool
    called: bool
    has_owner: bool


@dataclass(frozen=True, slots=True)
class DriveHome:
    """A home of a drive: its dwelling, the words for it, whose it is (masked), whether an answer came."""

    dwelling: int
    building: str
    words: str
    owners_masked: str
    answered: bool
    has_owner: bool
    answer_url: str
    """Where staff take in its answer at the door."""
    called: bool = False
    """Whether a call was noted elsewhere, with the consultation itself."""


@dataclass(frozen=True, slots=True)
class DriveKind:
    """A kind of drive: its word, those that run where a person may see reach, how the dwellings of many stand, the
    homes of one."""

    key: str
    word: str
    running: Callable[[User], list[Drive]]
    stands: Callable[[Collection[int]], list[Stand]]
    homes: Callable[[int], list[DriveHome]]


KINDS: dict[str, DriveKind] = {}
"""By key."""
