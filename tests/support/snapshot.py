"""What a slow preparation put into the database, kept as rows and put back within another test's transaction.

A test's own transaction takes everything back at its end, so that tests stay independent of one another and of their
order; what is saved is making the same rows by the same services some thousand times.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from django.apps import apps
from django.db import connection

Made = TypeVar("Made")
Row = tuple[Any, ...]


@dataclass
class _Table:
    """Rows that came into a table, and the rows that they replaced."""

    name: str
    columns: list[str]
    gone: list[Row]
    come: list[Row]


@dataclass
class Snapshot(Generic[Made]):
    """Makes something once for each state it is made upon, and puts it back from then on."""

    make: Callable[[], Made]
    _tables: list[_Table] = field(default_factory=list)
    _made: bytes = b""

    def __call__(self) -> Made:
        """What was made, its rows in the database."""
        if self._made:
            for table in self._tables:
                _put(table)
            return pickle.loads(self._made)  # type: ignore[no-any-return]
        before = _read()
        made = self.make()
        self._tables = [
            _Table(name, columns, [row for row in old if row not in rows], [row for row in rows if row not in old])
            for name, (columns, rows) in _read().items()
            if (old := before[name][1]) != rows
        ]
        self._made = pickle.dumps(made)
        return made


def _read() -> dict[str, tuple[list[str], dict[Row, None]]]:
    found = {}
    with connection.cursor() as cursor:
        for name in _table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)} ORDER BY 1")
            columns = [column[0] for column in cursor.description]
            found[name] = (columns, dict.fromkeys(map(_plain, cursor.fetchall())))
    return found


def _plain(row: Row) -> Row:
    return tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)


def _table_names() -> list[str]:
    models = apps.get_models(include_auto_created=True)
    return [model._meta.db_table for model in models if model._meta.managed and not model._meta.proxy]


def _put(table: _Table) -> None:
    quote = connection.ops.quote_name
    names = [quote(column) for column in table.columns]
    changed = {row[0] for row in table.gone}
    insert = f"INSERT INTO {quote(table.name)} ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"
    update = f"UPDATE {quote(table.name)} SET {', '.join(f'{name} = %s' for name in names)} WHERE {names[0]} = %s"
    with connection.cursor() as cursor:
        if table.name == "audit_event":
            _put_chain(cursor, table, insert)
        elif table.name != "audit_head":
            cursor.executemany(insert, [row for row in table.come if row[0] not in changed])
            for row in table.come:
                if row[0] in changed:
                    cursor.execute(update, [*row, row[0]])


def _put_chain(cursor: Any, events: _Table, insert: str) -> None:
    """The database takes an event only upon the head of the chain, and moves the head one event at a time."""
    number, digest = events.columns.index("number"), events.columns.index("digest")
    for row in events.come:
        cursor.execute(insert, row)
        cursor.execute("UPDATE audit_head SET number = %s, digest = %s", [row[number], row[digest]])
