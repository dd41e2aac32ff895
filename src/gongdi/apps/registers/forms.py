"""Forms of yearly registers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongdi.apps.places.models import Compound, Division
from gongdi.web.missing import NOTHING_CHOSEN


class OpenForm(forms.Form):
    """The register of a year."""

    county = forms.ModelChoiceField(label="县（区）", queryset=Division.objects.none(), empty_label=NOTHING_CHOSEN)
    year = forms.IntegerField(label="年度", min_value=2000, max_value=2100)
    title = forms.CharField(label="名称", max_length=100, help_text="如：江北区2027年老旧小区改造清册。")

    def __init__(self, counties: QuerySet[Division], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["county"].queryset = counties  # type: ignore[attr-defined]


class AddForm(forms.Form):
    """Compounds to put on a register."""

    compounds = forms.ModelMultipleChoiceField(
        label="小区", queryset=Compound.objects.none(), widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "请至少选一个小区。"},
    )  # fmt: skip
    why = forms.CharField(label="理由", max_length=300, required=False, help_text="清册公布之后增补的，须写明理由。")

    def __init__(self, rows: QuerySet[Compound], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compounds"].queryset = rows  # type: ignore[attr-defined]


class RemoveForm(forms.Form):
    """Why a compound leaves a register."""

    why = forms.CharField(label="移出理由", max_length=300, widget=forms.Textarea({"rows": 2}))


class PublishForm(forms.Form):
    """When and under which number a register was published."""

    on = forms.DateField(label="公布日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    number = forms.CharField(label="公布文号", max_length=60)

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = today
