"""Objections are answered before a result is final; then it is confirmed, submitted and received, in this order."""

from datetime import date

import pytest
from django.urls import reverse

from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.notices.objection_services import Said
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import result_services as results
from gongdi.apps.voting import services
from gongdi.apps.voting.duties import waiting_votes
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.publishing import VOTE
from tests.support import notices, polls
from tests.support.residents import make_account
from tests.support.world import NOW, World

LATE = date(2027, 3, 21)


def finish(world: World, vote: Vote) -> Vote:
    return services.finish_vote(vote=vote, today=LATE, by=world.people["street_clerk"], now=polls.AFTER)


def test_a_result_is_final_only_when_every_objection_is_answered(world: World) -> None:
    row = polls.objected(world)
    with pytest.raises(RefusedError, match="第 1 条"):
        finish(world, row.vote)
    by = world.people["street_clerk"]
    results.answer_objection(objection=row, answer="已核对", by=by, now=polls.AFTER)
    with pytest.raises(RefusedError, match="已经答复"):
        results.answer_objection(objection=row, answer="再答", by=by, now=polls.AFTER)
    assert finish(world, row.vote).state == "final"


def test_an_objection_after_the_publication_is_refused(world: World) -> None:
    with pytest.raises(RefusedError, match="已过提出异议的时间"):
        results.raise_objection(
            vote=polls.published(world), who="某人", text="晚了", today=LATE, by=world.people["street_clerk"], now=NOW
        )


def test_one_handed_in_on_the_last_day_is_written_down_afterwards(world: World) -> None:
    vote, clerk = polls.published(world), world.people["street_clerk"]
    given = {"vote": vote, "who": "某人", "text": "面积不对", "today": LATE, "by": clerk, "now": NOW}
    row = results.raise_objection(**given, received_on=date(2027, 3, 20))
    assert row.received_on == date(2027, 3, 20)
    for day, why in ((LATE, "已过提出异议"), (date(2027, 3, 22), "晚于今天"), (date(2027, 3, 1), "早于表决截止")):
        with pytest.raises(RefusedError, match=why):
            results.raise_objection(**given, received_on=day)
    with pytest.raises(RefusedError, match="第 1 条"):
        finish(world, vote)


def test_what_one_number_sends_twice_is_one_objection(world: World) -> None:
    given = {"vote": polls.published(world), "who": "业主", "text": "面积不对", "today": date(2027, 3, 9), "now": NOW}
    one, other = make_account(), make_account()
    results.raise_objection(**given, by=one)
    with pytest.raises(RefusedError, match="已经收到"):
        results.raise_objection(**given, by=one)
    results.raise_objection(**given, by=other)
    with pytest.raises(RefusedError, match="已过提出异议"):
        results.raise_objection(**{**given, "today": LATE}, by=other, received_on=date(2027, 3, 20))


def test_confirmation_submission_and_receipt_come_in_this_order_and_once(world: World) -> None:
    vote, given = polls.final(world), {"by": world.people["street_clerk"], "now": polls.AFTER, "note": ""}
    with pytest.raises(RefusedError, match="先确认"):
        results.submit_result(vote=vote, body="居民小组", **given)
    results.confirm_result(vote=vote, body="居民小组", **given)
    with pytest.raises(RefusedError, match="已经确认"):
        results.confirm_result(vote=vote, body="居民小组", **given)
    with pytest.raises(RefusedError, match="先提交街道"):
        results.receive_result(vote=vote, body="街道", **given)
    results.submit_result(vote=vote, body="居民小组", **given)
    results.receive_result(vote=vote, body="街道", **given)
    assert [step.kind for step in vote.steps.all()] == ["confirmed", "submitted", "received"]


def test_paper_against_a_notice_that_is_typed_in_late_holds_up_what_follows(world: World) -> None:
    vote, given = polls.published(world), notices.clerk(world, notices.AFTER)
    notice = notices.published(world, "vote", about=NamedObject(VOTE, vote.pk, vote.title))
    finish(world, vote)
    row = notices.entered(world, notice, now=notices.AFTER)
    with pytest.raises(RefusedError, match="公示中的异议"):
        results.confirm_result(vote=vote, body="居民小组", note="", **given)
    notices.answered(world, row, now=notices.AFTER)
    results.confirm_result(vote=vote, body="居民小组", note="", **given)
    row = notices.entered(world, notice, said=Said("objection", "另有一条"), now=notices.AFTER)
    with pytest.raises(RefusedError, match="公示中的异议"):
        results.submit_result(vote=vote, body="居民小组", note="", **given)


def test_the_record_for_signature_has_roll_channels_bounds_and_lines(world: World, signed_in) -> None:
    vote = polls.received_by_street(world).vote
    page = signed_in("street_clerk").get(reverse("voting:print_record", args=[vote.pk])).content.decode()
    for words in ("业主表决情况记录", "民法典278", "人数计法", "监票人", "入户", "街道收件：文教街道"):
        assert words in page


def test_what_waits_stands_on_the_list_of_who_may_do_it(world: World) -> None:
    polls.objected(world)
    vote = polls.opened(world)
    polls.received(world, vote)
    clerk, auditor = world.people["street_clerk"], world.people["auditor"]
    found = sorted((duty.action, duty.count) for duty in waiting_votes(clerk, polls.AFTER))
    assert found == [("去录入", 1), ("去答复", 1), ("截止并计票", 1)]
    assert waiting_votes(auditor, polls.AFTER) == []


def test_the_page_of_staff_asks_for_the_day_and_keeps_it(world: World, signed_in, monkeypatch) -> None:
    vote = polls.published(world)
    monkeypatch.setattr("gongdi.web.clock.today", lambda: LATE)
    client, address = signed_in("street_clerk"), reverse("voting:raise_objection", args=[vote.pk])
    assert 'value="2027-03-21"' in client.get(address).content.decode()
    sent = {"who": "3幢业主", "text": "面积不对", "received_on": "2027-03-20"}
    assert client.post(address, sent).status_code == 302
    page = client.get(reverse("voting:see_objections", args=[vote.pk])).content.decode()
    assert "2027-03-20 收到" in page
