"""Coverage: every household is reached or stands under a reason."""

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.consultation.answers import Answer, Side
from gongdi.core.consultation.coverage import Coverage, LeftOff, NotReached, coverage_of, left_off


def test_a_household_is_reached_once_however_often_and_by_whomever_it_answers() -> None:
    answers = [Answer(1, 1, Side.OWNERS), Answer(2, 1, Side.USERS), Answer(3, 2, Side.USERS)]
    found = coverage_of([1, 2, 3, 4], answers, {3: NotReached.VACANT, 1: NotReached.DECLINED})
    assert (found.reached, found.total) == (2, 4)
    assert {reason for reason, number in found.reasons.items() if number} == {NotReached.VACANT, NotReached.NOT_TRIED}


def test_an_answer_of_a_household_that_is_not_counted_reaches_nobody() -> None:
    assert coverage_of([1], [Answer(1, 9, Side.OWNERS)]).reached == 0


def test_only_homes_that_stand_are_households() -> None:
    assert left_off("residence", ended=False) is None
    assert left_off("residence", ended=True) is LeftOff.ENDED
    assert left_off("garage", ended=False) is LeftOff.NOT_HOME


def test_what_is_short_never_falls_below_nothing() -> None:
    assert (Coverage(79, 99, {}).short(80), Coverage(81, 99, {}).short(80)) == (1, 0)


@given(
    households=st.sets(st.integers(1, 40)), answered=st.lists(st.integers(1, 60)),
    tried=st.dictionaries(st.integers(1, 60), st.sampled_from(NotReached)),
)  # fmt: skip
def test_reached_and_reasons_always_make_the_whole(
    households: set[int], answered: list[int], tried: dict[int, NotReached]
) -> None:
    answers = [Answer(seq, household, Side.OWNERS) for seq, household in enumerate(answered)]
    found = coverage_of(households, answers, tried)
    assert found.reached + sum(found.reasons.values()) == found.total == len(households)
