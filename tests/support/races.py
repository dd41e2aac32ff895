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
            told[at] = f"{type(fault).__name__}: {fault}"

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
