"""Two people at the same moment, each with a connection of their own, in a database of their own.

`python -m tests.support.races NAME...`: in each race the first does their part and does not commit yet; the second
begins and, where both may not go on at once, waits; then the first commits. Prints what both were told.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from typing import Any

from tests.support.own_database import surroundings

Part = Callable[[], object]
PATIENCE = 300
"""Looks, a hundredth of a second apart, at whether the second waits."""


def raced(folder: Path, *races: Callable[[Any], tuple[Part, Part]]) -> dict[str, list[str]]:
    """What the first and the second are told, by the name of the race."""
    names = [race.__name__ for race in races]
    command = [sys.executable, "-m", "tests.support.races", *names]
    done = subprocess.run(command, env=surroundings(folder), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = done.stdout.splitlines()
    return {name: told[2 * at : 2 * at + 2] for at, name in enumerate(names)}


def objecting_while_a_vote_opens(world: Any) -> tuple[Part, Part]:
    """Somebody objects to the notice of a roll while the vote on it is opened."""
    from gongdi.apps.accounts.reaches import NamedObject
    from gongdi.apps.voting.services import open_vote
    from tests.support import notices, polls
    from tests.support.world import NOW

    vote = polls.frozen(world)
    notice = notices.published(world, "roll", about=NamedObject("voting.vote", vote.pk, vote.title))
    return (
        lambda: notices.raised(world, notice),
        lambda: open_vote(vote=vote, by=world.people["street_clerk"], now=NOW),
    )


def entering_an_objection_while_a_vote_opens(world: Any) -> tuple[Part, Part]:
    """As above, on paper, to a version that was corrected meanwhile: several notices are held."""
    from gongdi.apps.accounts.reaches import NamedObject
    from gongdi.apps.notices import services
    from gongdi.apps.voting.services import open_vote
    from tests.support import notices, polls
    from tests.support.world import NOW, TODAY

    vote = polls.frozen(world)
    notice = notices.published(world, "roll", about=NamedObject("voting.vote", vote.pk, vote.title))
    later = NOW + timedelta(days=1)
    by = world.people["street_clerk"]
    corrected = services.correct_notice(notice=notice, words=notices.WORDS, why="改正面积", by=by, now=later)
    corrected = services.publish_notice(
        notice=corrected, starts_on=TODAY + timedelta(days=1), length=notices.WEEK, basis="同前", by=by, now=later
    )
    return (
        lambda: open_vote(vote=vote, by=by, now=later),
        lambda: notices.entered(world, corrected, TODAY, now=later),
    )


def replying_while_a_topic_closes(world: Any) -> tuple[Part, Part]:
    """Somebody writes under a topic while it is closed."""
    from gongdi.apps.deliberation import topic_services
    from tests.support import issues
    from tests.support.world import NOW

    topic, by = issues.topic(world), world.people["street_clerk"]
    return (
        lambda: topic_services.close_topic(topic=topic, conclusion="画线", by=by, now=NOW),
        lambda: topic_services.reply_topic(topic=topic, text="还有一点", by=by, now=NOW),
    )


def two_dwellings_passing_to_one_buyer(world: Any) -> tuple[Part, Part]:
    """Two clerks record that the same person, known by name and phone, bought a dwelling each."""
    from gongdi.apps.dwellings.models import CompoundTally, Owner, Ownership

    def checked(pk: int) -> None:
        _passed(world, pk)
        buyer = Owner.objects.get(name_masked="钱**")
        held = Ownership.objects.filter(until=None).values("owner").distinct().count()
        assert buyer.ownerships.count() == 2
        assert CompoundTally.objects.get().owners == held

    one, other = _dwellings(world)
    return lambda: _passed(world, one), lambda: checked(other)


def _dwellings(world: Any) -> list[int]:
    from gongdi.apps.dwellings.models import Dwelling
    from tests.support.dwellings import kept

    if not Dwelling.objects.exists():
        kept(world)
    return list(
        Dwelling.objects.filter(building__name="1幢", use="residence").order_by("pk").values_list("pk", flat=True)[:2]
    )


def _passed(world: Any, pk: int) -> None:
    from fractions import Fraction

    from gongdi.apps.dwellings.models import Dwelling
    from gongdi.apps.dwellings.services import NewHolder, record_transfer
    from tests.support.world import NOW, TODAY

    row = Dwelling.objects.select_related("compound", "building").get(pk=pk)
    buyer = NewHolder("钱测试", Fraction(1), "", "13800000044")
    record_transfer(
        dwelling=row, holders=[buyer], on=TODAY, basis="买卖", source="登记簿", by=world.people["street_clerk"], now=NOW
    )


def adding_a_dwelling_twice(world: Any) -> tuple[Part, Part]:
    """Two clerks record the same new dwelling."""
    _dwellings(world)
    return lambda: _added("909"), lambda: _added("909")


def _added(room: str) -> None:
    from gongdi.apps.accounts.models import User
    from gongdi.apps.dwellings.models import Building
    from gongdi.apps.dwellings.services import add_dwelling
    from tests.support.world import NOW

    building = Building.objects.select_related("compound").get(name="1幢")
    columns = {"area": 5000, "area_basis": "registered", "use": "residence"}
    add_dwelling(
        building=building, stairwell="9单元", room=room, columns=columns, by=User.objects.order_by("pk")[0], now=NOW
    )


def counting_while_a_dwelling_ends(world: Any) -> tuple[Part, Part]:
    """A dwelling is added while another one of the compound ends: both count."""
    from gongdi.apps.dwellings.models import CompoundTally, Dwelling
    from gongdi.apps.dwellings.services import end_dwelling
    from tests.support.world import NOW, TODAY

    _, gone = _dwellings(world)
    row = Dwelling.objects.select_related("compound", "building").get(pk=gone)

    def checked() -> None:
        _added("919")
        assert CompoundTally.objects.get().dwellings == Dwelling.objects.filter(ended_on=None).count()

    by = world.people["street_clerk"]
    return lambda: end_dwelling(dwelling=row, on=TODAY, why="拆除", by=by, now=NOW), checked


def guessing_while_the_last_guess_fails(world: Any) -> tuple[Part, Part]:
    """The guess that locks a name fails while another one comes, and that one is right."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.accounts.queries import LOCK_AFTER
    from gongdi.apps.accounts.services import sign_in
    from tests.support.world import NOW

    person = User.objects.get(pk=world.people["street_clerk"].pk)
    person.set_password("Right-1234-right")
    person.save()

    def guess(password: str) -> None:
        came = sign_in(username=person.username, password=password, address="203.0.113.7", now=NOW)
        if came.person is not None:
            raise AssertionError("signed in")

    for _ in range(LOCK_AFTER - 1):
        guess("wrong")
    return lambda: guess("wrong"), lambda: guess("Right-1234-right")


def _waits() -> bool:
    """Whether somebody waits for a lock; on SQLite, where one writes at a time, nobody can be seen to."""
    from django.db import connection

    if connection.vendor != "postgresql":
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
        return cursor.fetchone()[0] > 0  # type: ignore[index]


def _race(first: Part, second: Part) -> None:
    from django.db import connection, transaction

    told, begun, over = ["", ""], Event(), Event()

    def do(at: int, part: Part) -> None:
        try:
            part()
            told[at] = "done"
        except Exception as fault:
            told[at] = f"{type(fault).__name__}: {' '.join(str(fault).split())}"

    def follow() -> None:
        assert begun.wait(60)
        do(1, second)
        over.set()
        connection.close()

    other = Thread(target=follow)
    other.start()
    with transaction.atomic():
        do(0, first)
        begun.set()
        for _ in range(PATIENCE if connection.vendor == "postgresql" else 20):
            if over.is_set() or _waits():
                break
            time.sleep(0.01)
    other.join(60)
    print("\n".join(told))


if __name__ == "__main__":
    import django

    django.setup()
    from django.core.management import call_command

    from tests.support.world import make_world

    call_command("migrate", verbosity=0)
    made = make_world()
    for name in sys.argv[1:]:
        _race(*globals()[name](made))
