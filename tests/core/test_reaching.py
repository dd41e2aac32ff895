"""Homes reached, building by building."""

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.reaching import BuildingReach, Home, Reach, reach_by_building, whole_reach

HOMES = st.lists(st.builds(Home, st.sampled_from(["1幢", "2幢", "10幢"]), st.booleans(), st.booleans(), st.booleans()))


def test_an_answer_counts_even_of_a_home_whose_owner_was_unknown_and_which_nobody_visited() -> None:
    assert Home("1幢", answered=True, visited=False, has_owner=False).reach is Reach.ANSWERED


def test_a_home_without_a_known_owner_is_not_waiting_for_a_visit() -> None:
    assert reach_by_building([Home("1幢", answered=False, visited=False, has_owner=False)]) == [
        BuildingReach("1幢", 1, 0, 0, 0, 1)
    ]


@given(HOMES)
def test_every_home_counts_in_exactly_one_place(homes: list[Home]) -> None:
    rows = reach_by_building(homes)
    for row in rows:
        own = [home for home in homes if home.building == row.building]
        assert row.total == len(own) == row.answered + row.visited + row.waiting + row.unknown
        assert row.answered == len([home for home in own if home.answered])
    assert whole_reach(rows).total == len(homes)
    assert len({row.building for row in rows}) == len(rows)


@given(HOMES, st.integers(0))
def test_one_more_answer_never_lowers_what_is_reached(homes: list[Home], which: int) -> None:
    if not homes:
        return
    at = which % len(homes)
    more = [
        Home(each.building, True, each.visited, each.has_owner) if n == at else each for n, each in enumerate(homes)
    ]
    before, after = whole_reach(reach_by_building(homes)), whole_reach(reach_by_building(more))
    assert before.answered <= after.answered <= before.answered + 1
