"""What was written since one last looked at the chain."""

import pytest

from gongdi.apps.audit.models import Event, Head
from gongdi.apps.audit.watching import MOST, Watch, Written
from gongdi.apps.places.services import move_compound, record_fact
from tests.support.world import NOW, World, fact


def _write(world: World, value: bool = True) -> None:
    record_fact(
        compound=world.compounds["梅堰新村"], fact=fact("upkeep_neglected", value), by=world.people["street_clerk"],
        now=NOW,
    )  # fmt: skip


def test_each_event_is_told_once_and_in_order(world: World) -> None:
    watch, compound = Watch(), world.compounds["梅堰新村"]
    watch.since()
    _write(world)
    move_compound(compound=compound, target="formed", why="", by=world.people["district_officer"], now=NOW)
    told = [
        Written(verb, "places.compound", str(compound.pk)) for verb in ("places.record_fact", "places.move_compound")
    ]
    assert watch.since() == told
    assert watch.since() == []


def test_another_chain_of_the_same_length_is_no_continuation(world: World) -> None:
    _write(world)
    head = Head.objects.get(pk=1)
    watch = Watch(head.number, "f" * 64)
    assert watch.since() is None
    assert (watch.number, watch.digest) == (head.number, head.digest)
    assert watch.since() == []


def test_a_chain_that_ends_before_is_begun_anew(world: World) -> None:
    _write(world)
    number = Head.objects.get(pk=1).number
    watch = Watch(number + 5, "a" * 64)
    assert watch.since() is None
    assert watch.number == number


def test_too_many_events_are_not_read_one_by_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongdi.apps.audit.watching.MOST", 2)
    watch = Watch()
    watch.since()
    for number in range(4):
        _write(world, bool(number % 2))
    assert watch.since() is None
    _write(world)
    assert [each.verb for each in watch.since() or []] == ["places.record_fact"]
    assert Event.objects.count() > 2 < MOST
