"""The verdict of every rule: against a second count, at the bounds, and against the policy packs."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.policy import Answer as Decision
from gongdi.core.policy import Question, decide
from gongdi.core.values import format_hundredths
from gongdi.core.voting.ballots import Answer, Ballot, Channel
from gongdi.core.voting.counting import Bound, Count, How
from gongdi.core.voting.rules import RULES, Scope, Subject, floors, national_rule, rules_on
from gongdi.core.voting.tally import Decided, Tally, judge, tally_matter
from gongdi.exchange.packfiles import load_library
from tests.core.voting.second_count import second_verdict

SAID = st.sampled_from(["yes", "yes", "no", "abstain", "void", None])
BALLOTS = st.lists(st.tuples(st.just(1), st.integers(1, 20_000), SAID), min_size=1, max_size=14)


def counted(ballots: list[tuple[int, int, str | None]]) -> Tally:
    weights = {str(n): Count(heads, area) for n, (heads, area, _) in enumerate(ballots)}
    cast = {
        str(n): Ballot(n, str(n), Channel.PAPER, {1: Answer(said)}) for n, (_, _, said) in enumerate(ballots) if said
    }
    return tally_matter(1, weights, cast)


@given(rule=st.sampled_from(sorted(RULES)), ballots=BALLOTS)
def test_verdict_is_that_of_the_second_count(rule: str, ballots: list[tuple[int, int, str | None]]) -> None:
    assert judge(RULES[rule], counted(ballots)).passed == second_verdict(rule, ballots)


@given(share=st.fractions(0, 1, max_denominator=20), how=st.sampled_from(How), whole=st.integers(1, 10**9))
def test_the_least_part_needed_is_enough_and_one_less_is_not(share: Fraction, how: How, whole: int) -> None:
    bound = Bound(share, how)
    needed = bound.needed(whole)
    assert bound.met(needed, whole)
    assert not bound.met(needed - 1, whole)


@given(
    share=st.fractions(0, Fraction(19, 20), max_denominator=20), how=st.sampled_from(How), part=st.integers(0, 400),
    rest=st.integers(0, 400),
)  # fmt: skip
def test_those_who_must_still_join_are_the_fewest(share: Fraction, how: How, part: int, rest: int) -> None:
    bound = Bound(share, how)
    further = bound.further(part, part + rest)
    assert bound.met(part + further, part + rest + further)
    assert further == 0 or not bound.met(part + further - 1, part + rest + further - 1)


@pytest.mark.parametrize(
    ("rule", "everyone", "participating", "yes"),
    [
        ("jiangbei-2020-wish", (384, 3_000_000), (384, 3_000_000), (256, 2_000_000)),
        ("civil-code-2021-special", (240, 2_400_000), (160, 1_600_000), (120, 1_200_000)),
        ("civil-code-2021-ordinary", (240, 2_400_000), (160, 1_600_000), (81, 800_001)),
        ("property-law-2007-ordinary", (240, 2_400_000), (240, 2_400_000), (121, 1_200_001)),
        ("property-law-2007-special", (240, 2_400_000), (240, 2_400_000), (160, 1_600_000)),
    ],
)
def test_a_bound_met_exactly_passes_and_one_head_or_a_hundredth_short_fails(rule, everyone, participating, yes) -> None:
    def passed(heads: int, area: int) -> bool:
        agreeing = Count(yes[0] + heads, yes[1] + area)
        return RULES[rule].passed(everyone=Count(*everyone), participating=Count(*participating), agreeing=agreeing)

    assert passed(0, 0)
    assert not passed(-1, 0)
    assert not passed(0, -1)


def test_one_head_or_a_hundredth_short_of_taking_part_fails() -> None:
    rule, everyone = RULES["civil-code-2021-ordinary"], Count(240, 2_400_000)
    for heads, area, expected in ((160, 1_600_000, True), (159, 1_600_000, False), (160, 1_599_999, False)):
        came = Count(heads, area)
        assert rule.passed(everyone=everyone, participating=came, agreeing=came) is expected


COUNTS = st.tuples(st.integers(1, 60), st.integers(1, 60_000)).flatmap(
    lambda whole: st.tuples(
        st.just(Count(*whole)), st.integers(0, whole[0]), st.integers(0, whole[1]), st.integers(0, 60),
        st.integers(0, 60_000),
    )
)  # fmt: skip


@given(counts=COUNTS, subject=st.sampled_from(Subject), on=st.sampled_from([date(2020, 12, 31), date(2021, 1, 1)]))
def test_the_national_pack_gives_the_same_verdict(counts, subject: Subject, on: date) -> None:
    everyone, heads, area, yes_heads, yes_area = counts
    came, yes = Count(heads, area), Count(min(yes_heads, heads), min(yes_area, area))
    facts = {
        "owners_total": everyone.heads, "area_total_m2": format_hundredths(everyone.area),
        "owners_participating": came.heads, "area_participating_m2": format_hundredths(came.area),
        "owners_agreeing": yes.heads, "area_agreeing_m2": format_hundredths(yes.area), "matter": subject.value,
    }  # fmt: skip
    found = decide(load_library(), Question("q", "cn", "owners_vote", on, facts))
    assert isinstance(found, Decision)
    passed = national_rule(subject, on).passed(everyone=everyone, participating=came, agreeing=yes)
    assert found.outcome == ("pass" if passed else "fail")


@given(
    counts=COUNTS, which=st.sampled_from([("wish_vote", "jiangbei-2020-wish"), ("scheme_vote", "jiangbei-2020-scheme")])
)
def test_the_pack_of_jiangbei_gives_the_same_verdict_and_number_needed(counts, which) -> None:
    everyone, heads, area, _, _ = counts
    yes, rule = Count(heads, area), RULES[which[1]]
    facts = {
        "owners_total": everyone.heads, "area_total_m2": format_hundredths(everyone.area),
        "owners_agreeing": yes.heads, "area_agreeing_m2": format_hundredths(yes.area),
    }  # fmt: skip
    found = decide(load_library(), Question("q", rule.clause.pack, which[0], date(2020, 10, 10), facts))
    assert isinstance(found, Decision)
    tally = Tally(everyone, yes=yes)
    verdict = judge(rule, tally)
    assert found.outcome == ("pass" if verdict.passed else "fail")
    assert verdict.approval.heads is not None
    assert found.values["owners_needed"] == verdict.approval.heads.needed


@given(rule=st.sampled_from(sorted(RULES)), ballots=BALLOTS, rest=st.data())
def test_what_is_decided_stays_so_whatever_comes(rule: str, ballots, rest: st.DataObject) -> None:
    decided = judge(RULES[rule], counted(ballots)).decided
    later = [
        (h, a, said or rest.draw(st.sampled_from(["yes", "no", "abstain", "void", None]))) for h, a, said in ballots
    ]
    if decided is not Decided.OPEN:
        assert second_verdict(rule, later) == (decided is Decided.PASSED)


@given(rule=st.sampled_from(sorted(RULES)), ballots=BALLOTS)
def test_what_is_open_could_end_either_way(rule: str, ballots) -> None:
    if judge(RULES[rule], counted(ballots)).decided is Decided.OPEN:
        ends = {second_verdict(rule, [(h, a, said or end) for h, a, said in ballots]) for end in ("yes", "no", "void")}
        assert ends == {True, False}


def test_nothing_is_decided_while_ballots_may_change() -> None:
    tally = counted([(1, 100, "yes")])
    assert judge(RULES["jiangbei-2020-wish"], tally).decided is Decided.PASSED
    assert judge(RULES["jiangbei-2020-wish"], tally, changes=True).decided is Decided.OPEN


def test_a_vote_before_2021_keeps_its_regime() -> None:
    assert national_rule(Subject.USE_FUND, date(2020, 12, 31)).slug == "property-law-2007-special"
    assert national_rule(Subject.USE_FUND, date(2021, 1, 1)).slug == "civil-code-2021-ordinary"
    assert national_rule(Subject.CHANGE_COMMON_USE, date(2020, 12, 31)).slug == "property-law-2007-ordinary"


def test_lift_rules_are_offered_in_a_stairwell_alone_and_local_rules_where_their_pack_is_in_force() -> None:
    here = {rule.slug for rule in rules_on(date(2026, 3, 1), Scope.STAIRWELL, frozenset())}
    assert here == {"civil-code-2021-ordinary", "civil-code-2021-special", "lift-stairwell-2021"}
    there = {r.slug for r in rules_on(date(2020, 6, 1), Scope.COMPOUND, frozenset({"zhejiang-ningbo-jiangbei-2020"}))}
    assert there == {
        "jiangbei-2020-wish", "jiangbei-2020-scheme", "property-law-2007-ordinary", "property-law-2007-special",
    }  # fmt: skip


def test_a_local_rule_is_reported_beside_the_law_of_its_day_and_the_law_beside_nothing() -> None:
    local = RULES["jiangbei-2020-scheme"]
    assert [rule.slug for rule in floors(local, date(2020, 12, 31))] == [
        "property-law-2007-ordinary", "property-law-2007-special",
    ]  # fmt: skip
    assert [rule.slug for rule in floors(local, date(2021, 1, 1))] == [
        "civil-code-2021-ordinary", "civil-code-2021-special",
    ]  # fmt: skip
    assert floors(RULES["civil-code-2021-special"], date(2021, 1, 1)) == ()


def test_two_thirds_of_all_may_agree_and_still_be_less_than_three_quarters_of_those_who_came() -> None:
    local, law = RULES["jiangbei-2020-scheme"], RULES["civil-code-2021-special"]
    counts = {"everyone": Count(9, 900), "participating": Count(9, 900), "agreeing": Count(6, 600)}
    assert (local.passed(**counts), law.passed(**counts)) == (True, False)


def test_the_steps_of_a_compound_are_offered_to_no_building_or_stairwell() -> None:
    day, packs = date(2026, 3, 1), frozenset({"zhejiang-ningbo-jiangbei-2020"})
    offered = {scope: {rule.slug for rule in rules_on(day, scope, packs)} for scope in Scope}
    local = {"jiangbei-2020-wish", "jiangbei-2020-scheme"}
    assert local <= offered[Scope.COMPOUND]
    assert not local & (offered[Scope.BUILDING] | offered[Scope.STAIRWELL])
    assert "civil-code-2021-special" in offered[Scope.STAIRWELL]
