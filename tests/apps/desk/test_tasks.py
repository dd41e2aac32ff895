"""One list for a person: what is due when in working days, what is late, what was handed over."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.desk import services
from gongdi.apps.desk.duties import tasks
from gongdi.apps.desk.models import Task, TaskStep
from gongdi.apps.desk.queries import due_mark
from gongdi.apps.places.services import RefusedError
from gongdi.apps.workdays.services import enter_year
from gongdi.core.workdays import WorkCalendar, YearDays
from gongdi.web import clock
from tests.support.tasks import a_task
from tests.support.world import NOW, TODAY, World, make_person

SignIn = Callable[[str], Client]
PLAIN = WorkCalendar({2027: YearDays(2027, frozenset(), frozenset(), "测试")})


def enter_2027(world: World) -> None:
    enter_year(year=2027, notice="测试", off=[date(2027, 1, 1)], worked=[], by=world.people["administrator"], now=NOW)


@pytest.mark.parametrize(
    ("due", "words", "tone"),
    [
        (date(2027, 2, 24), "逾期 3 个工作日", "late"),
        (TODAY, "今天到期", "near"),
        (date(2027, 3, 3), "还有 2 个工作日", "near"),
        (date(2027, 3, 4), "2027-03-04 前", "plain"),
    ],
)
def test_a_deadline_is_said_in_working_days(due: date, words: str, tone: str) -> None:
    mark = due_mark(due, TODAY, PLAIN)
    assert mark is not None
    assert words in mark.words
    assert mark.tone == tone


def test_a_deadline_in_a_year_not_entered_is_said_and_not_guessed() -> None:
    mark = due_mark(date(2028, 1, 4), TODAY, PLAIN)
    assert mark is not None
    assert "2028 年工作日历未录入" in mark.words


def test_a_task_stands_on_its_holders_list_and_goes_with_a_hand_over(world: World) -> None:
    task = a_task(world)
    holder, other = world.people["community_worker"], world.people["district_officer"]
    assert [duty.title for duty in tasks(holder, NOW)] == ["补齐产权资料"]
    services.hand_over_task(task=task, to=other, why="休假", by=holder, now=NOW)
    assert tasks(holder, NOW) == []
    assert [duty.due for duty in tasks(other, NOW)] == [date(2027, 3, 10)]


def test_a_late_task_is_told_its_giver_at_once_and_the_county_after_three_working_days(world: World) -> None:
    enter_2027(world)
    a_task(world, date(2027, 2, 26))
    assert len(tasks(world.people["street_clerk"], NOW)) == 1
    assert tasks(world.people["district_officer"], NOW) == []
    Task.objects.update(due_on=date(2027, 2, 24))
    assert "逾期 3 个工作日" in tasks(world.people["district_officer"], NOW)[0].details[0][0]
    assert tasks(world.people["officer_elsewhere"], NOW) == []


def test_only_who_gave_a_task_may_move_its_day_and_a_finished_one_is_closed(world: World) -> None:
    task = a_task(world)
    with pytest.raises(RefusedError, match="交办人"):
        services.move_task(task=task, due_on=TODAY, why="等", by=world.people["community_worker"], now=NOW)
    services.finish_task(task=task, note="办好", by=world.people["community_worker"], now=NOW)
    with pytest.raises(RefusedError, match="已经办结"):
        services.urge_task(task=task, by=world.people["street_clerk"], now=NOW)
    assert [step.kind for step in TaskStep.objects.filter(task=task)] == ["made", "done"]


def test_working_days_of_a_year_not_entered_are_refused_in_the_form(
    world: World, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = signed_in("street_clerk"), reverse("desk:make_task")
    fields = {"title": "核对", "holder": world.people["community_worker"].pk, "workdays": "5", "due_on": ""}
    monkeypatch.setattr(clock, "today", lambda: TODAY)
    answer = client.post(address, fields)
    assert answer.status_code == 422
    assert "2027 年的节假日安排还没有录入" in answer.content.decode()
    enter_2027(world)
    assert client.post(address, fields).status_code == 302
    assert Task.objects.get().due_on == date(2027, 3, 8)


def test_two_colleagues_of_one_family_name_are_told_apart(world: World, signed_in: SignIn) -> None:
    for name, username in (("李一诺", "li_one"), ("李二白", "li_two")):
        made = make_person("community_worker", username)
        User.objects.filter(pk=made.pk).update(display_name=name)
    page = signed_in("street_clerk").get("/tasks/make/").content.decode()
    assert "李一诺（" in page
    assert "李二白（" in page


def test_nobody_outside_ones_places_can_be_given_a_task(world: World, signed_in: SignIn) -> None:
    fields = {"title": "核对", "holder": world.people["officer_elsewhere"].pk, "due_on": "2099-01-05"}
    assert signed_in("street_clerk").post(reverse("desk:make_task"), fields).status_code == 422
    assert not Task.objects.exists()
