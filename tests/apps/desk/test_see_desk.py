"""The desk of a person with every kind of post at once, while everything waits that can wait."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongdi.apps.accounts.models import Organisation, Post, User
from gongdi.apps.accounts.permissions import ADMINISTRATORS
from gongdi.apps.accounts.post_services import end_post
from gongdi.apps.places.models import Compound
from gongdi.apps.policy import kept, warming
from gongdi.apps.policy.warming import warm
from tests.support import issues, mobilisation, notices, polls, rounds, survey
from tests.support.tasks import a_task
from tests.support.world import NOW, POSTS, TIED_TO, World, tie

MOST_QUERIES = 30


def _everything(world: World) -> User:
    person = world.people["community_worker"]
    for kind, place, place_name in POSTS.values():
        if kind not in ADMINISTRATORS:
            house, _ = Organisation.objects.get_or_create(
                name=f"{place_name}测试单位", place=place, defaults={"kind": "测试"}
            )
            Post.objects.create(
                holder=person, organisation=house, kind=kind, place=place, place_name=place_name, since=NOW
            )
    person = User.objects.get(pk=person.pk)
    tie(person, world.compounds[TIED_TO])
    vote = polls.opened(world)
    polls.received(world, vote)
    notices.published(world, "works")
    rounds.opened(world)
    survey.waiting(world)
    issues.reported(world)
    issues.assigned(world)
    issues.topic(world)
    a_task(world)
    mobilisation.drive_of(world, vote)
    return User.objects.get(pk=person.pk)


def test_who_has_no_post_is_told_so(world: World, client: Client) -> None:
    clerk = world.people["street_clerk"]
    client.force_login(clerk)
    assert "您现在没有岗位" not in client.get("/").content.decode()
    end_post(post=clerk.held_posts[0], why="调离", by=world.people["security_administrator"], now=NOW)
    assert "您现在没有岗位" in client.get("/").content.decode()


def test_the_desk_of_a_person_with_every_post_needs_few_queries(world: World) -> None:
    """Once the facts are kept, which a server does at its start (policy/warming.py)."""
    person = _everything(world)
    client = Client()
    client.force_login(person)
    client.get("/")
    with CaptureQueriesContext(connection) as found:
        page = client.get("/")
    assert {duty.title for duty, _ in page.context["duties"]} >= {
        "上门动员", "分派现场问题", "审核摸底填报", "补充事实以判定纳入范围", "张贴施工公告", "补齐产权资料",
    }  # fmt: skip
    assert len(found) <= MOST_QUERIES, "\n".join(each["sql"][:230] for each in found)


def test_the_first_page_after_a_start_needs_few_queries_too(world: World) -> None:
    client = Client()
    client.force_login(_everything(world))
    kept.forget()
    assert warm() == Compound.objects.count()
    with CaptureQueriesContext(connection) as found:
        assert client.get("/").status_code == 200
    assert len(found) <= MOST_QUERIES, "\n".join(each["sql"][:230] for each in found)


def test_more_compounds_than_a_city_has_are_read_as_asked(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warming, "MOST", 1)
    assert warm() == 0
