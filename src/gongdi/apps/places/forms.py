"""Forms of the pool's pages."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from gongdi.apps.places.fact_names import FactName, fault_of
from gongdi.apps.places.models import CompoundFact
from gongdi.apps.places.queries import AGE_FACTS
from gongdi.apps.places.services import NewFact
from gongdi.apps.places.stages import moves_from
from gongdi.core.policy.vocabulary import Kind

_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
UNKNOWN = "__unknown__"
NOT_YET = "无"
"""What is typed for an event that has not happened."""


class MoveForm(forms.Form):
    """A move on the board: where to, and why."""

    target = forms.ChoiceField(label="去向")
    why = forms.CharField(
        label="理由",
        required=False,
        max_length=500,
        help_text="退回时必须写明理由。",
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, stage: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["target"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(move.target.value, move.word) for move in moves_from(stage)]
        field.error_messages["invalid_choice"] = "小区的阶段已有变化，不能这样调整。请返回刷新后重新选择去向。"


class SaveViewForm(forms.Form):
    """A name for a view of the register."""

    name = forms.CharField(label="名称", max_length=40)
    query = forms.CharField(required=False, max_length=1000)


class RosterForm(forms.Form):
    """A roster file."""

    file = forms.FileField(
        label="名单文件",
        help_text="xlsx、xls 或 csv，不超过 20 MB。表头和列的顺序不限，至少要有小区名称一列。",
        widget=forms.ClearableFileInput({"accept": ".xlsx,.xls,.csv"}),
        error_messages={"required": "请先选择要上传的名单文件。", "empty": "文件是空的，请检查后重新选择。"},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file must be of a known kind and not too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith((".xlsx", ".xls", ".csv")):
            raise forms.ValidationError("只能读取 xlsx、xls 和 csv 文件。请在 Excel 中另存为 xlsx 后再上传。")
        if (file.size or 0) > settings.LARGEST_ROSTER:
            raise forms.ValidationError("文件超过 20 MB。请按街道拆成几份，或删去无关的工作表后再上传。")
        return file


class UndoForm(forms.Form):
    """Why a roster is undone."""

    why = forms.CharField(
        label="撤销理由", max_length=500, help_text="如：传错文件。将记入审计。", widget=forms.Textarea({"rows": 2})
    )


class FactForm(forms.Form):
    """One fact: its value in the shape its kind asks for, where it comes from, its day, how sure."""

    value = forms.CharField(label="值")
    source = forms.CharField(label="来源", max_length=300, help_text="如：竣工备案表、社区入户摸底、房屋鉴定报告。")
    recorded_on = forms.DateField(label="情况日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    sureness = forms.ChoiceField(label="可靠程度", choices=CompoundFact.Sureness.choices)
    note = forms.CharField(label="说明", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, about: FactName, known: CompoundFact | None, today: date, *args: Any) -> None:
        super().__init__(*args)
        self.about, self.today = about, today
        self.fields["value"] = _value_field(about)
        self.initial = {"recorded_on": today, "sureness": CompoundFact.Sureness.STATED.value}
        if known is not None:
            self.initial["value"] = typed(known.value)

    def clean_value(self) -> Any:
        """The value as the packs read it; unknown gives None."""
        value = parsed(self.about, self.cleaned_data["value"])
        fault = fault_of(self.about.name, value)
        if fault:
            raise forms.ValidationError(fault)
        if self.about.name in AGE_FACTS and isinstance(value, str | int) and ahead(value, self.today):
            raise forms.ValidationError(f"{self.about.title}不能晚于今天。请填写实际日期；尚未建成的不属于老旧小区。")
        return value

    def clean_recorded_on(self) -> date:
        """The day that the fact was found cannot lie ahead."""
        day: date = self.cleaned_data["recorded_on"]
        if day > self.today:
            raise forms.ValidationError("情况日期不能晚于今天。请填写查明该情况的日期。")
        return day

    def fact(self) -> NewFact:
        """The fact to be kept."""
        data = self.cleaned_data
        return NewFact(
            self.about.name, data["value"], data["source"], data["recorded_on"], data["sureness"], data["note"]
        )


def ahead(value: str | int, today: date) -> bool:
    """Whether a date or a year lies after today."""
    return (
        value > today.year if isinstance(value, int) else _ISO_DAY.fullmatch(value) is not None and value > str(today)
    )


def _value_field(about: FactName) -> forms.Field:
    if about.kind is Kind.BOOL:
        choices = [("true", "是"), ("false", "否"), (UNKNOWN, "不详")]
        return forms.ChoiceField(label=about.title, choices=choices)
    if about.choices:
        return forms.ChoiceField(label=about.title, choices=[*about.choices.items(), (UNKNOWN, "不详")])
    hints = {
        Kind.YEAR: "四位年份，如 1996。",
        Kind.COUNT: "整数。",
        Kind.YUAN: "单位：元，至多两位小数。",
        Kind.M2: "单位：平方米，至多两位小数。",
        Kind.EVENT: f"日期，如 1996-08-31；没有发生的填“{NOT_YET}”。",
    }
    kind = {Kind.DATE: "date", Kind.YEAR: "number", Kind.COUNT: "number"}.get(about.kind, "text")
    widget = forms.TextInput({"type": kind})
    return forms.CharField(label=about.title, help_text=hints.get(about.kind, ""), widget=widget, max_length=40)


def typed(value: Any) -> str:
    """A fact's value as it stands in a field."""
    if value is None:
        return UNKNOWN
    if value == "none":
        return NOT_YET
    return str(value).lower() if isinstance(value, bool) else str(value)


def parsed(about: FactName, text: str) -> Any:
    """The value that a field's text means; the text itself where it means none."""
    text = text.strip()
    if text == UNKNOWN:
        return None
    if about.kind is Kind.EVENT and text == NOT_YET:
        return "none"
    if about.kind is Kind.BOOL:
        return {"true": True, "false": False}.get(text, text)
    if about.kind in (Kind.YEAR, Kind.COUNT) and text.isascii() and text.isdigit():
        return int(text)
    return text
