"""A process that casts ballots until it is killed and writes down what was acknowledged; another that looks after.

`python -m tests.support.killed_voter prepare` makes the database and prints the vote; `cast VOTE FOLDER SEED` writes
FOLDER/SEED.book: a line `S key unit answer` before a request, `A key seq` after its acknowledgement, each flushed to
the disk; `fill VOTE FOLDER` casts
until the disk is full; `check VOTE FOLDER` reads every book.
"""

from __future__ import annotations

import os
import sys
import time
from datetime import timedelta
from pathlib import Path
from random import Random

import django

from gongdi.core.voting.ballots import Answer, Channel

ROOM_LEFT = 400_000
"""Bytes by which a file may grow on a disk that is nearly full."""


def prepare(changes: bool) -> None:
    """A database with a vote that runs."""
    from django.core.management import call_command

    from tests.support import polls
    from tests.support.world import make_world

    call_command("migrate", verbosity=0)
    print(polls.opened(make_world(), changes=changes).pk)


def cast(vote_pk: int, folder: Path, seed: str) -> None:
    """Cast for ever."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.voting.ballot_services import Given, cast_ballot
    from gongdi.apps.voting.models import Vote

    vote = Vote.objects.get(pk=vote_pk)
    by = User.objects.get(username="community_worker")
    units, chance, number = list(vote.units.filter(votable=True)), Random(seed), 0
    with open(folder / f"{seed}.book", "a", encoding="ascii") as book:

        def write(line: str) -> None:
            book.write(line + "\n")
            book.flush()
            os.fsync(book.fileno())

        write("R")
        while True:
            number += 1
            unit, key = chance.choice(units), f"{seed}-{number:06d}"
            given = Given({1: chance.choice([Answer.YES, Answer.NO])}, Channel.VISIT)
            write(f"S {key} {unit.pk} {given.answers[1].value}")
            ballot = cast_ballot(vote=vote, unit=unit, given=given, key=key, by=by, now=vote.since)
            write(f"A {key} {ballot.entry.seq}")


def fill(vote_pk: int, folder: Path) -> None:
    """Cast until the disk takes no more (no file may grow by more than a little), and say how that was told."""
    import resource

    from django.conf import settings
    from django.db import DatabaseError

    sizes = [path.stat().st_size for path in Path(settings.DATA_DIR).glob("gongdi.sqlite3*")]
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (max(sizes) + ROOM_LEFT, hard))
    try:
        cast(vote_pk, folder, "full")
    except DatabaseError as told:
        print(f"refused: {told}")


def race(vote_pk: int, folder: Path, key: str) -> None:
    """Say that it is ready, wait for the file `go`, cast once for the first unit, say its place in the log."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.places.services import RefusedError
    from gongdi.apps.voting.ballot_services import Given, cast_ballot
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
    from gongdi.apps.voting.ballot_services import Given, cast_ballot
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
        fill(int(sys.argv[2]), Path(sys.argv[3]))
    elif sys.argv[1] == "cast":
        cast(int(sys.argv[2]), Path(sys.argv[3]), sys.argv[4])
    else:
        check(int(sys.argv[2]), Path(sys.argv[3]))
