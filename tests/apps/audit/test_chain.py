import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from gongdi.apps.audit import chain
from gongdi.apps.audit.models import Event, Head
from gongdi.apps.audit.queries import verify_chain
from gongdi.apps.audit.services import record
from tests.support.world import NOW, World


@pytest.fixture
def events(world: World) -> list[Event]:
    for why in ("一", "二", "三"):
        record("places.record_fact", by=world.people["auditor"], on=world.compounds["梅堰新村"], why=why, at=NOW,
               after={"值": [1, {"真": True}]})  # fmt: skip
    return list(Event.objects.order_by("number"))


def checked(events: list[Event]) -> chain.Verdict:
    head = Head.objects.get(pk=1)
    return chain.check(events, head.number, head.digest)


def test_a_chain_as_it_was_written_holds(events: list[Event], capsys: pytest.CaptureFixture[str]) -> None:
    head = Head.objects.get(pk=1)
    assert verify_chain({head.number: head.digest}) == chain.Verdict(len(events))
    call_command("verify_audit")
    assert f"共 {len(events)} 条" in capsys.readouterr().out


@pytest.mark.parametrize("field", ["verb", "actor_name", "object_id", "object_name", "place", "why", "after", "before"])
def test_any_changed_field_is_found(events: list[Event], field: str) -> None:
    setattr(events[-2], field, "改")
    verdict = checked(events)
    assert verdict.links == len(events) - 1
    assert "内容被改动" in str(verdict.fault)


def test_a_changed_event_with_its_digest_made_anew_is_found_by_the_next_link(events: list[Event]) -> None:
    events[-2].why = "改"
    events[-2].digest = chain.digest_of(events[-2])
    assert "不相接" in str(checked(events).fault)


def test_a_missing_event_is_found(events: list[Event]) -> None:
    assert "缺失" in str(checked(events[:-2] + events[-1:]).fault)


def test_a_cut_tail_is_found(events: list[Event]) -> None:
    assert "截去" in str(checked(events[:-1]).fault)


def test_the_command_fails_when_the_head_does_not_fit(events: list[Event], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongdi.apps.audit.queries.head", lambda: Head(pk=1, number=len(events), digest="f" * 64))
    with pytest.raises(CommandError, match="审计链不完整"):
        call_command("verify_audit")


SPLICE = (
    "INSERT INTO audit_event (number, at, verb, actor_name, object_kind, object_id, object_name, place, why, post, "
    "channel, address, session, version, previous_digest, digest) SELECT {number}, at, verb, '改', object_kind, "
    "object_id, object_name, place, why, post, channel, address, session, version, {previous}, 'x' "
    "FROM audit_event WHERE number = 1"
)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_event SET why = 'x'",
        "DELETE FROM audit_event",
        "DELETE FROM audit_event WHERE number = 2",
        "UPDATE audit_head SET number = number - 1",
        "UPDATE audit_head SET digest = previous_digest FROM audit_event WHERE audit_event.number = audit_head.number",
        "DELETE FROM audit_head",
        "INSERT INTO audit_head (number, digest) VALUES (0, 'x')",
        SPLICE.format(number=9999, previous="previous_digest"),
        SPLICE.format(number=1, previous="previous_digest"),
    ],
)
def test_the_database_refuses_to_change_or_delete_events(events: list[Event], statement: str) -> None:
    with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
    assert Event.objects.count() == len(events)
    assert verify_chain().fault is None


def test_sqlite_does_not_let_an_event_be_replaced(events: list[Event]) -> None:
    if connection.vendor != "sqlite":
        return
    columns = [field.column for field in Event._meta.local_fields]
    for key in ("id", "number", "digest"):
        changed = ", ".join("'改'" if name == "why" else name for name in columns)
        replace = f"INSERT OR REPLACE INTO audit_event ({', '.join(columns)}) SELECT {changed} FROM audit_event"
        with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"{replace} WHERE {key} = (SELECT {key} FROM audit_event WHERE number = 1)")
    assert verify_chain().fault is None


def test_postgresql_refuses_to_empty_the_table(events: list[Event]) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("audit_event", "audit_head"):
            with pytest.raises(DatabaseError, match="只增不改"), transaction.atomic():
                cursor.execute(f"TRUNCATE {table}")
