"""Results of a consultation by building and item, and what of them may be shown without betraying a household."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongdi.core.consultation.answers import MOST_PRIORITIES, Answer, Willing, Wish

LEAST_SHOWN = 5
"""Fewer answers than this are not shown by themselves: a neighbour could tell whose they are."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One item among some households: how many want it, could do without, do not want it, did not say."""

    wants: int
    without: int
    against: int
    silent: int

    def __add__(self, other: Cell) -> Cell:
        return Cell(
            self.wants + other.wants, self.without + other.without, self.against + other.against,
            self.silent + other.silent,
        )  # fmt: skip

    @property
    def wished(self) -> bool:
        """Whether more households want the item than do not."""
        return self.wants > self.against


@dataclass(frozen=True, slots=True)
class Tally:
    """The answers of some households: of how many, how many answered, and each item's cell."""

    households: int
    answered: int
    cells: Mapping[int, Cell]

    def __add__(self, other: Tally) -> Tally:
        cells = {item: self.cells[item] + other.cells[item] for item in self.cells}
        return Tally(self.households + other.households, self.answered + other.answered, cells)


def tally(households: Iterable[int], answers: Mapping[int, Answer], items: Sequence[int]) -> Tally:
    """Count the answers (by household) of some households; every household falls in one field of each cell."""
    everyone = set(households)
    sums = {item: dict.fromkeys(Wish, 0) for item in items}
    for household in everyone & answers.keys():
        for item, wish in answers[household].wishes.items():
            sums[item][wish] += 1
    cells = {
        item: Cell(said[Wish.WANTS], said[Wish.WITHOUT], said[Wish.AGAINST], len(everyone) - sum(said.values()))
        for item, said in sums.items()
    }
    return Tally(len(everyone), len(everyone & answers.keys()), cells)


def tally_by_building(
    households: Mapping[int, str], answers: Mapping[int, Answer], items: Sequence[int]
) -> dict[str, Tally]:
    """A tally for each building; `households` names the building of each, whose order is kept."""
    groups: dict[str, list[int]] = defaultdict(list)
    for household, building in households.items():
        groups[building].append(household)
    return {building: tally(group, answers, items) for building, group in groups.items()}


@dataclass(frozen=True, slots=True)
class Shown:
    """A tally as it may be shown, of one building or of several together."""

    buildings: tuple[str, ...]
    tally: Tally


def protected(tallies: Mapping[str, Tally], least: int = LEAST_SHOWN) -> list[Shown]:
    """Tallies of which none is of fewer than `least` answers, as far as there are so many answers at all.

    Small buildings are put together; while they hold too few answers, or one could be told by taking the others from
    the whole, the next smallest joins them. A building without any answer betrays nobody and stands by itself. When
    the whole holds fewer than `least` answers, nothing but empty buildings is shown.
    """
    pool = [name for name, each in tallies.items() if 0 < each.answered < least]
    alone = sorted((n for n, each in tallies.items() if each.answered >= least), key=lambda n: tallies[n].answered)
    while pool and sum(tallies[name].answered for name in pool) < least and alone:
        pool.append(alone.pop(0))
    shown = [Shown((name,), each) for name, each in tallies.items() if name not in pool]
    joined = [name for name in tallies if name in pool]
    if joined and sum(tallies[name].answered for name in joined) >= least:
        first, *others = (tallies[name] for name in joined)
        shown.append(Shown(tuple(joined), sum(others, first)))
    return shown


def priorities_of(answers: Iterable[Answer], items: Sequence[int]) -> dict[int, tuple[int, ...]]:
    """For each item how many households put it first, second, third. Places are counted, never weighed into points."""
    found = {item: [0] * MOST_PRIORITIES for item in items}
    for answer in answers:
        for place, item in enumerate(answer.priorities):
            found[item][place] += 1
    return {item: tuple(counts) for item, counts in found.items()}


def willing_of(answers: Iterable[Answer]) -> dict[Willing | None, int]:
    """How many would pay their share, would not, are unsure, or did not say (None)."""
    found: dict[Willing | None, int] = {**dict.fromkeys(Willing, 0), None: 0}
    for answer in answers:
        found[answer.willing] += 1
    return found
