"""Which ballot of an owner counts."""

import pytest

from gongdi.core.voting.ballots import (
    Ballot,
    BallotRule,
    Channel,
    Precedence,
    counting_ballots,
    refusal_of,
    told_before,
    why_counts,
)

PHONE, PAPER, VISIT = Channel.PHONE, Channel.PAPER, Channel.VISIT


@pytest.mark.parametrize(
    ("precedence", "channels", "counts"),
    [
        (Precedence.LAST, [PAPER, PHONE], 1),
        (Precedence.FIRST, [PAPER, PHONE], 0),
        (Precedence.SIGNED, [PAPER, PHONE], 0),
        (Precedence.SIGNED, [PHONE, PAPER, PHONE], 1),
        (Precedence.SIGNED, [PAPER, VISIT], 1),
        (Precedence.SIGNED, [PHONE, PHONE], 1),
    ],
)
def test_the_stated_rule_decides_among_channels(precedence, channels, counts) -> None:
    ballots = [Ballot(seq, "A", channel) for seq, channel in enumerate(channels)]
    chosen = counting_ballots(BallotRule(precedence), reversed(ballots))
    assert chosen["A"].seq == counts


def test_without_changes_a_second_ballot_by_the_same_channel_is_refused() -> None:
    rule = BallotRule(Precedence.SIGNED, changes=False)
    cast = [Ballot(1, "A", PHONE)]
    assert "不得更改" in refusal_of(rule, cast, PHONE)
    assert refusal_of(rule, cast, PAPER) == ""
    assert refusal_of(BallotRule(), cast, PHONE) == ""


def test_only_a_first_ballot_without_changes_is_final() -> None:
    assert BallotRule(Precedence.FIRST, changes=False).final
    assert not BallotRule(Precedence.LAST, changes=False).final
    assert not BallotRule(Precedence.FIRST, changes=True).final


@pytest.mark.parametrize(("precedence", "counts"), [(Precedence.LAST, 0), (Precedence.FIRST, 1)])
def test_first_and_last_go_by_the_moment_of_hand_in_and_not_by_typing(precedence, counts) -> None:
    phone = Ballot(0, "A", PHONE, received_at="2027-03-02T00:00:00Z")
    paper = Ballot(1, "A", PAPER, received_at="2027-03-01T00:00:00Z")
    assert counting_ballots(BallotRule(precedence), [phone, paper])["A"].seq == counts
    assert why_counts(BallotRule(precedence), [phone, paper])
    assert why_counts(BallotRule(precedence), [phone]) == ""


@pytest.mark.parametrize("precedence", list(Precedence))
@pytest.mark.parametrize("changes", [True, False])
def test_what_is_told_before_is_what_is_counted_afterwards(precedence: Precedence, changes: bool) -> None:
    rule = BallotRule(precedence, changes)
    told = told_before(rule)
    barred = refusal_of(rule, [Ballot(1, "A", PHONE)], Channel.PHONE) != ""
    assert barred == ("不能改" in told)
    if not barred:
        two = counting_ballots(rule, [Ballot(1, "A", PHONE), Ballot(2, "A", PHONE)])
        assert (two["A"].seq == 2) == ("可以改投" in told)
    over = counting_ballots(rule, [Ballot(1, "A", PAPER), Ballot(2, "A", PHONE)])
    if precedence is Precedence.SIGNED:
        assert over["A"].seq == 1
        assert "有签名的为准" in told
