"""Ballots taken in, each durable with its entry in the log, its signed head and its event, beside a bare INSERT.

    python -m benchmarks.ballots_in [COUNT]

One process through the service, in a database of its own (SQLite with synchronous FULL in a temporary folder, or the
one that `GONGDI_DATABASE_URL` names). The peer commits one row at a time over the same connection with the same
settings: what the disk and the database alone cost.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta

from benchmarks.measuring import Claim

COUNT = 1_000


def _fresh_demo() -> None:
    os.environ["GONGDI_DATA_DIR"] = tempfile.mkdtemp(prefix="gongdi-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from gongdi.demo.load import load_demo
    from gongdi.web import clock

    call_command("migrate", interactive=False, verbosity=0)
    load_demo(clock.now())


def _cast(count: int) -> list[float]:
    """Seconds of each ballot, one after another, over all units of the demo's open vote in turn."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.voting.ballot_services import Given, cast_ballot
    from gongdi.apps.voting.models import Vote
    from gongdi.core.voting.ballots import Answer, Channel

    vote = Vote.objects.get(state=Vote.State.OPEN)
    by = User.objects.get(username="fengxiaoman")
    units = [unit for unit in vote.units.filter(votable=True).prefetch_related("owners") if unit.owners.count() == 1]
    given = Given({matter.number: Answer.YES for matter in vote.matters.all()}, Channel.VISIT)
    begun, taken = vote.until - timedelta(days=1), []
    for number in range(count):
        start = time.perf_counter()
        cast_ballot(
            vote=vote, unit=units[number % len(units)], given=given, key=f"bench-{number:010d}", by=by, now=begun
        )
        taken.append(time.perf_counter() - start)
    return taken


def _insert(count: int) -> list[float]:
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bench_row (id BIGINT PRIMARY KEY, text VARCHAR(400))")
        taken = []
        for number in range(count):
            start = time.perf_counter()
            with transaction.atomic():
                cursor.execute("INSERT INTO bench_row VALUES (%s, %s)", [number, "x" * 300])
            taken.append(time.perf_counter() - start)
    return taken


def run() -> list[Claim]:
    """The claim, over a thousand ballots unless told otherwise."""
    count = next((int(each) for each in sys.argv[1:] if each.isdecimal()), COUNT)
    _fresh_demo()
    from django.db import connection

    own, peer = _cast(count), _insert(count)
    claim = Claim(
        f"Ballots in: {connection.vendor}",
        f"{count:,} ballots one after another through the service, each in a transaction of its own with its entry "
        "in the log, the signed head and the audit event.",
        "60 % of the rate of a bare INSERT behind the same server, p99 under 300 ms",
    )
    for who, taken in (("Gongdi", own), ("a bare INSERT", peer)):
        p99 = statistics.quantiles(taken, n=100)[98]
        note = f"{count / sum(taken):,.0f} a second, p99 {p99 * 1000:.1f} ms"
        claim.rows.append((who, statistics.median(taken), note))
    claim.notes.append("Not measured: 200 connections through the HTTP server, where the page costs more than the row.")
    return [claim]


if __name__ == "__main__":
    print("\n".join(claim.markdown() for claim in run()))
