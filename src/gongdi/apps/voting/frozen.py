"""What stands once a roll is frozen (固定的名册), read once a process: matters, and whose each unit is.

Nothing of it changes afterwards (`freeze_roll` takes drafts alone, matters are written with the draft), and the digest
of a roll is salted by chance, so it names this freezing and no other.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from gongdi.apps.voting.models import Matter, Unit, Vote

KEPT = 32
"""Votes that a process remembers; one of 3,000 units takes some 1 MB."""


@dataclass(frozen=True, slots=True)
class FrozenVote:
    """Matters as (number, title); owners by the key of the unit."""

    matters: tuple[tuple[int, str], ...]
    owners: dict[int, frozenset[int]]


def frozen(vote: Vote) -> FrozenVote:
    """What stands of a vote; of one not frozen as it is now."""
    return _kept(vote.pk, vote.roll_digest) if vote.roll_digest else _read(vote.pk)


def _read(pk: int) -> FrozenVote:
    matters = tuple(Matter.objects.filter(vote=pk).values_list("number", "title"))
    owners = Unit.owners.through.objects.filter(unit__vote=pk).values_list("unit", "owner")
    return FrozenVote(matters, _grouped(owners))


@lru_cache(maxsize=KEPT)
def _kept(pk: int, digest: str) -> FrozenVote:
    return _read(pk)


def _grouped(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for unit, other in pairs:
        found.setdefault(unit, set()).add(other)
    return {unit: frozenset(others) for unit, others in found.items()}
