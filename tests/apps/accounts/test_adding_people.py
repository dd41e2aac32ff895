"""The system administrator adds people, the security administrator appoints posts; each step is on record."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from gongdi.apps.accounts.models import Organisation, Post, User
from gongdi.apps.audit.models import Event
from tests.support.world import World

NEW = {"username": "linzhou", "display_name": "林舟"}
POST = {"kind": "street_clerk", "place": "330205004", "system": "nbs", "organisation": "文教街道测试单位"}


@pytest.fixture
def client(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("administrator")


@pytest.fixture
def security(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("security_administrator")


def test_a_new_person_signs_in_with_the_password_shown_once_and_must_change_it(
    client: Client, security: Client
) -> None:
    page = client.post("/people/add/", NEW).content.decode()
    found = re.search(r"<code[^>]*>([a-z0-9-]{19})</code>", page)
    assert found
    person = User.objects.get(username="linzhou")
    assert person.must_change_password
    assert person.held_posts == []
    assert found[1] not in client.get("/people/").content.decode()
    assert "任命岗位" in security.get("/").content.decode()
    assert security.post(f"/people/{person.pk}/appoint/", POST).status_code == 302
    assert [(str(post), post.place) for post in User.objects.get(pk=person.pk).held_posts] == [
        ("文教街道 街道经办", "330205004")
    ]
    entering = Client()
    entering.post("/sign-in/", {"username": "linzhou", "password": found[1]})
    assert entering.get("/").headers["Location"] == "/password/"


def test_adding_and_appointing_are_on_record_each_under_its_own_post(
    client: Client, security: Client, world: World
) -> None:
    page = client.post("/people/add/", NEW).content.decode()
    password = re.findall(r"<code[^>]*>([a-z0-9-]{19})</code>", page)[0]
    security.post(f"/people/{User.objects.get(username='linzhou').pk}/appoint/", POST)
    events = Event.objects.filter(verb__in=["accounts.add_person", "accounts.appoint_person"], object_name="林舟")
    assert [(each.actor, each.post) for each in events.order_by("number")] == [
        (world.people["administrator"], "全部 系统管理员"),
        (world.people["security_administrator"], "全部 安全管理员"),
    ]
    assert all(password not in str((each.before, each.after, each.why)) for each in events)


@pytest.mark.parametrize(("name", "why"), [("Auditor", "已有人使用"), ("林舟", "字母、数字")])
def test_a_name_that_does_not_fit_is_told_and_nobody_is_added(client: Client, name: str, why: str) -> None:
    before = User.objects.count()
    answer = client.post("/people/add/", {**NEW, "username": name})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert User.objects.count() == before


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"place": "330205"}, "应为街道（镇）"),
        ({"place": "330205099"}, "还没有登记"),
        ({"place": ""}, "应为街道（镇）"),
        ({"system": ""}, "请选择代码体系"),
        ({"system": "mca"}, "还没有登记对照"),
        ({"kind": "administrator"}, "互斥"),
        ({"kind": "emperor"}, "岗位"),
        ({"organisation": ""}, "单位"),
        ({"kind": "builder", "place": "330205"}, "至少填写一个小区"),
        ({"kind": "builder", "place": "330205", "objects": "梅堰新村\n无此小区"}, "“无此小区”"),
        ({"objects": "梅堰新村"}, "按区划管辖，不填小区"),
        ({"starts_on": "2027-03-02", "ends_on": "2027-03-01"}, "早于起始日期"),
    ],
)
def test_a_post_that_does_not_fit_is_told_beside_the_field_and_nothing_is_kept(
    security: Client, world: World, change: dict[str, str], why: str
) -> None:
    before = Post.objects.count(), Organisation.objects.count()
    answer = security.post(f"/people/{world.people['city_viewer'].pk}/appoint/", {**POST, **change})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert (Post.objects.count(), Organisation.objects.count()) == before


def test_a_further_post_lets_its_holder_do_more(security: Client, world: World) -> None:
    holder = world.people["finance_officer"]
    given = {"kind": "district_officer", "place": "330212", "system": "nbs", "organisation": "鄞州区测试单位"}
    assert security.post(f"/people/{holder.pk}/appoint/", given).status_code == 302
    assert User.objects.get(pk=holder.pk).may("places.import_roster", "330212001")


def test_an_ended_post_works_no_longer_and_its_reason_is_on_record(security: Client, world: World) -> None:
    clerk = world.people["street_clerk"]
    (post,) = clerk.held_posts
    assert security.post(f"/posts/{post.pk}/end/", {"why": ""}).status_code == 422
    assert security.post(f"/posts/{post.pk}/end/", {"why": "轮岗"}).status_code == 302
    assert not User.objects.get(pk=clerk.pk).may_anywhere("places.import_roster")
    assert Event.objects.get(verb="accounts.end_post").why == "轮岗"
    assert security.post(f"/posts/{post.pk}/end/", {"why": "轮岗"}).status_code == 404


def test_an_administrator_cannot_shut_themselves_out(security: Client, client: Client, world: World) -> None:
    (post,) = world.people["security_administrator"].held_posts
    answer = security.post(f"/posts/{post.pk}/end/", {"why": "误点"})
    assert answer.status_code == 422
    assert "另一位安全管理员" in answer.content.decode()
    assert Post.objects.get(pk=post.pk).ended_at is None
    answer = client.post(f"/people/{world.people['administrator'].pk}/disable/", {"why": "误点"})
    assert answer.status_code == 422
    assert User.objects.get(pk=world.people["administrator"].pk).is_active
