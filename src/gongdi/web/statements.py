"""Writes by statements made once a process (预备写入): many rows at once, or a few columns of one row.

For what is written by thousands in a short time. Values go to the database as the model's fields would send them; no
model instance is made, no signal sent and nothing checked that the database does not check itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeAlias

from django.db import connection
from django.db.models import Field, Model

Row: TypeAlias = "Sequence[Any]"
_AS_IT_IS = {
    "AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "CharField", "ForeignKey", "IntegerField",
    "OneToOneField", "PositiveBigIntegerField", "PositiveIntegerField", "PositiveSmallIntegerField", "TextField",
}  # fmt: skip


def _as_json(value: object) -> str | None:
    return None if value is None else json.dumps(value)


def _as_moment(value: object) -> Any:
    return connection.ops.adapt_datetimefield_value(value)  # type: ignore[arg-type]


def _sent(field: Field[Any, Any]) -> Callable[[Any], Any] | None:
    """How a value of a field is sent; None when as it is."""
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
        fields = {field.attname: field for field in model._meta.concrete_fields}
        self.table = f'"{model._meta.db_table}"'
        self.names = [f'"{fields[name].column}"' for name in names]
        self.sent = [(at, how) for at, how in enumerate(_sent(fields[name]) for name in names) if how is not None]

    def values(self, row: Row) -> list[Any]:
        """A row as it is sent."""
        told = list(row)
        for at, how in self.sent:
            told[at] = how(told[at])
        return told


class Insert:
    """Puts rows into the table of a model: values in the order of the names (`attname`); every column without a
    default in the database is named but the key."""

    def __init__(self, model: type[Model], *names: str, returning: Sequence[str] = ()) -> None:
        self._columns = _Columns(model, names)
        self._head = f"INSERT INTO {self._columns.table} ({', '.join(self._columns.names)}) VALUES "
        self._row = f"({', '.join(['%s'] * len(names))})"
        told = _Columns(model, returning).names
        self._tail = f" RETURNING {', '.join(told)}" if told else ""

    def put(self, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
        """Put them in; what each was given, in no order that one may rely on."""
        found: list[tuple[Any, ...]] = []
        with connection.cursor() as cursor:
            for part in self._parts(rows):
                values = [value for row in part for value in self._columns.values(row)]
                cursor.execute(self._head + ", ".join([self._row] * len(part)) + self._tail, values)
                found += cursor.fetchall() if self._tail else ()
        return found

    def _parts(self, rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
        most = (connection.features.max_query_params or 30_000) // len(self._columns.names)
        return (rows[start : start + most] for start in range(0, len(rows), most))


class Update:
    """Sets columns of one row of a model."""

    def __init__(self, model: type[Model], *names: str) -> None:
        self._columns = _Columns(model, names)
        told, key = ", ".join(f"{name} = %s" for name in self._columns.names), model._meta.pk
        assert key is not None
        self._statement = f'UPDATE {self._columns.table} SET {told} WHERE "{key.column}" = %s'

    def put(self, pk: int, *values: Any) -> None:
        """Set them.

        Raises:
            LookupError: there is no such row.
        """
        with connection.cursor() as cursor:
            cursor.execute(self._statement, [*self._columns.values(values), pk])
            if cursor.rowcount != 1:
                raise LookupError(f"{self._columns.table} has no row {pk}")
