"""Forms of paper ballots: handed in, typed in, set aside."""

from __future__ import annotations

import re
from typing import Any

from django import forms

from gongdi.apps.voting.forms.ballots import ANSWERS, AnswersForm, who_fields
from gongdi.apps.voting.forms.drafting import moment_field
from gongdi.apps.voting.models import Unit, Vote
from gongdi.apps.voting.paper_services import Typed
from gongdi.core.voting.ballots import Answer

PAPER_ANSWERS = [*ANSWERS, (Answer.VOID.value, "空白或无法辨认")]
RECEIVED_HELP = "选票交到社区的日期和时间。同一户投了几次时，按交回的先后算，不按录入的先后。"


class PaperForm(AnswersForm):
    """A paper ballot as it is typed in; with `ask_when` also when it was handed in."""

    def __init__(self, vote: Vote, *args: Any, unit: Unit, ask_when: bool = False, **kwargs: Any) -> None:
        super().__init__(vote, PAPER_ANSWERS, *args, **kwargs)
        self.fields |= who_fields(unit)
        if ask_when:
            self.fields["received_at"] = moment_field("交回时间", RECEIVED_HELP)

    @property
    def typed(self) -> Typed:
        """All that was read on the paper."""
        return Typed(self.answers, self.cleaned_data["by_proxy"], self.cleaned_data.get("signed_by"))


class DoubtForm(forms.Form):
    """Whether a doubted paper is set aside."""

    decision = forms.ChoiceField(
        label="您看过选票原件后", widget=forms.RadioSelect,
        choices=[("void", "同意作废，不计入"), ("good", "不同意，选票有效，继续录入")],
    )  # fmt: skip


class FindUnitForm(forms.Form):
    """Which ballot is at hand: its place on the roll, printed on it."""

    number = forms.IntegerField(label="选票上的名册序号", min_value=1)


class ReceiveForm(forms.Form):
    """Which ballots were handed in, and when: several numbers at once."""

    numbers = forms.CharField(
        label="交回选票的名册序号", max_length=600, help_text="可填几个，用空格或顿号隔开，如：3 17 52。"
    )
    received_at = moment_field("交回时间", RECEIVED_HELP)

    def clean_numbers(self) -> list[int]:
        """Whole numbers, each once."""
        parts = [part for part in re.split(r"[\s,，、;；]+", self.cleaned_data["numbers"]) if part]
        strange = [part for part in parts if not part.isdecimal() or not int(part)]
        if strange:
            raise forms.ValidationError(f"“{strange[0]}”不是名册序号。请填选票右上角的数字。")
        return list(dict.fromkeys(int(part) for part in parts))


class DiscardForm(forms.Form):
    """Why a paper entry is set aside, and whether the paper is good and to be typed in anew."""

    ANEW = (
        ("anew", "录错了：选票有效，重新录入"),
        ("void", "选票无效：如没有签名、不是本人或受托人所填。须由另一人复核后才作废"),
    )
    kind = forms.ChoiceField(label="怎样处理", choices=ANEW, widget=forms.RadioSelect)
    why = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 2}))
