"""Meetings give work with a day in working days; those responsible see it, tell how it goes, close it with proof."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from gongdi.apps.accounts.models import User
from gongdi.apps.organisations import meeting_services as services
from gongdi.apps.organisations.duties import follow_ups
from gongdi.apps.organisations.models import FollowUp, Meeting
from gongdi.apps.places.services import RefusedError
from gongdi.web.duties import Duty
from tests.support.organisations import HELD, a_body, a_follow_up, a_meeting
from tests.support.world import COUNTY, NOW, STREET, TODAY, World


def own(user: User) -> list[Duty]:
    return [duty for duty in follow_ups(user, NOW) if duty.due is not None]


def late(user: User) -> list[Duty]:
    return [duty for duty in follow_ups(user, NOW) if duty.due is None]


def test_the_day_is_counted_in_working_days_over_a_holiday(world: World) -> None:
    # 清明节 2026: 4 to 6 April off, no weekend worked for it.
    row = a_follow_up(world, a_meeting(world, held_on=date(2026, 4, 2)), working_days=2)
    assert row.due == date(2026, 4, 7)


def test_a_year_whose_holidays_are_not_known_is_told_and_nothing_is_kept(world: World) -> None:
    meeting = a_meeting(world, held_on=date(2026, 12, 30))
    with pytest.raises(RefusedError, match="2027 年的节假日安排还没有录入"):
        a_follow_up(world, meeting, working_days=20)
    assert not FollowUp.objects.exists()


def test_somebody_must_answer_for_it(world: World) -> None:
    with pytest.raises(RefusedError, match="指定责任机构或责任人"):
        a_follow_up(world, person=None)


def test_those_responsible_see_it_among_what_waits_and_close_it(client: Client, world: World) -> None:
    worker = world.people["community_worker"]
    row = a_follow_up(world)
    (duty,) = own(worker)
    assert (duty.due, duty.title) == (row.due, "办理督办：核对管线图")
    client.force_login(worker)
    assert "核对管线图" in client.get("/").content.decode()
    assert client.post(f"/follow-ups/{row.pk}/note/", {"text": "已约管线单位"}).status_code == 302
    assert client.post(f"/follow-ups/{row.pk}/close/", {"on": "2026-03-10", "proof": ""}).status_code == 422
    assert client.post(f"/follow-ups/{row.pk}/close/", {"on": "2026-03-10", "proof": "会签单"}).status_code == 302
    page = client.get(f"/follow-ups/{row.pk}/").content.decode()
    assert "已办结" in page
    assert "已约管线单位" in page
    assert own(worker) == []
    assert client.post(f"/follow-ups/{row.pk}/note/", {"text": "再说"}).status_code == 422


def test_the_posts_of_the_responsible_bodys_organisation_answer_for_it(world: World) -> None:
    builder = world.people["builder"]
    body = a_body(world, "施工单位", COUNTY, kind="builder", organisation=builder.held_posts[0].organisation)
    a_follow_up(world, a_meeting(world), body=body, person=None)
    assert [duty.title for duty in own(builder)] == ["办理督办：核对管线图"]
    assert own(world.people["auditor"]) == []


def test_what_is_late_comes_before_the_officer(client: Client, world: World) -> None:
    a_follow_up(world)
    officer = world.people["district_officer"]
    (duty,) = late(officer)
    assert duty.count == 1
    assert late(world.people["officer_elsewhere"]) == []
    assert late(world.people["community_worker"]) == []
    client.force_login(officer)
    assert "逾期" in client.get("/follow-ups/?late=1").content.decode()


@pytest.mark.parametrize("on", [date(2026, 3, 1), date(2027, 3, 2)])
def test_it_is_closed_between_the_meeting_and_today(world: World, on: date) -> None:
    with pytest.raises(RefusedError, match="之间"):
        services.close_follow_up(
            follow_up=a_follow_up(world), on=on, proof="单", by=world.people["street_clerk"], now=NOW
        )


def test_a_meeting_is_kept_on_its_page_after_it_was_held(client: Client, world: World) -> None:
    client.force_login(world.people["street_clerk"])
    told = {"kind": "training", "title": "政策培训", "held_on": "2026-02-10", "division": "文教街道",
            "trainers": "区住建局", "audience": "45", "minutes": "讲解流程"}  # fmt: skip
    assert client.post("/meetings/record/", told | {"held_on": "2099-03-02"}).status_code == 422
    assert client.post("/meetings/record/", told | {"division": "外滩街道"}).status_code == 422
    assert client.post("/meetings/record/", told).status_code == 302
    made = Meeting.objects.get()
    assert (made.place, made.audience) == (STREET, 45)
    assert "45 人次" in client.get("/meetings/").content.decode()


def test_who_is_not_responsible_neither_notes_nor_closes(client: Client, world: World) -> None:
    row = a_follow_up(world, a_meeting(world, place=COUNTY), person=world.people["street_clerk"])
    client.force_login(world.people["department_officer"])
    assert client.get(f"/follow-ups/{row.pk}/").status_code == 200
    assert client.get(f"/follow-ups/{row.pk}/close/").status_code == 403
    client.force_login(world.people["street_clerk"])
    assert client.get(f"/follow-ups/{row.pk}/close/").status_code == 200


def test_the_state_says_how_late_it_is(world: World) -> None:
    row = a_follow_up(world, a_meeting(world, held_on=HELD))
    assert row.state_on(row.due) == "办理中"
    assert row.state_on(TODAY) == f"逾期 {(TODAY - row.due).days} 天"
    row.closed_on = row.due
    assert row.state_on(TODAY) == "已办结"
