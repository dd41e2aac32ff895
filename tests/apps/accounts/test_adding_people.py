"""The administrator adds people and appoints posts; a password is shown once, and each step is on record."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from gongdi.apps.accounts.models import Organisation, Post, User
from gongdi.apps.audit.models import Event
from tests.support.world import World

NEW = {
    "username": "linzhou",
    "display_name": "林舟",
    "kind": "street_clerk",
    "place": "330205004",
    "organisation": "文教街道测试单位",
}


@pytest.fixture
def client(signed_in: Callable[[str], Client]) -> Client:
    return signed_in("administrator")


def test_a_new_person_signs_in_with_the_password_shown_once_and_must_change_it(client: Client) -> None:
    page = client.post("/people/add/", NEW).content.decode()
    found = re.search(r"<code[^>]*>([a-z0-9-]{19})</code>", page)
    assert found
    person = User.objects.get(username="linzhou")
    assert person.must_change_password
    assert [(str(post), post.place) for post in person.held_posts] == [("文教街道 街道经办", "330205004")]
    assert found[1] not in client.get("/people/").content.decode()
    entering = Client()
    entering.post("/sign-in/", {"username": "linzhou", "password": found[1]})
    assert entering.get("/").headers["Location"] == "/password/"


def test_adding_a_person_is_on_record_without_the_password(client: Client, world: World) -> None:
    page = client.post("/people/add/", NEW).content.decode()
    password = re.findall(r"<code[^>]*>([a-z0-9-]{19})</code>", page)[0]
    events = Event.objects.filter(verb__in=["accounts.add_person", "accounts.appoint_person"], object_name="林舟")
    assert [each.actor for each in events] == [world.people["administrator"]] * 2
    assert all(password not in str((each.before, each.after, each.why)) for each in events)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"username": "Auditor"}, "已有人使用"),
        ({"username": "林舟"}, "字母、数字"),
        ({"place": "330205"}, "应为街道（镇）"),
        ({"place": "330205099"}, "还没有登记"),
        ({"place": ""}, "应为街道（镇）"),
        ({"kind": "administrator"}, "应为全部（不填）"),
        ({"kind": "emperor"}, "岗位"),
        ({"organisation": ""}, "单位"),
    ],
)
def test_what_does_not_fit_is_told_beside_the_field_and_nothing_is_kept(
    client: Client, change: dict[str, str], why: str
) -> None:
    before = User.objects.count(), Post.objects.count(), Organisation.objects.count()
    answer = client.post("/people/add/", {**NEW, **change})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert (User.objects.count(), Post.objects.count(), Organisation.objects.count()) == before


def test_a_further_post_lets_its_holder_do_more(client: Client, world: World) -> None:
    holder = world.people["auditor"]
    given = {"kind": "district_officer", "place": "330212", "organisation": "鄞州区测试单位"}
    assert client.post(f"/people/{holder.pk}/appoint/", given).status_code == 302
    assert User.objects.get(pk=holder.pk).may("places.import_roster", "330212001")


def test_an_ended_post_works_no_longer_and_its_reason_is_on_record(client: Client, world: World) -> None:
    clerk = world.people["street_clerk"]
    (post,) = clerk.held_posts
    assert client.post(f"/posts/{post.pk}/end/", {"why": ""}).status_code == 422
    assert client.post(f"/posts/{post.pk}/end/", {"why": "轮岗"}).status_code == 302
    assert not User.objects.get(pk=clerk.pk).may_anywhere("places.import_roster")
    assert Event.objects.get(verb="accounts.end_post").why == "轮岗"
    assert client.post(f"/posts/{post.pk}/end/", {"why": "轮岗"}).status_code == 404


def test_an_administrator_cannot_shut_themselves_out(client: Client, world: World) -> None:
    (post,) = world.people["administrator"].held_posts
    answer = client.post(f"/posts/{post.pk}/end/", {"why": "误点"})
    assert answer.status_code == 422
    assert "另一位系统管理员" in answer.content.decode()
    assert Post.objects.get(pk=post.pk).ended_at is None
