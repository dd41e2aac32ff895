"""Tallies by building, and what of them may be shown."""

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.consultation.answers import Answer, Side, Willing, Wish
from gongdi.core.consultation.results import (
    LEAST_SHOWN,
    Cell,
    Tally,
    priorities_of,
    protected,
    tally,
    tally_by_building,
    willing_of,
)

ITEMS = (1, 2)
wishes = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from(Wish))


def test_each_household_falls_in_one_field_of_a_cell() -> None:
    answers = {1: Answer(1, 1, Side.OWNERS, {1: Wish.WANTS}), 2: Answer(2, 2, Side.OWNERS, {1: Wish.AGAINST})}
    found = tally([1, 2, 3], answers, ITEMS)
    assert (found.households, found.answered) == (3, 2)
    assert found.cells == {1: Cell(1, 0, 1, 1), 2: Cell(0, 0, 0, 3)}
    assert not found.cells[1].wished


@given(
    households=st.dictionaries(st.integers(1, 60), st.sampled_from("甲乙丙丁戊"), min_size=1),
    said=st.dictionaries(st.integers(1, 60), wishes),
)
def test_the_buildings_always_sum_to_the_whole(households: dict[int, str], said: dict[int, dict[int, Wish]]) -> None:
    answers = {each: Answer(each, each, Side.OWNERS, told) for each, told in said.items()}
    first, *others = tally_by_building(households, answers, ITEMS).values()
    whole = sum(others, first)
    assert whole == tally(households, answers, ITEMS)
    for cell in whole.cells.values():
        assert cell.wants + cell.without + cell.against + cell.silent == len(households)


def a_tally(answered: int) -> Tally:
    return Tally(20, answered, {1: Cell(answered, 0, 0, 20 - answered)})


@given(counts=st.lists(st.integers(0, 20), min_size=1, max_size=8))
def test_nothing_shown_nor_what_is_left_of_the_whole_is_of_one_to_four_answers(counts: list[int]) -> None:
    tallies = {f"{n}幢": a_tally(answered) for n, answered in enumerate(counts)}
    shown = protected(tallies)
    assert not any(0 < each.tally.answered < LEAST_SHOWN for each in shown)
    names = [name for each in shown for name in each.buildings]
    assert len(names) == len(set(names))
    left = sum(counts) - sum(each.tally.answered for each in shown)
    if sum(counts) >= LEAST_SHOWN:
        assert left == 0
    else:
        # The whole is of too few answers, and is itself not shown.
        assert left == sum(counts)


def test_a_single_small_building_is_put_together_with_the_next_smallest() -> None:
    shown = protected({"1幢": a_tally(3), "2幢": a_tally(9), "3幢": a_tally(6)})
    assert [each.buildings for each in shown] == [("2幢",), ("1幢", "3幢")]
    assert shown[1].tally.answered == 9


def test_places_are_counted_and_not_weighed() -> None:
    answers = [Answer(1, 1, Side.OWNERS, priorities=(2, 1)), Answer(2, 2, Side.OWNERS, priorities=(2,))]
    assert priorities_of(answers, ITEMS) == {1: (0, 1, 0), 2: (2, 0, 0)}


def test_who_does_not_say_whether_they_would_pay_is_counted_apart() -> None:
    found = willing_of([Answer(1, 1, Side.OWNERS, willing=Willing.YES), Answer(2, 2, Side.OWNERS)])
    assert (found[Willing.YES], found[Willing.NO], found[None]) == (1, 0, 1)
