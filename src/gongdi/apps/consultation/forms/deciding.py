"""Forms of what is made of the answers: the will as judged, the list of contents, the application."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from gongdi.apps.consultation.forms.drafting import day_field
from gongdi.apps.consultation.models import MenuItem
from gongdi.apps.consultation.services import WILL_FACTS
from gongdi.apps.policy.packs import library


class JudgeForm(forms.Form):
    """What the numbers say of the residents' will."""

    CHOICES = (("", "不认定"), ("yes", "是"), ("no", "否"))
    why = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="文件没有写多少算“强烈”，请写明依据哪几个数字；有企业参与的，写明是哪家、参与什么。",
    )  # fmt: skip

    def __init__(self, told: Mapping[str, str], *args: Any, **kwargs: Any) -> None:
        """`told` are by fact the numbers that bear on it, in words; "" where nothing was asked."""
        super().__init__(*args, **kwargs)
        words = library().vocabulary.facts
        for name in WILL_FACTS:
            self.fields[name] = forms.ChoiceField(
                label=words[name].zh, choices=self.CHOICES, required=False,
                help_text=told.get(name) or "这次没有专门问；凭别的依据认定的，在理由里写明。",
            )  # fmt: skip
        self.order_fields([*WILL_FACTS, "why"])

    @property
    def judged(self) -> dict[str, bool]:
        """By fact, those that are judged."""
        names = [name for name in self.fields if name != "why"]
        return {name: said == "yes" for name in names if (said := self.cleaned_data[name])}


class FixForm(forms.Form):
    """Which items stand on the list of contents, and why where that departs from the wishes."""

    def __init__(self, items: Sequence[MenuItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for row in items:
            self.fields[f"take_{row.number}"] = forms.BooleanField(label=f"列入“{row.name}”", required=False)
            self.fields[f"why_{row.number}"] = forms.CharField(
                label=f"“{row.name}”的原因", max_length=300, required=False
            )

    @property
    def chosen(self) -> list[int]:
        """The numbers of the items taken in."""
        return [row.number for row in self.items if self.cleaned_data[f"take_{row.number}"]]

    @property
    def reasons(self) -> dict[int, str]:
        """The reasons by number."""
        return {row.number: self.cleaned_data[f"why_{row.number}"] for row in self.items}


class FileForm(forms.Form):
    """When the written application was handed in, by whom, to whom."""

    filed_on = day_field("申请日期")
    applicant = forms.CharField(label="申请人", max_length=100, help_text="业主委员会或居民小组。")
    receiver = forms.CharField(label="受理单位", max_length=100, help_text="如：文教街道办事处。")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_filed_on(self) -> date:
        """No day to come."""
        on: date = self.cleaned_data["filed_on"]
        if on > self.today:
            raise forms.ValidationError("申请日期不能晚于今天。")
        return on
