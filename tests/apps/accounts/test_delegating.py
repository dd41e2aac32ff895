"""A post is handed to another from a day to a day: it counts meanwhile, is told in the chain, and ends by itself."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.models import Delegation, Organisation, Post, User
from gongdi.apps.accounts.permissions import ADMINISTRATORS, PostKind
from gongdi.apps.accounts.post_services import appoint_person, delegate_post, end_post, withdraw_delegation
from gongdi.apps.audit.models import Event
from gongdi.apps.places.access import visible_compounds
from gongdi.web import clock
from tests.support.world import World

MOVE = "places.move_compound"


def delegate(world: World, role: str = "district_officer", to: str = "street_clerk", begin: int = 0, end: int = 7):  # type: ignore[no-untyped-def]
    today = clock.today()
    return delegate_post(
        post=world.people[role].held_posts[0],
        to=world.people[to],
        starts_on=today + timedelta(days=begin),
        ends_on=today + timedelta(days=end),
        why="休假",
        by=world.people[role],
        now=clock.now(),
    )


def anew(person: User) -> User:
    return User.objects.get(pk=person.pk)


def test_the_deputy_may_what_the_holder_may_and_the_holder_keeps_it(world: World) -> None:
    delegate(world)
    clerk, officer = anew(world.people["street_clerk"]), anew(world.people["district_officer"])
    assert clerk.may(MOVE, "330205001")
    assert officer.may(MOVE, "330205001")
    assert visible_compounds(clerk).count() == visible_compounds(officer).count() == 4


@pytest.mark.parametrize(("begin", "end", "may"), [(0, 0, True), (1, 5, False), (-5, 0, True), (-5, -1, False)])
def test_it_counts_from_its_first_day_to_its_last(world: World, begin: int, end: int, may: bool) -> None:
    made = delegate(world)
    today = clock.today()
    Delegation.objects.filter(pk=made.pk).update(
        starts_on=today + timedelta(days=begin), ends_on=today + timedelta(days=end)
    )
    assert anew(world.people["street_clerk"]).may(MOVE, "330205") is may


def test_what_is_done_under_it_says_so_in_the_chain(world: World, signed_in: Callable[[str], Client]) -> None:
    delegate(world)
    compound = world.compounds["星桥公寓"]
    client = signed_in("street_clerk")
    assert client.post(f"/compounds/{compound.pk}/move/", {"target": "formed", "why": ""}).status_code == 302
    event = Event.objects.get(verb=MOVE)
    assert (event.actor, event.post) == (world.people["street_clerk"], "代 测试员：江北区 区住建局经办")


def test_what_the_deputy_may_by_their_own_post_is_done_under_that(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    delegate(world)
    compound = world.compounds["梅堰新村"]
    given = {"value": "true", "source": "入户", "recorded_on": "2026-06-01", "sureness": "verified"}
    signed_in("street_clerk").post(f"/compounds/{compound.pk}/facts/upkeep_neglected/", given)
    assert {each.post for each in Event.objects.filter(verb="places.record_fact")} <= {"文教街道 街道经办"}


def test_it_is_never_handed_on(world: World, signed_in: Callable[[str], Client]) -> None:
    made = delegate(world)
    client = signed_in("street_clerk")
    assert client.get(f"/posts/{made.post.pk}/delegate/").status_code == 404
    assert [post.kind for post in Post.objects.filter(holder=world.people["street_clerk"])] == ["street_clerk"]


@pytest.mark.parametrize("role", ["administrator", "security_administrator", "audit_administrator"])
def test_an_administrators_post_cannot_be_handed_out_nor_a_post_to_an_administrator(role: str, world: World) -> None:
    with pytest.raises(RefusedError, match="不能委托代理"):
        delegate(world, role, "street_clerk")
    with pytest.raises(RefusedError, match="管理员岗位"):
        delegate(world, "district_officer", role)


@pytest.mark.parametrize(
    ("to", "begin", "end", "why"),
    [
        ("district_officer", 0, 3, "岗位本人"),
        ("street_clerk", 3, 1, "早于起始"),
        ("street_clerk", -9, -1, "已过"),
        ("street_clerk", 0, 400, "最长一年"),
    ],
)
def test_days_and_people_that_make_no_sense_are_refused(to: str, begin: int, end: int, why: str, world: World) -> None:
    with pytest.raises(RefusedError, match=why):
        delegate(world, to=to, begin=begin, end=end)
    assert not Delegation.objects.exists()


def test_a_post_is_not_handed_twice_to_one_person_for_the_same_days(world: World) -> None:
    first = delegate(world, end=7)
    for begin, end in ((0, 7), (7, 9)):
        with pytest.raises(RefusedError, match="重叠"):
            delegate(world, begin=begin, end=end)
    assert delegate(world, to="finance_officer").pk, "another person may act beside them"
    assert delegate(world, begin=8, end=9).pk
    withdraw_delegation(delegation=first, why="返岗", by=first.post.holder, now=clock.now())
    assert not anew(world.people["street_clerk"]).may_anywhere(MOVE), "nothing else keeps it in force today"
    assert delegate(world, end=7).pk, "what was withdrawn is in nobody's way"


def test_the_page_tells_that_a_post_is_handed_out_already(world: World, signed_in: Callable[[str], Client]) -> None:
    officer, today = signed_in("district_officer"), clock.today()
    (post,) = world.people["district_officer"].held_posts
    given = {"to": "street_clerk", "starts_on": today, "ends_on": today + timedelta(days=2), "why": "培训"}
    assert officer.post(f"/posts/{post.pk}/delegate/", given).status_code == 302
    again = officer.post(f"/posts/{post.pk}/delegate/", given)
    assert (again.status_code, "请先撤回原来的代理" in again.content.decode()) == (422, True)
    assert Delegation.objects.count() == 1


def test_it_ends_with_the_post_with_its_withdrawal_and_when_the_holder_is_disabled(world: World) -> None:
    made, clerk = delegate(world), world.people["street_clerk"]
    User.objects.filter(pk=made.post.holder_id).update(is_active=False)
    assert not anew(clerk).may_anywhere(MOVE)
    User.objects.filter(pk=made.post.holder_id).update(is_active=True)
    assert anew(clerk).may_anywhere(MOVE)
    withdraw_delegation(delegation=made, why="返岗", by=made.post.holder, now=clock.now())
    assert not anew(clerk).may_anywhere(MOVE)
    again = delegate(world)
    end_post(post=again.post, why="调离", by=world.people["security_administrator"], now=clock.now())
    assert not anew(clerk).may_anywhere(MOVE)


def test_the_pages_hand_out_and_take_back(world: World, signed_in: Callable[[str], Client]) -> None:
    officer, today = signed_in("district_officer"), clock.today()
    (post,) = world.people["district_officer"].held_posts
    given = {"to": "Street_Clerk", "starts_on": today, "ends_on": today + timedelta(days=2), "why": "培训"}
    refused = officer.post(f"/posts/{post.pk}/delegate/", {**given, "to": "nobody"})
    assert refused.status_code == 422
    assert "没有这个登录名" in refused.content.decode()
    assert officer.post(f"/posts/{post.pk}/delegate/", given).status_code == 302
    made = Delegation.objects.get()
    assert "代理：江北区 区住建局经办" in signed_in("street_clerk").get("/").content.decode()
    assert signed_in("street_clerk").post(f"/delegations/{made.pk}/withdraw/", {"why": "x"}).status_code == 404
    assert officer.post(f"/delegations/{made.pk}/withdraw/", {"why": "提前返岗"}).status_code == 302
    assert Event.objects.get(verb="accounts.withdraw_delegation").why == "提前返岗"


def test_a_post_counts_from_its_first_day_to_its_last(world: World) -> None:
    today, day = clock.today(), timedelta(days=1)
    (post,) = world.people["district_officer"].held_posts
    for first, last, may in (
        (today, today, True),
        (today + day, None, False),
        (None, today - day, False),
        (None, today, True),
        (today - day, today + day, True),
    ):
        Post.objects.filter(pk=post.pk).update(starts_on=first, ends_on=last)
        assert anew(world.people["district_officer"]).may_anywhere(MOVE) is may


def appointed(person: User, kind: PostKind) -> Post:
    house = Organisation.objects.first()
    assert house is not None
    return appoint_person(
        holder=person, kind=kind, organisation=house, place="", place_name="全部", by=None, now=clock.now()
    )


@pytest.mark.parametrize("kind", sorted(ADMINISTRATORS))
@pytest.mark.parametrize(("begin", "end"), [(0, 0), (0, 7), (3, 7)])
def test_who_acts_for_another_or_soon_will_does_not_become_an_administrator(
    world: World, kind: PostKind, begin: int, end: int
) -> None:
    deputy = world.people["street_clerk"]
    end_post(post=deputy.held_posts[0], why="转岗", by=world.people["security_administrator"], now=clock.now())
    delegate(world, begin=begin, end=end)
    with pytest.raises(RefusedError, match=r"代理业务岗位.*请先撤回代理"):
        appointed(deputy, kind)
    assert not Post.objects.filter(holder=deputy, kind=kind).exists()
    assert appointed(deputy, PostKind.PROVINCE_VIEWER).pk


def test_a_delegation_withdrawn_or_over_stands_in_no_administrators_way(world: World) -> None:
    deputy = world.people["street_clerk"]
    end_post(post=deputy.held_posts[0], why="转岗", by=world.people["security_administrator"], now=clock.now())
    over, withdrawn = delegate(world), delegate(world, role="street_leader")
    yesterday = clock.today() - timedelta(days=1)
    Delegation.objects.filter(pk=over.pk).update(starts_on=yesterday, ends_on=yesterday)
    withdraw_delegation(delegation=withdrawn, why="提前返岗", by=world.people["street_leader"], now=clock.now())
    assert appointed(deputy, PostKind.ADMINISTRATOR).pk
