"""Answers: what is kept, what counts, what is refused."""

import pytest

from gongdi.apps.audit.models import Event
from gongdi.apps.consultation import queries, services
from gongdi.apps.consultation.models import Response
from gongdi.apps.places.services import RefusedError
from gongdi.core.consultation.answers import Side
from tests.support import rounds
from tests.support.residents import make_account
from tests.support.rounds import AGAINST, WANTS
from tests.support.world import NOW, World


def test_a_later_answer_of_a_household_replaces_the_earlier_and_both_are_kept(world: World) -> None:
    asked = rounds.opened(world)
    rounds.answered(world, asked, wishes={1: AGAINST})
    rounds.answered(world, asked, wishes={1: WANTS})
    cell = queries.results_of(asked).whole.cells[1]
    assert (cell.wants, cell.against, Response.objects.count()) == (1, 0, 2)


def test_tenants_are_counted_apart_from_owners_and_reach_the_household(world: World) -> None:
    asked = rounds.opened(world)
    rounds.answered(world, asked, wishes={1: WANTS}, side=Side.USERS)
    results = queries.results_of(asked)
    assert (results.whole.answered, results.users.answered) == (0, 1)
    assert queries.coverage(asked).reached == 1


def test_a_request_that_comes_again_is_taken_in_once(world: World) -> None:
    asked = rounds.opened(world)
    first = rounds.answered(world, asked, key="the-same-key")
    assert rounds.answered(world, asked, key="the-same-key") == first
    with pytest.raises(RefusedError, match="另一份答复"):
        rounds.answered(world, asked, wishes={1: AGAINST}, key="the-same-key")


def test_a_household_that_was_heard_and_has_no_wish_is_reached(world: World) -> None:
    asked = rounds.opened(world)
    with pytest.raises(RefusedError, match="还没有选"):
        rounds.answered(world, asked, wishes={})
    rounds.answered(world, asked, wishes={}, heard=True)
    assert queries.coverage(asked).reached == 1


def test_paper_is_typed_in_after_the_last_day_and_a_phone_is_too_late(world: World) -> None:
    asked = rounds.opened(world)
    rounds.answered(world, asked, today=rounds.AFTER)
    with pytest.raises(RefusedError, match="已经截止"):
        rounds.answered(world, asked, by=make_account(), today=rounds.AFTER)


def test_nothing_is_taken_in_once_the_round_is_closed(world: World) -> None:
    asked = rounds.closed(world)
    with pytest.raises(RefusedError, match="已结束"):
        rounds.answered(world, asked, today=rounds.AFTER)


def test_no_event_tells_what_a_household_wishes(world: World) -> None:
    asked = rounds.opened(world)
    rounds.answered(world, asked, words="电话 13800001234")
    told = Event.objects.filter(verb="consultation.take_answer").get()
    assert set(told.after) == {"household", "channel", "seq"}


def test_every_dwelling_is_reached_or_listed_with_its_reason(world: World) -> None:
    asked = rounds.opened(world)
    rounds.answered(world, asked)
    second = rounds.a_household(asked, 1)
    services.note_attempt(household=second, reason="vacant", by=world.people["community_worker"], now=NOW)
    told = [line.reached or line.why for line in queries.household_lines(asked)]
    assert told == ["上门", "空置", "尚未联系", "不是住宅，不计户"]
    with pytest.raises(RefusedError, match="已有答复"):
        services.note_attempt(
            household=rounds.a_household(asked), reason="vacant", by=world.people["community_worker"], now=NOW
        )
