"""A notice from draft to final, its corrections, what it tells the rules."""

from datetime import date, timedelta
from typing import Any

import pytest

from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.notices import services
from gongdi.apps.notices.models import Notice
from gongdi.apps.notices.queries import NoticeState, hindrances_of, states_of
from gongdi.apps.notices.services import Words
from gongdi.apps.places.facts import known_of
from gongdi.apps.places.services import RefusedError
from gongdi.core.notices.period import Length, Unit
from tests.support import notices
from tests.support.notices import AFTER, LAST, WEEK, clerk
from tests.support.world import NOW, TODAY, World

ABOUT = NamedObject("voting.vote", 7, "改造方案表决")


def states(day: date) -> list[NoticeState]:
    return states_of("voting.vote", [7], day)


def test_its_last_day_is_counted_in_working_days_where_the_clause_says_so(world: World) -> None:
    # 2026-04-03 is a Friday before Qingming: 4 to 6 April are off.
    now = NOW.replace(year=2026, month=4, day=3)
    notice = services.publish_notice(
        notice=notices.drafted(world, now=now), starts_on=now.date(), length=Length(2, Unit.WORKING),
        basis="文件 四(二)", **clerk(world, now),
    )  # fmt: skip
    assert str(notice.ends_on) == "2026-04-08"


@pytest.mark.parametrize(
    ("starts_in", "length", "basis", "told"),
    [
        (-1, WEEK, "商定", "过去的日期"),
        (0, WEEK, "  ", "期限的依据"),
        (0, Length(300, Unit.WORKING), "商定", "还没有录入"),
    ],
)
def test_what_cannot_be_published_says_why_and_stays_a_draft(
    world: World, starts_in: int, length: Length, basis: str, told: str
) -> None:
    notice = notices.drafted(world)
    with pytest.raises(RefusedError, match=told):
        services.publish_notice(
            notice=notice, starts_on=TODAY + timedelta(days=starts_in), length=length, basis=basis, **clerk(world)
        )
    notice.refresh_from_db()
    assert (notice.state, notice.ends_on) == ("draft", None)


def test_a_first_posting_late_moves_the_end_by_as_many_days(world: World) -> None:
    notice = notices.published(world, "works")
    notices.posted(world, notice, on=TODAY + timedelta(days=3), now=NOW + timedelta(days=3))
    notice.refresh_from_db()
    assert notice.ends_on == LAST + timedelta(days=3)
    # A posting of the first day, recorded later, moves it back.
    notices.posted(world, notice, on=TODAY, now=NOW + timedelta(days=4))
    notice.refresh_from_db()
    assert (notice.started_on, notice.ends_on) == (TODAY, LAST)


def test_it_does_not_end_before_its_last_day_is_over_nor_was_it_taken_down_before(world: World) -> None:
    notice = notices.published(world)
    with pytest.raises(RefusedError, match="为止"):
        services.end_notice(notice=notice, ended_on=LAST, **clerk(world, NOW + timedelta(days=7)))
    with pytest.raises(RefusedError, match="提前撤下"):
        services.end_notice(notice=notice, ended_on=LAST - timedelta(days=1), **clerk(world, AFTER))
    assert services.end_notice(notice=notice, ended_on=LAST, **clerk(world, AFTER)).state == "ended"


def test_a_works_notice_is_final_only_with_a_photo_of_it_on_the_board(world: World) -> None:
    notice = notices.ended(world, "works")
    with pytest.raises(RefusedError, match="张贴凭证"):
        services.finish_notice(notice=notice, **clerk(world, AFTER))
    notices.posted(world, notice, now=AFTER)
    notice.refresh_from_db()
    assert services.finish_notice(notice=notice, **clerk(world, AFTER)).state == "final"


def test_a_correction_takes_the_old_ones_place_and_starts_the_period_anew(world: World) -> None:
    old = notices.published(world, about=ABOUT)
    later = NOW + timedelta(days=5)
    new = services.correct_notice(
        notice=old, words=Words("更正", "新图", "街道办"), why="漏画排水", **clerk(world, later)
    )
    old.refresh_from_db()
    assert (old.state, new.state, new.version) == ("published", "draft", 2)
    with pytest.raises(RefusedError, match="已有更正草稿"):
        services.correct_notice(notice=old, words=notices.WORDS, why="再改", **clerk(world, later))
    new = services.publish_notice(
        notice=new, starts_on=later.date(), length=WEEK, basis="同上一版", **clerk(world, later)
    )
    old.refresh_from_db()
    assert old.state == "superseded"
    assert new.ends_on == LAST + timedelta(days=5)
    (found,) = states(TODAY)
    assert (found.pk, found.state) == (new.pk, "published")


def test_an_unanswered_objection_to_an_earlier_version_still_hinders_an_accepted_one_is_met(world: World) -> None:
    old = notices.published(world)
    waiting, accepted = notices.raised(world, old), notices.raised(world, old)
    notices.answered(world, accepted, "revise")
    new = services.correct_notice(notice=old, words=notices.WORDS, why="漏画排水", **clerk(world))
    new = services.publish_notice(notice=new, starts_on=TODAY, length=WEEK, basis="同", **clerk(world))
    assert [each.what for each in hindrances_of(new, AFTER.date())] == [f"第 {waiting.number} 号异议"]
    notices.answered(world, waiting, "refused")
    assert hindrances_of(new, AFTER.date()) == []


def test_what_goes_on_after_a_notice_asks_where_it_stands(world: World) -> None:
    assert states(TODAY) == []
    notice = notices.drafted(world, about=ABOUT)
    assert states(TODAY) == []
    services.publish_notice(notice=notice, starts_on=TODAY, length=WEEK, basis="商定", **clerk(world))
    row = notices.raised(world, notice)
    (found,) = states(LAST)
    assert (found.ended, found.final, found.objections_open) == (False, False, 1)
    notices.answered(world, row)
    (found,) = states(AFTER.date())
    assert (found.ended, found.final, found.objections_open) == (True, False, 0)
    services.withdraw_notice(notice=notice, why="撤", **clerk(world))
    (found,) = states(AFTER.date())
    assert (found.state, found.ended, found.final) == ("withdrawn", False, False)


def test_it_asks_in_two_statements_however_many_notices_and_versions_there_are(
    world: World, django_assert_num_queries: Any
) -> None:
    for _ in range(2):
        old = notices.published(world, about=ABOUT)
        waiting, accepted = notices.raised(world, old), notices.raised(world, old)
        notices.answered(world, accepted, "revise")
        new = services.correct_notice(notice=old, words=notices.WORDS, why="漏", **clerk(world))
        services.publish_notice(notice=new, starts_on=TODAY, length=WEEK, basis="同", **clerk(world))
    with django_assert_num_queries(2):
        found = states(TODAY)
    # The correction meets what was accepted before it; what nobody answered still waits.
    assert [(each.unanswered, each.to_revise) for each in found] == [(1, ()), (1, ())]
    assert waiting.answered_at is None


def test_a_second_scheme_notice_does_not_take_the_objections_to_the_first_from_the_rules(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("gongdi.web.clock.today", lambda: TODAY)
    compound, old = world.compounds["梅堰新村"], notices.published(world)
    row = notices.raised(world, old)
    notices.published(world)
    assert known_of(compound)["objections_open"].value == 1
    services.withdraw_notice(notice=old, why="撤", **clerk(world))
    assert known_of(compound)["objections_open"].value == 1
    notices.answered(world, row)
    assert known_of(compound)["objections_open"].value == 0


def test_the_rules_read_what_the_notices_of_a_compound_tell(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongdi.web.clock.today", lambda: TODAY)
    compound = world.compounds["梅堰新村"]
    names = ("notice_published", "notice_ended", "objections_open", "notice_posted")

    def told() -> list[object]:
        known = known_of(compound)
        return [known[name].value if name in known else None for name in names]

    assert told() == [None, None, None, None]
    notice = notices.published(world)
    assert told() == [True, False, 0, None]
    row = notices.raised(world, notice)
    works = notices.published(world, "works")
    assert told() == [True, False, 1, False]
    notices.posted(world, works)
    notices.answered(world, row)
    monkeypatch.setattr("gongdi.web.clock.today", lambda: AFTER.date())
    assert told() == [True, True, 0, True]
    services.withdraw_notice(notice=Notice.objects.get(pk=notice.pk), why="撤", **clerk(world))
    assert told()[:2] == [False, False]
