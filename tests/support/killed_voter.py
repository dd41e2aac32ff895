"""A process that casts ballots until it is killed and writes down what was acknowledged; another that looks after.

`python -m tests.support.killed_voter prepare` makes the database and prints the vote; `cast VOTE FOLDER SEED` writes
FOLDER/SEED.book: a line `S key unit answer` before a request, `A key seq` after its acknowledgement, each flushed to
the disk; `fill VOTE FOLDER [phone]` casts until the disk is full; `check VOTE FOLDER` reads every book.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from threading import Lock, Thread
from typing import Any

import django

from gongdi.core.voting.ballots import Answer, Channel

RESIDENTS = 4
"""Who cast by phone at the same time in one process, beside a clerk."""
ROOM_LEFT = 400_000
"""Bytes by which a file may grow on a disk that is nearly full."""


def prepare(changes: bool) -> None:
    """A database with a vote that runs."""
    from django.core.management import call_command

    from tests.support import polls
    from tests.support.residents import make_account
    from tests.support.world import make_world

    call_command("migrate", verbosity=0)
    world = make_world()
    resident, vote = make_account(), polls.opened(world, changes=changes)
    for unit in vote.units.filter(votable=True):
        polls.bind(resident, unit)
    print(vote.pk)


def cast(vote_pk: int, folder: Path, seed: str) -> None:
    """Cast for ever: one clerk at the doors, and residents by phone, all at once."""
    with open(folder / f"{seed}.book", "a", encoding="ascii") as book:
        lock = Lock()

        def write(line: str) -> None:
            with lock:
                book.write(line + "\n")
                book.flush()
                os.fsync(book.fileno())

        write("R")
        for number in range(RESIDENTS):
            Thread(target=cast_by_phone, args=(vote_pk, f"{seed}-{number}", write), daemon=True).start()
        cast_at_the_door(vote_pk, seed, write)


def asked(vote_pk: int, seed: str) -> Iterator[tuple[Any, str, Answer]]:
    """Requests without end: unit, key, answer."""
    from gongdi.apps.voting.models import Unit

    units = list(Unit.objects.filter(vote=vote_pk, votable=True).select_related("vote__compound"))
    chance, number = Random(seed), 0
    while True:
        number += 1
        yield chance.choice(units), f"{seed}-{number:06d}", chance.choice([Answer.YES, Answer.NO])


def cast_at_the_door(vote_pk: int, seed: str, write: Callable[[str], None]) -> None:
    """A clerk's ballots, each in a transaction of its own."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.voting.ballot_services import cast_ballot
    from gongdi.apps.voting.box import Given

    by = User.objects.get(username="community_worker")
    for unit, key, said in asked(vote_pk, seed):
        write(f"S {key} {unit.pk} {said.value}")
        given = Given({1: said}, Channel.VISIT)
        ballot = cast_ballot(vote=unit.vote, unit=unit, given=given, key=key, by=by, now=unit.vote.since)
        write(f"A {key} {ballot.entry.seq}")


def cast_by_phone(vote_pk: int, seed: str, write: Callable[[str], None]) -> None:
    """A resident's ballots, written together with those of the others."""
    from gongdi.apps.residents.models import Account
    from gongdi.apps.voting.ballot_services import Sent, hand_in_ballot
    from gongdi.web.origin import Origin

    by = Account.objects.get()
    for unit, key, said in asked(vote_pk, seed):
        write(f"S {key} {unit.pk} {said.value}")
        ballot = hand_in_ballot(Sent(unit.pk, {1: said}, key, by, unit.vote.since, Origin("page")))
        write(f"A {key} {ballot.entry.seq}")


def fill(vote_pk: int, folder: Path, cast: Callable[[int, str, Callable[[str], None]], None]) -> None:
    """Cast until the disk takes no more, and say how that was told. On SQLite no file may
    grow by more than a little; the disk of PostgreSQL is full by itself."""
    import resource

    from django.conf import settings
    from django.db import DatabaseError, connection

    if connection.vendor == "sqlite":
        sizes = [path.stat().st_size for path in Path(settings.DATA_DIR).glob("gongdi.sqlite3*")]
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes) + ROOM_LEFT, hard))
    try:
        with open(folder / "full.book", "a", encoding="ascii") as book:

            def write(line: str) -> None:
                print(line, file=book, flush=True)

            write("R")
            cast(vote_pk, "full", write)
    except DatabaseError as told:
        print(f"refused: {told}")


def race(vote_pk: int, folder: Path, key: str) -> None:
    """Say that it is ready, wait for the file `go`, cast once for the first unit, say its place in the log."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.places.services import RefusedError
    from gongdi.apps.voting.ballot_services import cast_ballot
    from gongdi.apps.voting.box import Given
    from gongdi.apps.voting.models import Vote

    vote, by = Vote.objects.get(pk=vote_pk), User.objects.get(username="community_worker")
    unit, given = vote.units.filter(votable=True)[0], Given({1: Answer.YES}, Channel.VISIT)
    (folder / f"ready-{os.getpid()}").touch()
    while not (folder / "go").exists():
        time.sleep(0.001)
    try:
        ballot = cast_ballot(vote=vote, unit=unit, given=given, key=key, by=by, now=vote.since)
        print(ballot.entry.seq)
    except RefusedError:
        print("refused")


def check(vote_pk: int, folder: Path) -> None:
    """Every acknowledged ballot stands once; what was asked and not acknowledged comes in once when asked again."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.audit.models import Event
    from gongdi.apps.voting.ballot_services import cast_ballot
    from gongdi.apps.voting.box import Given
    from gongdi.apps.voting.models import Ballot, LogEntry, Vote
    from gongdi.apps.voting.queries import public_file
    from gongdi.apps.voting.services import close_vote
    from gongdi.verifier import verify

    vote = Vote.objects.get(pk=vote_pk)
    by = User.objects.get(username="community_worker")
    text = "".join(book.read_text("ascii").rpartition("\n")[0] + "\n" for book in sorted(folder.glob("*.book")))
    lines = [line.split(" ") for line in text.split("\n") if line]
    asked = {line[1]: line[2:] for line in lines if line[0] == "S"}
    promised = {line[1]: int(line[2]) for line in lines if line[0] == "A"}
    kept = dict(Ballot.objects.filter(vote=vote).values_list("key", "entry__seq"))
    assert promised.items() <= kept.items(), sorted(set(promised.items()) - set(kept.items()))[:5]
    assert set(kept) <= set(asked)
    for key, (unit, said) in asked.items():
        given = Given({1: Answer(said)}, Channel.VISIT)
        again = cast_ballot(vote=vote, unit=vote.units.get(pk=unit), given=given, key=key, by=by, now=vote.since)
        assert again.entry.seq == kept.get(key, again.entry.seq)
    assert Ballot.objects.filter(vote=vote).count() == len(asked)
    assert Event.objects.filter(verb="voting.cast_ballot").count() == len(asked)
    assert list(LogEntry.objects.filter(vote=vote).values_list("seq", flat=True)) == list(range(len(asked) + 1))
    close_vote(vote=vote, by=by, now=vote.until + timedelta(seconds=1))
    found = verify.Vote("\n".join(public_file(Vote.objects.get(pk=vote_pk))).encode())
    found.check()
    assert found.faults == []
    killed = len(list(folder.glob("*.book")))
    print(f"{killed} killed, {len(promised)} acknowledged, {len(asked)} asked, all there once")


if __name__ == "__main__":
    django.setup()
    if sys.argv[1] == "race":
        race(int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    elif sys.argv[1] == "prepare":
        prepare(sys.argv[2:] != ["fixed"])
    elif sys.argv[1] == "fill":
        fill(int(sys.argv[2]), Path(sys.argv[3]), cast_by_phone if sys.argv[4:] == ["phone"] else cast_at_the_door)
    elif sys.argv[1] == "cast":
        cast(int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    else:
        check(int(sys.argv[2]), Path(sys.argv[3]))
