"""Many rows at once: COPY on PostgreSQL, one statement over and over on SQLite, some six to nine times the ORM's rate.

Numbers of rows are taken beforehand, so that rows which refer to one another can be written without reading back.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import JSONField, Model


def take_numbers(model: type[Model], count: int) -> range | list[int]:
    """Primary keys for rows about to be written, inside the transaction that writes them."""
    if count == 0:
        return []
    table, column = model._meta.db_table, "id"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                           [table, column, count])  # fmt: skip
            return [number for (number,) in cursor.fetchall()]
        # One writer holds the database, so nobody else takes numbers meanwhile.
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        found = cursor.fetchone()
        start = (found[0] if found else 0) + 1
        return range(start, start + count)


def insert_rows(model: type[Model], fields: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Write rows of values in the order of `fields` (names of model fields; a foreign key takes the key). How many."""
    columns = [model._meta.get_field(name) for name in fields]
    names = ", ".join(connection.ops.quote_name(str(field.column)) for field in columns)  # type: ignore[union-attr]
    table = connection.ops.quote_name(model._meta.db_table)
    texts = [index for index, field in enumerate(columns) if isinstance(field, JSONField)]
    prepared = (_with_json(row, texts) for row in rows) if texts else rows
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            count = _copy(cursor, f"COPY {table} ({names}) FROM STDIN", prepared)
            tell_planner(model, count)
            return count
        marks = ", ".join(["%s"] * len(columns))
        listed = list(prepared)
        if listed:
            cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", listed)
        return len(listed)


def make_room() -> None:
    """Let this connection hold 64 MiB of the database on SQLite: digests are spread over their whole index, and with
    little room a city's roll waits for the disk at each of them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-65536")


MANY = 500
"""Rows from which on a table that grew is looked at again."""


def tell_planner(model: type[Model], added: int) -> None:
    """Let PostgreSQL look at a table to which many rows were just added, when it thinks it much smaller.

    It looks by itself some time after the transaction ends. What reads the rows before that, in the same transaction
    above all, would be planned as for a table of a few rows, and take minutes instead of milliseconds.
    """
    if connection.vendor != "postgresql" or added < MANY:
        return
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        if cursor.fetchone()[0] < 4 * added:
            cursor.execute(f"ANALYZE {table}")


def _with_json(row: Sequence[Any], texts: Sequence[int]) -> list[Any]:
    values = list(row)
    for index in texts:
        values[index] = None if values[index] is None else json.dumps(values[index], ensure_ascii=False)
    return values


def _copy(cursor: Any, statement: str, rows: Iterable[Sequence[Any]]) -> int:
    count = 0
    # Django wraps no COPY by itself: a row that breaks a constraint is to be the same error on both databases.
    with connection.wrap_database_errors, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)
            count += 1
    return count
