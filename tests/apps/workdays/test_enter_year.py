"""A year beyond the last known is refused until an administrator enters it."""

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.audit.models import Event
from gongdi.apps.workdays.duties import enter_year_duties
from gongdi.apps.workdays.known import calendar, packaged_years
from gongdi.apps.workdays.models import CalendarYear
from gongdi.core.workdays import UnknownYear
from tests.support.world import World

SignIn = Callable[[str], Client]


def enter(client: Client, **fields: str) -> int:
    told = {"year": "2031", "notice": "测试〔2030〕1号", "off": "1月1日、1月2日", "worked": "1月4日", **fields}
    return client.post(reverse("workdays:enter_year"), told).status_code


def test_the_years_that_come_along_end_where_the_last_notice_ends(world: World) -> None:
    assert max(packaged_years()) == 2026
    assert calendar().after(date(2026, 12, 30), 10) == UnknownYear(2027)
    assert calendar().is_working(date(2026, 10, 1)) is False


def test_a_year_entered_by_the_administrator_is_counted(world: World, signed_in: SignIn) -> None:
    assert calendar().is_working(date(2031, 1, 2)) == UnknownYear(2031)
    assert enter(signed_in("administrator")) == 302
    assert calendar().is_working(date(2031, 1, 2)) is False
    assert calendar().is_working(date(2031, 1, 4)) is True


@pytest.mark.parametrize(("moment", "year"), [("2026-10-15", None), ("2026-11-15", 2027), ("2027-02-01", 2027)])
def test_the_administrator_is_told_of_a_year_before_deadlines_reach_into_it(
    world: World, moment: str, year: int | None
) -> None:
    now = datetime.fromisoformat(f"{moment}T02:00:00+00:00")
    told = [duty.title for duty in enter_year_duties(world.people["administrator"], now)]
    assert told == ([f"录入 {year} 年工作日历"] if year else [])
    assert enter_year_duties(world.people["district_officer"], now) == []


def test_a_year_that_is_known_is_replaced_only_on_purpose_and_with_the_reason(world: World, signed_in: SignIn) -> None:
    client, told = signed_in("administrator"), {"year": "2026", "off": "1月1日", "worked": ""}
    before = calendar().years[2026]
    assert enter(client, **told) == 422
    assert enter(client, **told, replace="on") == 422
    assert calendar().years[2026] == before
    assert enter(client, **told, replace="on", why="通知有更正") == 302
    assert len(calendar().years[2026].off) == 1
    assert Event.objects.get(verb="workdays.enter_year").why == "通知有更正"


def test_a_weekend_is_no_day_off_by_notice(world: World, signed_in: SignIn) -> None:
    assert enter(signed_in("administrator"), off="1月1日、1月5日") == 422
    assert not CalendarYear.objects.exists()


def test_a_wrong_day_is_named_and_nothing_is_kept(world: World, signed_in: SignIn) -> None:
    client = signed_in("administrator")
    assert enter(client, off="2月30日") == 422
    assert enter(client, worked="1月6日") == 422
    assert enter(client, off="2030-01-01") == 422
    assert 2031 not in calendar().years
