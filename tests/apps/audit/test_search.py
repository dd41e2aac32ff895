"""Events tell post and origin; they are searched, exported, anchored; an old chain holds beside the new."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import Client
from python_calamine import CalamineWorkbook

from gongdi.apps.accounts.models import Post
from gongdi.apps.audit import chain
from gongdi.apps.audit.models import Event, Head
from gongdi.apps.audit.queries import Search, found_events, verify_chain
from gongdi.apps.audit.services import record
from gongdi.web import clock, origin
from tests.support.world import COUNTY, NOW, PASSWORD, World


def test_an_event_of_a_request_tells_its_channel_address_and_session(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("district_officer")
    compound = world.compounds["星桥公寓"]
    client.post(f"/compounds/{compound.pk}/move/", {"target": "formed", "why": ""}, REMOTE_ADDR="10.1.2.3")
    event = Event.objects.get(verb="places.move_compound")
    assert (event.channel, event.address, event.post) == ("page", "10.1.2.3", "江北区 区住建局经办")
    assert len(event.session) == 16
    assert event.session not in client.cookies["gongdi_session"].value
    assert origin.current() == origin.Origin()


@pytest.mark.parametrize(
    ("proxies", "header", "told"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "", "10.0.0.1"),
        (1, "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "2.2.2.2", "10.0.0.1"),
    ],
)
def test_only_ones_own_proxies_are_believed(  # type: ignore[no-untyped-def]
    proxies: int, header: str, told: str, world: World, settings
) -> None:
    settings.TRUSTED_PROXIES = proxies
    given = {"username": "auditor", "password": "不对"}
    Client().post("/sign-in/", given, REMOTE_ADDR="10.0.0.1", headers={"X-Forwarded-For": header})
    assert Event.objects.get(verb="accounts.refuse_sign_in").address == told


def test_a_command_and_a_job_say_so(world: World) -> None:
    with transaction.atomic():
        assert record("test.one", by=None, on=world.compounds["梅堰新村"]).channel == "command"
        with origin.acting_from(origin.Origin(origin.JOB)):
            assert record("test.two", by=None, on=world.compounds["梅堰新村"]).channel == "job"


def test_each_condition_narrows(world: World) -> None:
    officer, today = world.people["district_officer"], clock.local_date(NOW)
    with transaction.atomic():
        one = record("test.one", by=officer, on=world.compounds["梅堰新村"], place="330205004004", at=NOW, why="甲")
        two = record(
            "test.two", by=world.people["auditor"], on=world.compounds["月季小区"], place="330212",
            at=NOW + timedelta(days=1),
        )  # fmt: skip

    def numbers(**search: object) -> set[int]:
        found = found_events(Search(**search), [""])  # type: ignore[arg-type]
        return {each.number for each in found if each.verb.startswith("test.")}

    assert numbers() == {one.number, two.number}
    assert numbers(verb="test.one") == numbers(person="district_officer") == numbers(words="梅堰") == {one.number}
    assert numbers(words="甲") == numbers(place=COUNTY) == numbers(until=today) == {one.number}
    assert numbers(since=today + timedelta(days=1)) == numbers(words="审计") == {two.number}
    assert numbers(since=today, until=today + timedelta(days=1), channel="command") == {one.number, two.number}
    assert numbers(channel="page") == set()


def test_an_auditor_reads_and_takes_out_the_events_of_the_own_place_alone(client: Client, world: World) -> None:
    officer, auditor = world.people["district_officer"], world.people["auditor"]
    with transaction.atomic():
        record("test.here", by=officer, on=world.compounds["梅堰新村"], place="330205004004", why="本区的事")
        record("test.there", by=officer, on=world.compounds["月季小区"], place="330212", why="外区的事")
        record("test.nowhere", by=officer, on=world.compounds["月季小区"], why="没有区划的事")
    client.force_login(auditor)
    page = client.get("/audit/").content.decode()
    assert all(why in page for why in ("本区的事", "外区的事", "没有区划的事"))
    Post.objects.filter(holder=auditor).update(place=COUNTY, place_name="江北区")
    page = client.get("/audit/").content.decode()
    assert "本区的事" in page
    assert "外区的事" not in page
    assert "没有区划的事" not in page
    assert "外区的事" not in client.get("/audit/", {"place": "330212"}).content.decode()
    file = client.get("/audit/export/", {"q": "的事"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(file.content)).get_sheet_by_index(0).to_python()
    assert "本区的事" in str(rows)
    assert "外区的事" not in str(rows)


def test_days_that_are_none_are_told_on_the_page(world: World, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("audit_administrator")
    answer = client.get("/audit/", {"since": "2027-03-02", "until": "2027-03-01"})
    assert answer.status_code == 422
    assert "早于" in answer.content.decode()
    assert client.get("/audit/export/", {"since": "昨天"}).status_code == 422


def test_the_export_holds_what_was_found_and_is_an_event_itself(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    Client().post("/sign-in/", {"username": "auditor", "password": PASSWORD})
    client = signed_in("audit_administrator")
    answer = client.get("/audit/export/", {"verb": "accounts.sign_in"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    head = next(n for n, row in enumerate(rows) if row[0] == "序号")
    kept = Event.objects.get(verb="accounts.sign_in")
    assert str(rows[head + 1][0]) == str(kept.number)
    assert rows[head + 1][4] == "登录"
    assert rows[head + 1][-1] == kept.digest
    event = Event.objects.get(verb="audit.export_events")
    assert event.after == {"query": ["verb=accounts.sign_in"], "count": 1}
    assert event.post == "全部 审计管理员"


def test_events_of_the_first_version_keep_their_formula_and_cannot_pose_as_others(world: World) -> None:
    events = list(Event.objects.order_by("number"))
    previous = chain.FIRST
    for event in events:
        event.version, event.post, event.channel, event.address, event.session = 1, "", "", "", ""
        event.previous_digest = previous
        previous = event.digest = chain.digest_of(event)
    assert chain.check(events, len(events), previous).fault is None
    events[-1].post = "区长"
    assert "改动" in str(chain.check(events, len(events), previous).fault)


@pytest.mark.parametrize("field", ["post", "channel", "address", "session", "version"])
def test_a_changed_origin_is_found(field: str, world: World) -> None:
    with transaction.atomic():
        record("test.one", by=world.people["auditor"], on=world.compounds["梅堰新村"])
    events, head = list(Event.objects.order_by("number")), Head.objects.get()
    setattr(events[-1], field, 3 if field == "version" else "改")
    assert "改动" in str(chain.check(events, head.number, head.digest).fault)


def test_a_chain_made_anew_is_found_by_the_head_kept_elsewhere(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = tmp_path / "anchors.jsonl"
    call_command("anchor_audit", "--to", str(kept))
    with transaction.atomic():
        record("test.one", by=None, on=world.compounds["梅堰新村"])
    call_command("anchor_audit", "--to", str(kept))
    call_command("verify_audit", "--anchor", str(kept))
    assert "与 2 个另行保存的链尾相符" in capsys.readouterr().out
    anchors = {json.loads(line)["number"]: "f" * 64 for line in kept.read_text().splitlines()}
    assert "整体改写" in str(verify_chain(anchors).fault)
    assert "截去" in str(verify_chain({10_000: "f" * 64}).fault)
    for wrong in ("", "{}", '{"number": 1, "digest": "x"}', "no json"):
        kept.write_text(wrong)
        with pytest.raises(CommandError, match=r"存证"):
            call_command("verify_audit", "--anchor", str(kept))
    with pytest.raises(CommandError, match="不能读取"):
        call_command("verify_audit", "--anchor", str(tmp_path / "none"))
