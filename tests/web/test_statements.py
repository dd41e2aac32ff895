"""Plain statements put into the database what a model would have put there."""

import contextlib
import os
from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, DataError, IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.web.statements import Insert, Statement, Update, run
from tests.support.residents import make_account
from tests.support.world import NOW, World, known_world

NAMES = [field.attname for field in DwellingBinding._meta.concrete_fields if not field.primary_key]
BINDINGS = Insert(DwellingBinding, *NAMES, returning=["room", "id"])


@pytest.fixture
def world(db: None) -> World:
    return known_world()


def a_row(world: World, account: Account, room: str, **changes: Any) -> DwellingBinding:
    """A binding that is not kept yet."""
    given = {"building": "3幢", "relation": "owner", "asked_at": NOW, "owners": [3, 5], "why": "“为什么”\n'", **changes}
    return DwellingBinding(account=account, compound=world.compounds["梅堰新村"], room=room, **given)


def values(row: DwellingBinding) -> list[Any]:
    """A binding as `Insert` takes it."""
    return [getattr(row, name) for name in NAMES]


def test_a_row_is_as_the_model_would_have_kept_it(world: World) -> None:
    account = make_account()
    for number, changes in enumerate([
        {}, {"owners": []}, {"decided_at": NOW + timedelta(microseconds=7), "decided_by": world.people["street_clerk"]},
        {"owners": {"中": [None, True, "\x01%s"]}},
    ]):  # fmt: skip
        usual = a_row(world, account, f"{number}", **changes)
        ((room, key),) = BINDINGS.put([values(usual)])
        usual.save()
        own, usual = DwellingBinding.objects.get(pk=key), DwellingBinding.objects.get(pk=usual.pk)
        assert room == own.room == f"{number}"
        assert values(own) == values(usual)


@pytest.mark.skipif("GONGDI_DATABASE_URL" in os.environ, reason="PostgreSQL keeps no NUL in a text")
def test_a_text_with_a_nul_is_kept_whole(world: World) -> None:
    rows = [a_row(world, make_account(), room, why="前\0后") for room in ("1", "2\0")]
    keys = dict(BINDINGS.put(values(row) for row in rows))
    assert [values(DwellingBinding.objects.get(pk=keys[row.room])) for row in rows] == [values(row) for row in rows]


def test_many_rows_are_few_statements_and_each_gets_its_key(world: World) -> None:
    account = make_account()
    rows = [a_row(world, account, f"{number:03}") for number in range(200)]
    with CaptureQueriesContext(connection) as asked:
        keys = dict(BINDINGS.put([values(row) for row in rows]))
    assert len(asked) == 1
    assert keys == dict(DwellingBinding.objects.values_list("room", "pk"))
    assert len(keys) == 200
    assert BINDINGS.put([]) == []


def test_what_the_database_refuses_is_refused(world: World) -> None:
    row = a_row(world, make_account(), "101")
    row.room = None  # type: ignore[assignment]
    with pytest.raises(IntegrityError):
        BINDINGS.put([values(row)])


def test_columns_of_one_row_are_set(world: World) -> None:
    rows = [a_row(world, make_account(), room) for room in ("101", "102")]
    for row in rows:
        row.save()
    decide = Update(DwellingBinding, "owners", "decided_at", "state")
    run(decide.statement(rows[0].pk, [9], NOW, "confirmed"))
    first, second = DwellingBinding.objects.order_by("room")
    assert (first.owners, first.decided_at, first.state) == ([9], NOW, "confirmed")
    assert values(second) == values(rows[1])
    with pytest.raises(LookupError):
        run(decide.statement(rows[1].pk + 99, [], None, "confirmed"))


def test_statements_run_in_order_and_each_gives_its_own(world: World) -> None:
    account = make_account()
    rows = [a_row(world, account, f"{number}") for number in range(3)]
    first, second = BINDINGS.statement([values(rows[0])]), BINDINGS.statement([values(row) for row in rows[1:]])
    decide = Update(DwellingBinding, "state")
    one, two = run(first, second.then(len))
    assert (one[0][0], two) == ("0", 2)
    none, found = run(decide.statement(one[0][1], "confirmed"), BINDINGS.statement([values(rows[0])]))
    assert none is None
    assert found[0][0] == "0"
    assert DwellingBinding.objects.get(state="confirmed").pk == one[0][1]


def test_what_is_too_long_is_refused_where_the_database_refuses_it(world: World) -> None:
    row = a_row(world, make_account(), "房" * 41)
    if connection.vendor == "postgresql":
        with pytest.raises(DataError):
            BINDINGS.put([values(row)])


def test_a_field_that_needs_more_than_its_value_is_refused() -> None:
    with pytest.raises(TypeError, match="BinaryField"):
        Insert(Account, "phone_sealed")


def test_a_statement_holds_what_it_is_given_each_time_it_is_run(world: World) -> None:
    # More often than PostgreSQL plans one that it was told once, and across a transaction that is rolled back.
    choose = Statement("SELECT CASE WHEN %s LIKE '5%%' THEN %s ELSE 'other' END", ("50", "fifty"), list)
    for number in range(12):
        told = Statement(choose.sql, (f"{number * 10}", f"'{number}'"), list)
        with contextlib.suppress(LookupError), transaction.atomic():
            assert run(told, choose) == [[("'5'" if number == 5 else "other",)], [("fifty",)]]
            raise LookupError


ON_POSTGRESQL = pytest.mark.skipif("GONGDI_DATABASE_URL" not in os.environ, reason="SQLite needs no preparing")


@ON_POSTGRESQL
def test_what_the_server_has_forgotten_fails_once_and_is_told_anew(world: World) -> None:
    row = a_row(world, make_account(), "101")
    BINDINGS.put([values(row)])
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
    with pytest.raises(DatabaseError), transaction.atomic():
        BINDINGS.put([values(row)])
    BINDINGS.put([values(row)])
    assert DwellingBinding.objects.count() == 2


@ON_POSTGRESQL
def test_a_prepared_statement_tells_what_it_writes(world: World) -> None:
    with CaptureQueriesContext(connection) as asked:
        BINDINGS.put([values(a_row(world, make_account(), "101"))])
    (sent,) = [each["sql"] for each in asked if "residents_dwellingbinding" in each["sql"]]
    assert sent.startswith("EXECUTE gongdi_")
    assert 'INSERT INTO "residents_dwellingbinding"' in sent


@ON_POSTGRESQL
def test_nothing_is_prepared_where_connections_are_pooled_by_transaction(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(connection.settings_dict, "DISABLE_SERVER_SIDE_CURSORS", True)
    with CaptureQueriesContext(connection) as asked:
        BINDINGS.put([values(a_row(world, make_account(), "101"))])
    assert not [each for each in asked if each["sql"].startswith("EXECUTE")]
    assert DwellingBinding.objects.count() == 1
