"""Residents see how far the renewal of their own compounds is, and of no others."""

from __future__ import annotations

from datetime import timedelta

from django.test import Client

from gongdi.apps.progress.models import Milestone
from gongdi.apps.progress.nodes import Node
from gongdi.apps.progress.own import PLAINLY
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.web import clock
from tests.support.residents import entered
from tests.support.world import NOW, World


def bound(world: World, state: str = "confirmed") -> Client:
    client = entered()
    DwellingBinding.objects.create(
        account=Account.objects.latest("pk"), compound=world.compounds["梅堰新村"], building="1幢", room="101",
        relation="owner", state=state, asked_at=NOW,
    )  # fmt: skip
    return client


def milestone(world: World, node: Node, days: int, *, done: bool = False, why: str = "", of: str = "梅堰新村") -> None:
    day = clock.today() + timedelta(days=days)
    Milestone.objects.create(
        compound=world.compounds[of], node=node, first_due_on=day, due_on=day, done_on=day if done else None,
        late_why=why, changed_at=NOW,
    )  # fmt: skip


def test_what_is_done_what_comes_next_and_why_something_is_late_stand_on_the_page(world: World) -> None:
    milestone(world, Node.SURVEYED, -30, done=True)
    milestone(world, Node.WISHES, -3, why="等待补登面积")
    milestone(world, Node.SCHEME, 20)
    page = bound(world).get("/my/progress/").content.decode()
    for words in ("下一步：<strong>问大家想改什么", "原因：等待补登面积", "做出改造方案", "正在了解情况"):
        assert words in page
    assert page.index("看清小区的情况") < page.index("做出改造方案")


def test_another_compounds_way_is_not_shown(world: World) -> None:
    milestone(world, Node.SCHEME, 20, of="翠柏花园")
    page = bound(world).get("/my/progress/").content.decode()
    assert "翠柏花园" not in page
    assert "还没有排日子" in page


def test_before_the_community_has_confirmed_nothing_is_shown(world: World) -> None:
    milestone(world, Node.STARTED, 20)
    page = bound(world, "waiting").get("/my/progress/").content.decode()
    assert "梅堰新村" not in page
    assert "社区确认了您的房屋以后" in page


def test_every_node_has_its_plain_words() -> None:
    assert set(PLAINLY) == set(Node)
