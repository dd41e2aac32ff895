"""Prepared reads (预备查询): a read of rows by keys that is asked again and again, its statement made once a process.

To turn a query set into SQL takes Django longer than the database takes to answer when a row has many columns. Here
that is done once, with stand-ins where the keys go; everything else is as with the query set itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import get_related_populators

from gongdi.web.statements import Statement, run

Row = TypeVar("Row", bound=Model)
_STAND_INS: dict[type, Callable[[int], object]] = {
    int: lambda at: -1_987_654_300 - at,
    str: lambda at: f"stand-in {at}",
}


@dataclass(frozen=True, slots=True)
class _Made:
    sql: str
    parameters: tuple[object, ...]
    places: tuple[tuple[int, int], ...]
    """Which parameter is which key."""
    compiler: Any
    converters: Any
    model: type[Model]
    columns: slice
    names: list[str]
    annotations: dict[str, int]
    populators: Sequence[Any]


class Prepared(Generic[Row]):
    """Rows of one query set, with `select_related` and annotations, whose keys (of these types) differ each time."""

    def __init__(self, make: Callable[..., QuerySet[Row]], *kinds: type) -> None:
        self._make, self._kinds = make, kinds
        self._statement = lru_cache(maxsize=4)(self._made)

    def rows(self, *keys: object) -> list[Row]:
        """The rows, read now."""
        if any(isinstance(key, int) and not -(2**63) <= key < 2**63 for key in keys):
            # No row has such a number, and neither database takes it as one.
            return []
        (found,) = run(self.statement(*keys))
        return list(found)

    def statement(self, *keys: object) -> Statement[list[Row]]:
        """What reads them."""
        told = self._statement(connection.vendor)
        parameters: list[Any] = list(told.parameters)
        for parameter, key in told.places:
            parameters[parameter] = self._kinds[key](keys[key])
        return Statement(told.sql, parameters, partial(self._read, told))

    def _read(self, told: _Made, found: Any) -> list[Row]:
        if told.converters:
            found = told.compiler.apply_converters(found, told.converters)
        return [self._row(told, values) for values in found]

    def first(self, *keys: object) -> Row | None:
        """The first row, if there is one."""
        return next(iter(self.rows(*keys)), None)

    @staticmethod
    def _row(told: _Made, values: Sequence[object]) -> Any:
        row = told.model.from_db(connection.alias, told.names, values[told.columns])
        for populator in told.populators:
            populator.populate(values, row)
        for name, at in told.annotations.items():
            setattr(row, name, values[at])
        return row

    def _made(self, vendor: str) -> _Made:
        stand_ins = [_STAND_INS[kind](at) for at, kind in enumerate(self._kinds)]
        compiler = self._make(*stand_ins).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        places = tuple((at, stand_ins.index(each)) for at, each in enumerate(parameters) if each in stand_ins)
        assert {key for _, key in places} == set(range(len(stand_ins))), "a key is not used as it is given"
        select, info = compiler.select, compiler.klass_info
        columns = slice(info["select_fields"][0], info["select_fields"][-1] + 1)
        return _Made(
            sql, tuple(parameters), places, compiler, compiler.get_converters([each[0] for each in select]),
            info["model"], columns, [each[0].target.attname for each in select[columns]],
            compiler.annotation_col_map or {},
            get_related_populators(info, select, connection.alias),  # type: ignore[call-arg]
        )  # fmt: skip


class PreparedLists(Generic[Row]):
    """Rows of one query set that are asked for by lists of keys (`__in`), each list of one type and never empty.

    A list is filled up to a length of 1, 2, 4, 8… by its last key, so that few statements serve lists of any length.
    """

    def __init__(self, make: Callable[..., QuerySet[Row]], *kinds: type) -> None:
        self._make, self._kinds = make, kinds
        self._made = lru_cache(maxsize=64)(self._of_lengths)

    def rows(self, *lists: Sequence[object]) -> list[Row]:
        """The rows, read now."""
        (found,) = run(self.statement(*lists))
        return list(found)

    def statement(self, *lists: Sequence[object]) -> Statement[list[Row]]:
        """What reads them."""
        lengths = tuple(1 << (len(keys) - 1).bit_length() for keys in lists)
        filled = ([*keys, *[keys[-1]] * (length - len(keys))] for keys, length in zip(lists, lengths, strict=True))
        return self._made(lengths).statement(*chain.from_iterable(filled))

    def _of_lengths(self, lengths: tuple[int, ...]) -> Prepared[Row]:
        kinds = [kind for kind, length in zip(self._kinds, lengths, strict=True) for _ in range(length)]

        def made(*keys: object) -> QuerySet[Row]:
            rest = iter(keys)
            return self._make(*(list(islice(rest, length)) for length in lengths))

        return Prepared(made, *kinds)
