"""Statements made once a process (预备语句): rows put in many at once, a few columns of one row set, several in one go.

For what is written by thousands in a short time. Values go to the database as the model's fields would send them; no
model instance is made, no signal sent and nothing checked that the database does not check itself.
"""

from __future__ import annotations

import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from itertools import chain, count
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from django.db import DatabaseError, connection
from django.db.models import Field, Model

Got = TypeVar("Got", covariant=True)
Other = TypeVar("Other")
_AS_IT_IS = {
    "AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "ForeignKey", "IntegerField",
    "OneToOneField", "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "TextField",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Statement(Generic[Got]):
    """A statement with its parameters, and what becomes of the rows that it gives."""

    sql: str
    parameters: Sequence[Any]
    read: Callable[[list[Any]], Got]

    def then(self, make: Callable[[Got], Other]) -> Statement[Other]:
        """The same statement, of whose result something further is made."""
        return Statement(self.sql, self.parameters, lambda rows: make(self.read(rows)))


def run(*statements: Statement[Any]) -> list[Any]:
    """Run statements in order and give the result of each: on PostgreSQL one way to the server and back."""
    try:
        found = _run(statements)
    except DatabaseError as fault:
        if getattr(fault.__cause__, "sqlstate", None) in _NO_LONGER_KNOWN:
            _PREPARED.pop(connection.connection, None)
        raise
    return [each.read(rows) for each, rows in zip(statements, found, strict=True)]


def _run(statements: Sequence[Statement[Any]]) -> list[list[Any]]:
    found: list[list[Any]] = []
    with connection.cursor() as cursor:
        together = connection.vendor == "postgresql" and len(statements) > 1
        if together:
            parameters = [value for each in statements for value in each.parameters]
            cursor.execute("; ".join(map(_as_run, statements)), parameters)
        for each in statements:
            if not together:
                cursor.execute(_as_run(each), each.parameters)
            elif found:
                cursor.nextset()
            found.append(cursor.fetchall() if cursor.description else [])
    return found


_MOST_PREPARED = 200
_HERE, _NUMBERS = f"gongdi_{secrets.token_hex(4)}", count()
"""No two processes use one name: a connection that somebody pools must not run what another has prepared."""
_PREPARED: WeakKeyDictionary[Any, dict[str, str]] = WeakKeyDictionary()
"""By connection to PostgreSQL: how it is asked to run the text of a statement that it knows."""
_NO_LONGER_KNOWN = {"0A000", "26000"}
"""A table was changed since the statement was prepared; or the server forgot it. What was asked fails, once."""


def _as_run(statement: Statement[Any]) -> str:
    """What runs a statement. PostgreSQL is told its text once a connection and plans it only a few times: for one row
    that took longer than all else it does. Not so for a statement without parameters (SET has no plan), nor where
    connections are pooled by transaction."""
    sql, places = statement.sql, len(statement.parameters)
    if connection.vendor != "postgresql" or not places or connection.settings_dict["DISABLE_SERVER_SIDE_CURSORS"]:
        return sql
    connection.ensure_connection()
    known = _PREPARED.setdefault(connection.connection, {})
    if sql not in known:
        if len(known) == _MOST_PREPARED:
            return sql
        known[sql] = _prepare(sql, places)
    return known[sql]


def _prepare(sql: str, places: int) -> str:
    """Tell a text to the server; what asks for it afterwards. The comment there is for whoever reads the server's log
    or what a connection is doing."""
    name, numbers = f"{_HERE}_{os.getpid()}_{next(_NUMBERS)}", count(1)
    text = re.sub("%[s%]", lambda place: f"${next(numbers)}" if place[0] == "%s" else "%", sql)
    with connection.wrap_database_errors:
        connection.connection.execute(f"PREPARE {name} AS {text}".encode())
    return f"EXECUTE {name}({', '.join(['%s'] * places)}) /* {re.sub(_NO_COMMENT, ' ', sql)[:_HEAD]} */"


_NO_COMMENT, _HEAD = re.compile(r"[%*/\s]+"), 80


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value)


def _as_moment(value: datetime | None) -> str | None:
    return None if value is None else str(connection.ops.adapt_datetimefield_value(value))


def _sent(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of a field is written as text, where it is neither number nor text."""
    kind = field.get_internal_type()
    if kind in _AS_IT_IS:
        return None
    if kind == "JSONField" and getattr(field, "encoder", None) is None:
        return _as_json
    if kind == "DateTimeField":
        return _as_moment
    raise TypeError(f"no plain statement for a {kind}")


class _Columns:
    def __init__(self, model: type[Model], names: Sequence[str]) -> None:
        of_model = {field.attname: field for field in model._meta.concrete_fields}
        self.table, self.fields = f'"{model._meta.db_table}"', [of_model[name] for name in names]
        self.names = [f'"{field.column}"' for field in self.fields]
        self._sent = [(at, how) for at, how in enumerate(map(_sent, self.fields)) if how is not None]

    def values(self, row: Sequence[Any]) -> list[Any]:
        """A row as it is sent."""
        told = list(row)
        for at, how in self._sent:
            told[at] = how(told[at])
        return told

    def elements(self, vendor: str) -> Iterator[str]:
        """Each column out of the JSON list `value` that is a row, of its own type."""
        for at, field in enumerate(self.fields):
            if vendor != "postgresql":
                yield f"json_extract(value, '$[{at}]')"
                continue
            kind = str(field.db_type(connection))
            # A cast to varchar(n) would cut off what is too long; without one it is refused.
            yield f"value ->> {at}" if kind.startswith(("varchar", "text")) else f"(value ->> {at})::{kind}"


class Insert:
    """Puts rows into the table of a model: values in the order of the names (`attname`); every column without a
    default in the database is named but the key. All rows are sent as one value, a list in JSON."""

    def __init__(self, model: type[Model], *names: str, returning: Sequence[str] = ()) -> None:
        self._columns, self._returning = _Columns(model, names), [name for name in _Columns(model, returning).names]
        self._sql = lru_cache(maxsize=4)(self._made)

    def _made(self, vendor: str) -> str:
        rows = "jsonb_array_elements(%s::jsonb) AS told(value)" if vendor == "postgresql" else "json_each(%s)"
        return self._inserting(f"SELECT {', '.join(self._columns.elements(vendor))} FROM {rows}")

    def _inserting(self, rows: str) -> str:
        tail = f" RETURNING {', '.join(self._returning)}" if self._returning else ""
        return f"INSERT INTO {self._columns.table} ({', '.join(self._columns.names)}) {rows}{tail}"

    def statement(self, rows: Iterable[Sequence[Any]]) -> Statement[list[tuple[Any, ...]]]:
        """Puts them in; gives what is returned of each, in no order that one may rely on."""
        values = [self._columns.values(row) for row in rows]
        told = json.dumps(values, ensure_ascii=False, allow_nan=False)
        if "\\u0000" in told and connection.vendor == "sqlite":
            # SQLite cuts a text in JSON off at a NUL; as a value of its own it is kept whole.
            places = ", ".join([f"({', '.join(['%s'] * len(self._columns.names))})"] * len(values))
            return Statement(self._inserting(f"VALUES {places}"), list(chain.from_iterable(values)), list)
        return Statement(self._sql(connection.vendor), [told], list)

    def put(self, rows: Iterable[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Put them in, now."""
        (found,) = run(self.statement(rows))
        return list(found)


class Update:
    """Sets columns of one row of a model."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self._columns = _Columns(model, names)
        told, key = ", ".join(f"{name} = %s" for name in self._columns.names), model._meta.pk
        assert key is not None
        self._sql = f'UPDATE {self._columns.table} SET {told} WHERE "{key.column}" = %s RETURNING "{key.column}"'

    def statement(self, pk: int, *values: Any) -> Statement[None]:
        """Sets them.

        Raises:
            LookupError: when it is run, there is no such row.
        """

        def read(rows: list[Any]) -> None:
            if len(rows) != 1:
                raise LookupError(f"{self._columns.table} has no row {pk}")

        return Statement(self._sql, [*self._columns.values(values), pk], read)
