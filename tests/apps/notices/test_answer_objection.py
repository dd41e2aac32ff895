"""Objections: in time or not, answered, told; what they do to the notice."""

from datetime import timedelta

import pytest

from gongdi.apps.audit.models import Event
from gongdi.apps.notices import queries, services
from gongdi.apps.notices.models import Notice, Objection
from gongdi.apps.notices.objection_services import raise_objection
from gongdi.apps.notices.queries import hindrances_of
from gongdi.apps.places.services import RefusedError
from tests.support import notices
from tests.support.notices import AFTER, LAST, OBJECTION, QUESTION, clerk
from tests.support.world import NOW, TODAY, World


def test_an_objection_after_the_last_day_is_refused_a_question_is_not(world: World) -> None:
    notice = notices.published(world)
    account = notices.owner(world)
    with pytest.raises(RefusedError, match="公示期内"):
        raise_objection(notice=notice, said=OBJECTION, by=account, now=AFTER)
    assert raise_objection(notice=notice, said=QUESTION, by=account, now=AFTER).number == 1


def test_one_on_paper_counts_by_the_day_it_came_and_reopens_a_final_notice(world: World) -> None:
    notice = notices.final(world)
    row = notices.entered(world, notice, received_on=LAST, now=AFTER)
    notice.refresh_from_db()
    assert (notice.state, notice.final_at) == ("ended", None)
    with pytest.raises(RefusedError, match=f"第 {row.number} 号异议"):
        services.finish_notice(notice=notice, **clerk(world, AFTER))
    notices.answered(world, row, now=AFTER)
    assert services.finish_notice(notice=notice, **clerk(world, AFTER)).state == "final"


@pytest.mark.parametrize("day", [TODAY - timedelta(days=1), LAST + timedelta(days=1)])
def test_one_on_paper_that_came_outside_the_period_is_no_objection(world: World, day: object) -> None:
    notice = notices.published(world)
    with pytest.raises(RefusedError, match="公示期内"):
        notices.entered(world, notice, received_on=day, now=AFTER)  # type: ignore[arg-type]
    assert not Objection.objects.exists()


def test_a_name_on_paper_is_kept_masked_and_no_event_holds_what_was_written(world: World) -> None:
    row = notices.entered(world, notices.published(world))
    assert row.said_by == "王**"
    notices.answered(world, row)
    told = " ".join(f"{event.before} {event.after} {event.why}" for event in Event.objects.all())
    assert "排水" not in told
    assert "王小明" not in told


def test_an_accepted_objection_that_asks_for_a_change_keeps_the_notice_from_being_final(world: World) -> None:
    notice = notices.published(world)
    notices.answered(world, notices.raised(world, notice), "revise")
    notice = services.end_notice(notice=notice, ended_on=LAST, **clerk(world, AFTER))
    with pytest.raises(RefusedError, match="更正后重新公示"):
        services.finish_notice(notice=notice, **clerk(world, AFTER))


def test_an_answer_needs_its_outcome_and_is_given_once(world: World) -> None:
    row = notices.raised(world)
    with pytest.raises(RefusedError, match="处理结果"):
        notices.answered(world, row, "")
    notices.answered(world, row)
    with pytest.raises(RefusedError, match="已经答复"):
        notices.answered(world, row)


def test_whoever_came_in_person_must_have_been_told(world: World) -> None:
    row = notices.entered(world, notices.published(world))
    with pytest.raises(RefusedError, match="告知"):
        notices.answered(world, row, told=" ")


def test_the_same_words_sent_twice_are_kept_once(world: World) -> None:
    notice, account = notices.published(world), notices.owner(world)
    raise_objection(notice=notice, said=OBJECTION, by=account, now=NOW)
    with pytest.raises(RefusedError, match="已经收到，编号 1"):
        raise_objection(notice=notice, said=OBJECTION, by=account, now=NOW)
    assert Objection.objects.count() == 1


def corrected(world: World, old: Notice) -> Notice:
    """Version two, published five days after version one."""
    later = NOW + timedelta(days=5)
    new = services.correct_notice(notice=old, words=notices.WORDS, why="漏画排水", **clerk(world, later))
    return services.publish_notice(
        notice=new, starts_on=later.date(), length=notices.WEEK, basis="同上一版", **clerk(world, later)
    )


def test_paper_received_before_a_correction_is_kept_with_the_version_it_was_about(world: World) -> None:
    old = notices.published(world)
    new = corrected(world, old)
    row = notices.entered(world, new, received_on=TODAY + timedelta(days=2), now=NOW + timedelta(days=6))
    assert row.notice_id == old.pk
    after = NOW + timedelta(days=14)
    assert [each.what for each in hindrances_of(new, after.date())] == ["第 1 号异议"]
    late = notices.entered(world, new, received_on=TODAY + timedelta(days=5), now=NOW + timedelta(days=6))
    assert late.notice_id == new.pk
    assert [each.pk for each in queries.objections_of(new)] == [late.pk, row.pk]
    for each in (row, late):
        notices.answered(world, each, now=after)
    assert hindrances_of(new, after.date()) == []


def test_an_objection_to_the_earlier_version_accepted_only_now_asks_for_another_correction(world: World) -> None:
    old = notices.published(world)
    before = notices.raised(world, old)
    notices.answered(world, before, "revise", now=NOW + timedelta(days=3))
    new = corrected(world, old)
    after = NOW + timedelta(days=14)
    assert hindrances_of(new, after.date()) == []
    row = notices.entered(world, new, received_on=TODAY + timedelta(days=2), now=NOW + timedelta(days=6))
    notices.answered(world, row, "revise", now=after)
    assert [each.why for each in hindrances_of(new, after.date())] == ["已采纳，公示内容要修改"]


def test_paper_received_before_a_withdrawal_is_taken_down_afterwards_and_answered(world: World) -> None:
    notice = services.withdraw_notice(notice=notices.published(world), why="方案要大改", **clerk(world, AFTER))
    row = notices.entered(world, notice, received_on=LAST, now=AFTER)
    assert (row.notice, row.answered_at) == (notice, None)
    notice.refresh_from_db()
    assert notice.state == "withdrawn"
    with pytest.raises(RefusedError, match="公示期内"):
        notices.entered(world, notice, received_on=LAST + timedelta(days=1), now=AFTER)
    assert notices.answered(world, row, now=AFTER).answered_at


def test_a_draft_that_was_withdrawn_takes_none(world: World) -> None:
    notice = services.withdraw_notice(notice=notices.drafted(world), why="写错", **clerk(world))
    with pytest.raises(RefusedError, match="没有发布过"):
        notices.entered(world, notice)
