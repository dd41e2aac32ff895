"""A vote ends before its time only when nothing that may still come could turn its verdict."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.voting.ballots import Answer, Ballot, BallotRule, Channel, Precedence
from gongdi.core.voting.counting import Count
from gongdi.core.voting.early import refusal_of_early_end, undecided
from gongdi.core.voting.public import Matter
from gongdi.core.voting.rules import RULES
from tests.core.voting.second_count import second_verdict

FINAL = BallotRule(Precedence.FIRST, changes=False)
ANY = ("yes", "no", "abstain", "void", None)
UNITS = st.lists(
    st.tuples(st.integers(1, 3), st.integers(1, 30), st.sampled_from(ANY), st.booleans()), min_size=1, max_size=6
)


def told(slug: str, units) -> tuple[list[Matter], dict[str, Count], dict[str, Ballot], set[str]]:
    matter = Matter(1, "事项", replace(RULES[slug], early_end=True))
    weights = {str(n): Count(heads, area) for n, (heads, area, _, _) in enumerate(units)}
    cast = {
        str(n): Ballot(n, str(n), Channel.PHONE, {1: Answer(said)}) for n, (_, _, said, _) in enumerate(units) if said
    }
    return [matter], weights, cast, {str(n) for n, unit in enumerate(units) if unit[3]}


@given(slug=st.sampled_from(sorted(RULES)), units=UNITS)
def test_decided_means_that_every_possible_end_is_the_same(slug: str, units) -> None:
    free = [said is None or waits for _, _, said, waits in units]
    ends = {
        second_verdict(slug, [(h, a, s) for (h, a, _, _), s in zip(units, answers, strict=True)])
        for answers in product(*(ANY if open_ else (unit[2],) for unit, open_ in zip(units, free, strict=True)))
    }
    assert (undecided(*told(slug, units)) == []) == (len(ends) == 1)


def test_both_bounds_must_be_beyond_reach_of_change() -> None:
    # Two of three heads agree with less than two thirds of the area: the third could not stop heads, but area is open.
    units = [(1, 30, "yes", False), (1, 30, "yes", False), (1, 40, None, False)]
    assert undecided(*told("jiangbei-2020-scheme", units)) == [1]
    assert undecided(*told("zhumadian-2021-facility", [(4, 1, "yes", False), (1, 99, None, False)])) == []


def test_a_vote_whose_ballots_may_change_or_whose_rule_is_silent_runs_to_its_end() -> None:
    matters, weights, cast, waiting = told("jiangbei-2020-scheme", [(1, 100, "yes", False)])
    assert refusal_of_early_end(FINAL, matters, weights, cast, waiting) == ""
    assert "没有规定可以提前截止" in refusal_of_early_end(BallotRule(), matters, weights, cast, waiting)
    silent = [replace(matters[0], rule=RULES["jiangbei-2020-scheme"])]
    assert "没有规定可以提前截止" in refusal_of_early_end(FINAL, silent, weights, cast, waiting)


def test_a_paper_handed_in_and_not_typed_keeps_the_vote_open() -> None:
    found = told("jiangbei-2020-scheme", [(2, 70, "yes", True), (1, 30, "no", False)])
    assert "事项1" in refusal_of_early_end(FINAL, *found)
