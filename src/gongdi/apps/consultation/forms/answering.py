"""Forms of answers: on the phone, from paper, at the door."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from gongdi.apps.consultation.answer_services import Given
from gongdi.apps.consultation.models import NOT_REACHED, PLEDGES, REPLIES, SIDES, WILLING, WISHES, MenuItem
from gongdi.core.consultation.answers import MOST_PRIORITIES, Answer, Channel, Side, Willing, Wish, faults_of
from gongdi.core.consultation.pledges import QUESTIONS, Pledge, Reply


class FindHouseholdForm(forms.Form):
    """Which sheet is at hand."""

    number = forms.IntegerField(label="征询表上的序号", min_value=1)


class AttemptForm(forms.Form):
    """Why a household was not reached."""

    reason = forms.ChoiceField(label="没有征求到的原因", choices=NOT_REACHED[1:], widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    """An answer: one choice for each item, up to three priorities, willingness to pay, pledges of owners, words."""

    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)

    def __init__(
        self, items: Iterable[MenuItem], household: int, *args: Any, pledges: Iterable[Pledge] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.household, self.pledges = list(items), household, tuple(pledges)
        for row in self.items:
            self.fields[f"wish_{row.number}"] = forms.ChoiceField(
                label=row.name, choices=WISHES, required=False, widget=forms.RadioSelect
            )
        ranks = [("", "不选"), *((str(row.number), row.name) for row in self.items)]
        for place, words in enumerate(("最想要的第一项", "第二项", "第三项"), start=1):
            self.fields[f"priority_{place}"] = forms.ChoiceField(label=words, choices=ranks, required=False)
        self.fields["willing"] = forms.ChoiceField(
            label="想要的内容，业主那一份您愿意出吗", choices=WILLING, required=False, widget=forms.RadioSelect
        )
        asked, replies = dict(PLEDGES), dict(REPLIES)
        for pledge in self.pledges:
            self.fields[f"pledge_{pledge.value}"] = forms.ChoiceField(
                label=asked[pledge.value], required=False, widget=forms.RadioSelect,
                choices=[(reply.value, replies[reply.value]) for reply in QUESTIONS[pledge].replies],
            )  # fmt: skip
        self.fields["words"] = forms.CharField(
            label="还想说的", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
            help_text="请不要写姓名、电话和证件号码。",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answer is whole: each fault stands at its field."""
        data = super().clean() or {}
        if not self.errors:
            for fault in faults_of(self._answer(data), [row.number for row in self.items], self.pledges):
                self.add_error(fault.place or None, str(fault))
        return data

    def _answer(self, data: dict[str, Any]) -> Answer:
        wishes = {row.number: Wish(said) for row in self.items if (said := data.get(f"wish_{row.number}"))}
        places = (data.get(f"priority_{place}") for place in range(1, MOST_PRIORITIES + 1))
        willing = Willing(data["willing"]) if data.get("willing") else None
        ranks = tuple(int(each) for each in places if each)
        said = {pledge: Reply(reply) for pledge in self.pledges if (reply := data.get(f"pledge_{pledge.value}"))}
        return Answer(0, self.household, self.side_of(data), wishes, ranks, willing, bool(data.get("heard")), said)

    def side_of(self, data: dict[str, Any]) -> Side:
        """For which side the answer speaks; the phone page knows it by itself."""
        return Side(data.get("side") or Side.OWNERS)

    def given(self, side: Side, channel: Channel) -> Given:
        """The answer for the service."""
        answer = self._answer(self.cleaned_data)
        words = self.cleaned_data["words"]
        # The pledges are the owners' to give: what a tenant ticked there is not kept.
        said = answer.pledges if side is Side.OWNERS else {}
        return Given(side, channel, answer.wishes, answer.priorities, answer.willing, words, answer.heard, said)

    @property
    def rows(self) -> list[tuple[MenuItem, forms.BoundField]]:
        """Each item with its field."""
        return [(row, self[f"wish_{row.number}"]) for row in self.items]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The other fields that are seen."""
        return [field for field in self.visible_fields() if not field.name.startswith("wish_")]


class EnterForm(AnswerForm):
    """An answer as staff type it in: from paper, or at the door."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"] = forms.ChoiceField(
            label="怎么征求的", choices=[(Channel.PAPER.value, "纸质征询表"), (Channel.VISIT.value, "上门")]
        )
        self.fields["side"] = forms.ChoiceField(label="答复人", choices=SIDES, help_text="业主的家人算业主。")
        self.fields["heard"] = forms.BooleanField(label="已征求，这一户没有意见", required=False)
