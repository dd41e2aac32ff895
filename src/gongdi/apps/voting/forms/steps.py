"""Forms of the steps of a vote and of its result, and of objections to it."""

from __future__ import annotations

from typing import Any

from django import forms


class PublishForm(forms.Form):
    """Until when the result is shown for objections."""

    until = forms.DateField(
        label="公示到哪一天", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="要留出提异议的时间；天数按当地规定或议事规则。",
    )  # fmt: skip


class VoidForm(forms.Form):
    """Why a vote is void."""

    why = forms.CharField(label="作废原因", max_length=300, widget=forms.Textarea({"rows": 3}))


class StepForm(forms.Form):
    """A step with a final result: which body, and a note or number. `whose` and `noted` say what is meant in a step."""

    body = forms.CharField(max_length=100)
    note = forms.CharField(max_length=300, required=False)

    def __init__(self, whose: str, noted: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].label, self.fields["note"].label = whose, noted


class PurposeForm(forms.Form):
    """What personal data are needed for."""

    why = forms.CharField(label="用途", max_length=300, help_text="如：答复第2条异议。查看会留下审计记录。")


class ObjectionForm(forms.Form):
    """An objection as a resident writes it."""

    text = forms.CharField(label="哪里不对，依据是什么", max_length=1000, widget=forms.Textarea({"rows": 5}))


class RecordObjectionForm(ObjectionForm):
    """An objection as staff write it down for somebody."""

    who = forms.CharField(label="提出人", max_length=60, help_text="如：3幢业主李先生。不要写身份证号。")
    received_on = forms.DateField(
        label="收到日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="按收到那天算是否在公示期内，不按登记那天。",
    )  # fmt: skip
    field_order = ("who", "received_on", "text")


class AnswerForm(forms.Form):
    """The answer to an objection."""

    answer = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea({"rows": 5}))
