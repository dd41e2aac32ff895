"""Who pays what: the earmarked funds as a network, payments in whole yuan by augmenting paths.

Classes of counties that the same funds may pay share one node a year, since their money is interchangeable; its flow
is split among them when payments are written down. All amounts are Python integers, so nothing overflows or rounds.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from gongdi.core.portfolio.model import CLASSES, Fund, Instance, ItemClass, Payment
from gongdi.core.portfolio.needs import NeedKey

Place = tuple[int, int]
"""A position in the years and a group of counties' classes that the same funds may pay."""


@dataclass(frozen=True, slots=True)
class Shortage:
    """Needs that cannot be paid: `yuan` are missing.

    The needs at `places` exceed `supply`, which is all the money that may ever reach them.
    """

    yuan: int
    places: frozenset[Place]
    supply: int


class Groups:
    """The groups of county and class that the same funds may pay; `of` gives None where no fund may."""

    def __init__(self, instance: Instance) -> None:
        sets = {
            (county.code, item_class): tuple(
                at for at, fund in enumerate(instance.funds) if fund.may_pay(county.code, item_class)
            )
            for county in instance.counties
            for item_class in CLASSES
        }
        self.funds: tuple[tuple[int, ...], ...] = tuple(sorted({row for row in sets.values() if row}))
        number = {row: at for at, row in enumerate(self.funds)}
        self._of = {key: number.get(row) for key, row in sets.items()}

    def of(self, county: str, item_class: ItemClass) -> int | None:
        """The group of a county's class."""
        return self._of[county, item_class]


class Treasury:
    """The funds of an instance and what is drawn on them; needs are raised and lowered place by place."""

    def __init__(self, instance: Instance, groups: Groups | None = None) -> None:
        self.instance = instance
        self.groups = groups or Groups(instance)
        self._to: list[int] = []
        self._room: list[int] = []
        self._arcs: list[list[int]] = []
        self._headroom: dict[Place, int] = {}
        self._budget_arc: dict[int, int] = {}
        years, funds = len(instance.years), instance.funds
        self._source = self._node()
        self._fund_nodes = [[self._node() for _ in range(years)] for _ in funds]
        self._place_nodes = [[self._node() for _ in self.groups.funds] for _ in range(years)]
        self._connect(sum(sum(fund.budget) for fund in funds))

    def _node(self) -> int:
        self._arcs.append([])
        return len(self._arcs) - 1

    def _arc(self, start: int, end: int, room: int) -> int:
        self._to += (end, start)
        self._room += (room, 0)
        self._arcs[start].append(len(self._to) - 2)
        self._arcs[end].append(len(self._to) - 1)
        return len(self._to) - 2

    def _connect(self, whole: int) -> None:
        """Arcs in the order in which money is best used up: what expires first, what may pay least first."""

        def haste(fund: Fund) -> tuple[bool, bool, int, str]:
            return (fund.carry_over, fund.counties is None, len(fund.classes), fund.code)

        for at in sorted(range(len(self.instance.funds)), key=lambda k: haste(self.instance.funds[k])):
            fund, nodes = self.instance.funds[at], self._fund_nodes[at]
            for year, node in enumerate(nodes):
                self._budget_arc[node] = self._arc(self._source, node, fund.budget[year])
                for group, funds in enumerate(self.groups.funds):
                    if at in funds:
                        self._arc(node, self._place_nodes[year][group], whole)
                if fund.carry_over and year + 1 < len(nodes):
                    self._arc(node, nodes[year + 1], whole)

    def _push(self, start: int, end: int, amount: int) -> int:
        """Send up to `amount` along shortest paths with room; what was sent."""
        sent = 0
        while sent < amount:
            came = self._path(start, end)
            if came is None:
                break
            path, node = [], end
            while node != start:
                path.append(came[node])
                node = self._to[came[node] ^ 1]
            step = min(amount - sent, *(self._room[arc] for arc in path))
            for arc in path:
                self._room[arc] -= step
                self._room[arc ^ 1] += step
            sent += step
        return sent

    def _path(self, start: int, end: int) -> dict[int, int] | None:
        came, queue, to, room = {start: -1}, deque((start,)), self._to, self._room
        while queue:
            for arc in self._arcs[queue.popleft()]:
                node = to[arc]
                if node not in came and room[arc]:
                    came[node] = arc
                    if node == end:
                        return came
                    queue.append(node)
        return None

    def raise_need(self, place: Place, yuan: int) -> int:
        """Pay up to `yuan` more at a place; what could be paid."""
        sent = self._push(self._source, self._place_nodes[place[0]][place[1]], yuan)
        if sent < yuan:
            self._headroom[place] = 0
        elif place in self._headroom:
            self._headroom[place] -= sent
        return sent

    def lower_need(self, place: Place, yuan: int) -> None:
        """Give `yuan` that were paid at a place back to the funds."""
        back = self._push(self._place_nodes[place[0]][place[1]], self._source, yuan)
        assert back == yuan, "no more can be given back than was paid"
        self._headroom.clear()

    def change(self, changes: Mapping[Place, int]) -> bool:
        """Change the needs of several places at once, or leave all as it was if the money does not suffice."""
        if all(yuan >= 0 for yuan in changes.values()) and any(
            yuan > self._headroom.get(place, yuan) for place, yuan in changes.items()
        ):
            return False
        done: list[tuple[Place, int]] = []
        for place, yuan in sorted(changes.items(), key=lambda item: (item[1] > 0, item[0])):
            if yuan < 0:
                self.lower_need(place, -yuan)
                done.append((place, yuan))
            elif yuan > 0:
                sent = self._push(self._source, self._place_nodes[place[0]][place[1]], yuan)
                done.append((place, sent))
                if sent < yuan:
                    self._undo(done)
                    if len(done) == 1:
                        self._headroom[place] = min(sent, self._headroom.get(place, sent))
                    return False
        self._spend_headroom(done)
        return True

    def _spend_headroom(self, done: Sequence[tuple[Place, int]]) -> None:
        """An upper bound stays one as needs rise elsewhere; at the place itself it falls by what was taken."""
        for place, yuan in done:
            if place in self._headroom and yuan > 0:
                self._headroom[place] -= yuan

    def _undo(self, done: Sequence[tuple[Place, int]]) -> None:
        for place, yuan in reversed(done):
            node = self._place_nodes[place[0]][place[1]]
            start, end = (node, self._source) if yuan > 0 else (self._source, node)
            back = self._push(start, end, abs(yuan))
            assert back == abs(yuan), "a change that was made can be unmade"

    def room_by_subset(self, places: Sequence[Place]) -> dict[frozenset[Place], int]:
        """For every subset of the places, the most that could be paid to it on top of the present needs, in yuan."""
        room: dict[frozenset[Place], int] = {frozenset(): 0}
        for size in range(1, len(places) + 1):
            for subset in combinations(places, size):
                done = []
                for place in subset:
                    node = self._place_nodes[place[0]][place[1]]
                    whole = sum(sum(fund.budget) for fund in self.instance.funds)
                    done.append((place, self._push(self._source, node, whole)))
                room[frozenset(subset)] = sum(yuan for _, yuan in done)
                self._undo(done)
        return room

    def unreached(self) -> tuple[frozenset[Place], int]:
        """The places that no more money can reach, and all the money that may ever reach them, in yuan."""
        seen, queue = {self._source}, deque((self._source,))
        while queue:
            for arc in self._arcs[queue.popleft()]:
                if self._room[arc] and self._to[arc] not in seen:
                    seen.add(self._to[arc])
                    queue.append(self._to[arc])
        places = frozenset(
            (year, group)
            for year, nodes in enumerate(self._place_nodes)
            for group, node in enumerate(nodes)
            if node not in seen
        )
        cut = [arc for node, arc in self._budget_arc.items() if node not in seen]
        return places, sum(self._room[arc] + self._room[arc ^ 1] for arc in cut)

    def drawn(self) -> dict[Place, list[tuple[str, int]]]:
        """What each fund pays at each place, in yuan."""
        place_of = {
            node: (year, group) for year, nodes in enumerate(self._place_nodes) for group, node in enumerate(nodes)
        }
        rows: dict[Place, list[tuple[str, int]]] = {}
        for at, fund in enumerate(self.instance.funds):
            for node in self._fund_nodes[at]:
                for arc in self._arcs[node]:
                    place = place_of.get(self._to[arc])
                    if place is not None and arc % 2 == 0 and self._room[arc ^ 1]:
                        rows.setdefault(place, []).append((fund.code, self._room[arc ^ 1]))
        return rows


def pay(
    instance: Instance, needs: Mapping[NeedKey, int], groups: Groups | None = None
) -> tuple[Payment, ...] | Shortage:
    """Payments that equal the needs exactly, in whole yuan, or what is missing. Raises if a need has no fund at all."""
    treasury = Treasury(instance, groups)
    year_at = {year: at for at, year in enumerate(instance.years)}
    wanted: dict[Place, list[tuple[NeedKey, int]]] = {}
    for key, yuan in sorted(needs.items()):
        group = treasury.groups.of(key[1], key[2])
        if group is None and yuan:
            raise ValueError(f"no fund may pay {key}")
        if group is not None and yuan:
            wanted.setdefault((year_at[key[0]], group), []).append((key, yuan))
    short = 0
    for place, rows in sorted(wanted.items()):
        total = sum(yuan for _, yuan in rows)
        short += total - treasury.raise_need(place, total)
    if short:
        places, supply = treasury.unreached()
        return Shortage(short, places, supply)
    drawn = treasury.drawn()
    return tuple(sorted(_split(wanted, drawn), key=lambda row: (row.year, row.county, row.item_class, row.fund)))


def _split(
    wanted: Mapping[Place, list[tuple[NeedKey, int]]], drawn: Mapping[Place, list[tuple[str, int]]]
) -> list[Payment]:
    """Share what the funds pay at each place among its needs, one after the other."""
    payments = []
    for place, rows in wanted.items():
        purses = iter(drawn[place])
        fund, left = next(purses)
        for (year, county, item_class), yuan in rows:
            while yuan:
                if not left:
                    fund, left = next(purses)
                step = min(yuan, left)
                payments.append(Payment(year, county, item_class, fund, step))
                yuan, left = yuan - step, left - step
    return payments
