"""A ballot sent by phone is read the short way only where the form would read the same."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gongdi.apps.voting.forms import ballots
from gongdi.apps.voting.forms.ballots import PhoneForm, read_phone_form
from gongdi.apps.voting.frozen import FrozenVote
from gongdi.apps.voting.models import Vote
from gongdi.core.voting.ballots import Answer

MATTERS = FrozenVote(((1, "是否同意改造"), (2, "是否加装电梯")), {})
said = st.sampled_from(["yes", "no", "abstain", "yes", "no", "void", "", " yes", "YES", "是"])
word = st.sampled_from(["on", "on", "", "false", "False", "0", "off", " "])
keys = st.integers(7, 65).flatmap(lambda size: st.text("ab~! é\0\n", min_size=size, max_size=size)) | st.just("a" * 20)


@pytest.fixture(autouse=True)
def two_matters(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ballots, "frozen", lambda vote: MATTERS)


def sent_as(each: st.SearchStrategy[str]) -> st.SearchStrategy[list[str]]:
    """What comes under one name: once or twice."""
    return st.lists(each, min_size=1, max_size=2)


@given(st.fixed_dictionaries({}, optional={
    "key": sent_as(keys), "mine": sent_as(word), "matter_1": sent_as(said), "matter_2": sent_as(said),
    "matter_3": sent_as(said),
}))  # fmt: skip
def test_whatever_is_sent_is_read_as_the_form_reads_it_or_by_the_form(sent: dict[str, list[str]]) -> None:
    data = QueryDict(mutable=True)
    for name, values in sent.items():
        data.setlist(name, values)
    form, told = PhoneForm(Vote(), data), read_phone_form(data)
    if told is not None and set(told[1]) == {1, 2}:  # others are refused when they are handed in
        assert form.is_valid()
        assert told == (form.cleaned_data["key"], form.answers)


def test_what_the_page_sends_needs_no_form() -> None:
    sent = {"key": "abcdefgh-_123", "mine": "on", "matter_1": "no", "matter_2": "abstain"}
    assert read_phone_form(sent) == ("abcdefgh-_123", {1: Answer.NO, 2: Answer.ABSTAIN})


def test_the_receipt_stands_below_the_page_of_the_ballot() -> None:
    assert reverse("voting:see_receipt", args=[7]) == reverse("voting:cast_ballot", args=[7]) + "receipt/"
