"""The form of a visit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongdi.apps.mobilisation.models import Visit
from gongdi.apps.mobilisation.services import Call


def _day(label: str, help_text: str = "", required: bool = True) -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text, required=required)


class VisitForm(forms.Form):
    """What came of a call."""

    outcome = forms.ChoiceField(label="情况", choices=Visit.Outcome.choices, widget=forms.RadioSelect)
    on = _day("走访日期")
    again_on = _day("约定再访日期", "约了日子才填。", required=False)
    note = forms.CharField(
        label="备注", max_length=200, required=False,
        help_text="如：白天上班，晚上七点后在家。不要写住户打算怎么投。",
    )  # fmt: skip

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
        self.today = today

    def call(self) -> Call:
        """The call told."""
        return Call(**self.cleaned_data)

    def clean_on(self) -> date:
        """The day cannot lie ahead."""
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("走访日期不能晚于今天。约好的日子请填在“约定再访日期”。")
        return day

    def clean_again_on(self) -> date | None:
        """The day agreed on is not past."""
        day: date | None = self.cleaned_data["again_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError("约定再访日期不能早于今天。")
        return day
