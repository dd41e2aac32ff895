"""Posts are given by somebody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from gongdi.apps.accounts import post_services
from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.models import Organisation, Post, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.web import clock
from tests.support.world import NOW, World


def test_nobody_gives_a_post_to_oneself(world: World) -> None:
    own = world.people["security_administrator"]
    before = Post.objects.count()
    with pytest.raises(RefusedError, match="另一位安全管理员"):
        post_services.appoint_person(
            holder=own, kind=PostKind.SECURITY_ADMINISTRATOR, organisation=Organisation.objects.all()[0], place="",
            place_name="全部", by=own, now=NOW,
        )  # fmt: skip
    assert Post.objects.count() == before


def appoint(person: User, kind: PostKind, place: str = "330205", **days: object) -> Post:
    house, _ = Organisation.objects.get_or_create(name="某单位", place="330205", defaults={"kind": "部门"})
    return post_services.appoint_person(
        holder=person, kind=kind, organisation=house, place=place, place_name="江北区", by=None, now=clock.now(),
        **days,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_post_that_is_over_before_it_is_given_is_refused(world: World) -> None:
    yesterday = clock.today() - timedelta(days=1)
    with pytest.raises(RefusedError, match="截止日期已过"):
        appoint(world.people["finance_officer"], PostKind.DEPARTMENT_OFFICER, ends_on=yesterday)
    assert appoint(world.people["finance_officer"], PostKind.DEPARTMENT_OFFICER, ends_on=clock.today()).pk


def test_nobody_gets_the_same_post_twice_for_the_same_days(world: World) -> None:
    person, today = world.people["finance_officer"], clock.today()
    first = appoint(person, PostKind.DEPARTMENT_OFFICER, ends_on=today)
    with pytest.raises(RefusedError, match="已有这个岗位"):
        appoint(person, PostKind.DEPARTMENT_OFFICER)
    assert appoint(person, PostKind.DEPARTMENT_OFFICER, starts_on=today + timedelta(days=1)).pk
    assert appoint(person, PostKind.DEPARTMENT_OFFICER, place="330206").pk
    post_services.end_post(post=first, why="转岗", by=world.people["security_administrator"], now=clock.now())
    assert appoint(person, PostKind.DEPARTMENT_OFFICER, ends_on=today).pk


@pytest.mark.parametrize(
    ("held", "new"),
    [("auditor", PostKind.DISTRICT_OFFICER), ("auditor", PostKind.FINANCE_OFFICER), ("street_clerk", PostKind.AUDITOR)],
)
def test_whoever_audits_holds_no_post_that_writes(held: str, new: PostKind, world: World) -> None:
    with pytest.raises(RefusedError, match="审计只看不办"):
        appoint(world.people[held], new)


def test_whoever_audits_may_view_for_a_city_too_and_acts_for_nobody_who_writes(world: World) -> None:
    auditor, today = world.people["auditor"], clock.today()
    assert appoint(auditor, PostKind.CITY_VIEWER, place="3302").pk
    officer = world.people["district_officer"]
    with pytest.raises(RefusedError, match="审计岗位"):
        post_services.delegate_post(
            post=officer.held_posts[0], to=auditor, starts_on=today, ends_on=today, why="试", by=officer,
            now=clock.now(),
        )  # fmt: skip
    assert not auditor.may_anywhere("places.move_compound")


def test_the_page_tells_the_second_of_two_equal_appointments(world: World, signed_in: Callable[[str], Client]) -> None:
    client, person = signed_in("security_administrator"), world.people["finance_officer"]
    given = {"kind": "department_officer", "place": "330205", "system": "nbs", "organisation": "某局"}
    assert client.post(f"/people/{person.pk}/appoint/", given).status_code == 302
    again = client.post(f"/people/{person.pk}/appoint/", given)
    assert (again.status_code, "已有这个岗位" in again.content.decode()) == (422, True)
    past = client.post(f"/people/{person.pk}/appoint/", {**given, "organisation": "另一局", "ends_on": "2020-01-01"})
    assert (past.status_code, "截止日期已过" in past.content.decode()) == (422, True)
    assert Post.objects.filter(holder=person, kind="department_officer").count() == 1
