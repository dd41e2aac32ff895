"""One at a time (轮流): what counts before it writes must not count at the same moment as another.

SQLite has one writer (`BEGIN IMMEDIATE`), so nothing is needed there; PostgreSQL holds a lock of that name until the
transaction ends.
"""

from __future__ import annotations

from django.db import connection


def wait_turn(name: str) -> None:
    """Wait until no other transaction holds this name, then hold it to the end of the own one. Call it inside one;
    whoever takes several takes them in one stated order."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])
