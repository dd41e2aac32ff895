"""Questions beside the menu: which are asked, which replies fit, how they are counted."""

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.consultation.pledges import QUESTIONS, Pledge, Reply, asked_for, replies_fit, replies_of

SIX = {
    "resident_will_strong", "residents_active", "illegal_removal_cooperation", "voluntary_contribution",
    "property_fee_promise", "maintenance_fund_topup",
}  # fmt: skip
"""What zhumadian 二(三)1 names."""
REPLIES = st.dictionaries(st.sampled_from(Pledge), st.sampled_from(Reply))


def test_each_document_has_the_questions_that_bear_on_what_it_names() -> None:
    assert asked_for(SIX) == (Pledge.TAKE_PART, Pledge.FEE, Pledge.FUND, Pledge.REMOVAL)
    assert asked_for({"resident_will_strong", "residents_active", "market_entity"}) == (
        Pledge.TAKE_PART, Pledge.MARKET,
    )  # fmt: skip
    assert asked_for({"delivered_on"}) == ()
    for question in QUESTIONS.values():
        assert question.sources


def test_a_reply_fits_only_a_question_that_is_asked_and_only_where_it_makes_sense() -> None:
    assert replies_fit({Pledge.FEE: Reply.YES}, [Pledge.FEE])
    assert not replies_fit({Pledge.FEE: Reply.YES}, [Pledge.FUND])
    assert replies_fit({Pledge.REMOVAL: Reply.NOT_MINE}, [Pledge.REMOVAL])
    assert not replies_fit({Pledge.FEE: Reply.NOT_MINE}, [Pledge.FEE])


@given(st.lists(REPLIES.filter(lambda each: replies_fit(each, list(Pledge)))))
def test_every_answer_falls_under_one_reply_of_every_question(answers: list[dict[Pledge, Reply]]) -> None:
    found = replies_of(answers, list(Pledge))
    for pledge, counts in found.items():
        assert sum(counts.values()) == len(answers)
        assert counts[Reply.YES] == sum(each.get(pledge) is Reply.YES for each in answers)
