"""Opening a vote and making its result final ask first, on a page that says what is fixed."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.publishing import VOTE
from gongdi.web import clock
from tests.support import notices, polls
from tests.support.polls import AFTER
from tests.support.world import NOW, World

SignedIn = Callable[[str], Client]


def test_opening_says_what_is_fixed_and_opens_only_when_pressed(
    world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongdi.web.clock.now", lambda: NOW)
    vote, client = polls.frozen(world), signed_in("street_clerk")
    address = reverse("voting:open_vote", args=[vote.pk])
    assert address in client.get(reverse("voting:see_vote", args=[vote.pk])).content.decode()
    page = client.get(address).content.decode()
    for told in (
        vote.matters.all()[0].rule_title,
        f"业主 {vote.heads} 人",
        vote.heads_rule_title,
        "梅堰新村，全小区",
        "共有的房屋只由推选的一人投票",
        "公开文件里不写房屋",
        "不能撤回",
        "先不办",
    ):
        assert told in page
    vote.refresh_from_db()
    assert vote.state == "rolled"
    assert client.post(address).status_code == 302
    vote.refresh_from_db()
    assert vote.state == "open"


def test_a_vote_whose_time_is_over_has_no_button_to_open_it(world: World, signed_in: SignedIn) -> None:
    vote, client = polls.frozen(world), signed_in("street_clerk")
    type(vote).objects.filter(pk=vote.pk).update(
        until=clock.now().replace(year=2020), since=NOW.replace(year=2019), made_at=NOW.replace(year=2018)
    )
    page = client.get(reverse("voting:open_vote", args=[vote.pk])).content.decode()
    assert "投票时间已过" in page
    assert '<button class="btn btn-primary">' not in page
    refused = client.post(reverse("voting:open_vote", args=[vote.pk]))
    assert refused.status_code == 422
    assert "没有办成" in refused.content.decode()


def test_a_result_becomes_final_only_when_pressed_and_the_page_says_what_hinders(
    world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, client = polls.objected(world), signed_in("street_clerk")
    vote = row.vote
    address = reverse("voting:finish_vote", args=[vote.pk])
    monkeypatch.setattr("gongdi.web.clock.today", lambda: vote.objections_until)
    page = client.get(address).content.decode()
    assert "期满后才能生效" in page
    assert "第 1 条" in page
    monkeypatch.setattr("gongdi.web.clock.today", lambda: AFTER.date().replace(month=6))
    assert "没有答复" in client.post(address).content.decode()
    row.answer, row.answered_at, row.answered_by = "已核对", AFTER, world.people["street_clerk"]
    row.save()
    page = client.get(address).content.decode()
    assert "现在还不能办" not in page
    assert vote.matters.all()[0].title in page
    assert "同意 1 人" in page
    assert client.post(address).status_code == 302
    vote.refresh_from_db()
    assert vote.state == "final"


@pytest.mark.parametrize(
    ("step", "make", "told"),
    [
        ("finish_vote", polls.drafted, "起草"),
        ("finish_vote", polls.opened, "投票中"),
        ("finish_vote", polls.closed, "已截止"),
        ("open_vote", polls.drafted, "起草"),
        ("open_vote", polls.opened, "投票中"),
    ],
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_step_that_cannot_be_done_where_the_vote_stands_says_so_and_tells_no_verdict(
    world: World, signed_in: SignedIn, step: str, make: Callable[[World], Vote], told: str, method: str
) -> None:
    vote, client = make(world), signed_in("street_clerk")
    state = vote.state
    answer = getattr(client, method)(reverse(f"voting:{step}", args=[vote.pk]), follow=True)
    assert answer.redirect_chain == [(reverse("voting:see_vote", args=[vote.pk]), 302)]
    said = [str(each) for each in answer.context["messages"]]
    assert said == [f"这次表决{told}，不能办理这一步。请刷新页面。"]
    vote.refresh_from_db()
    assert vote.state == state


def test_a_very_long_objection_is_folded_and_wholly_there(world: World, signed_in: SignedIn) -> None:
    row = polls.objected(world)
    row.text = "我家面积不对。" * 1200
    row.save()
    page = signed_in("street_clerk").get(reverse("voting:see_objections", args=[row.vote_id])).content.decode()
    assert "看全文（共 8,400 字）" in page
    assert "<details" in page
    assert row.text in page


def test_what_hinders_leads_to_the_notice_where_it_is_answered(world: World, signed_in: SignedIn) -> None:
    now = clock.now()
    vote = polls.frozen(world, since=now + timedelta(days=1), until=now + timedelta(days=9), now=now)
    notice = notices.published(world, "roll", now=now, about=NamedObject(VOTE, vote.pk, vote.title))
    notices.raised(world, notice, now=now)
    page = signed_in("street_clerk").get(reverse("voting:open_vote", args=[vote.pk])).content.decode()
    assert "现在还不能办" in page
    assert f'href="{reverse("notices:see_notice", args=[notice.pk])}"' in page
    assert "名册还没有公示过" not in page
