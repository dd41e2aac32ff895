"""Forms of findings, made from the table of kinds."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongdi.apps.inventory.kinds import FindingKind
from gongdi.apps.inventory.models import Finding, item_choices, resource_choices
from gongdi.core.values import parse_hundredths
from gongdi.web.missing import NOTHING_CHOSEN

COMMON = ("found_on", "source", "sureness", "note")
EARLIEST_WORKS = 1949
LONGEST_WALK = 240
"""Minutes; what lies farther away serves no compound."""


class HundredthsField(forms.CharField):
    """A number with at most two decimals, kept as whole hundredths (m2 as 0.01 m2; yuan as fen)."""

    def __init__(self, *, unit: str, **kwargs: Any) -> None:
        super().__init__(max_length=18, required=False, widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)
        self.unit = unit

    def clean(self, value: Any) -> int | None:
        """The hundredths; None when left empty."""
        text = super().clean(value)
        found = parse_hundredths(text) if text else None
        if text and (found is None or found < 0):
            raise forms.ValidationError(f"请填{self.unit}数，至多两位小数，如 120.50。")
        return found


class _FindingForm(forms.ModelForm):  # type: ignore[type-arg]
    """What no finding may tell: a risk removed before it was found, or one removed that never was."""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        treated, found = data.get("treated_on"), data.get("found_on")
        if treated and found and treated < found:
            self.add_error("treated_on", f"整改完成日期不能早于检测日期 {found}。请核对。")
        elif treated and not data.get("risk_found"):
            self.add_error("treated_on", "没有勾选“存在安全风险”，却填了整改完成日期。请勾选，或清空日期。")
        return data


def finding_form(
    kind: FindingKind, today: date, data: Any = None, initial: Mapping[str, Any] | None = None
) -> forms.ModelForm[Finding]:
    """The form of a kind: its own fields, then where it comes from."""
    made = forms.modelform_factory(
        kind.model,
        form=_FindingForm,
        fields=(*kind.fields, *COMMON),
        widgets={
            "found_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "treated_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea({"rows": 2}),
        },
    )
    form: forms.ModelForm[Finding] = made(data, initial={"found_on": today, **(initial or {})})
    fields = form.fields
    if "item" in fields:
        fields["item"] = forms.ChoiceField(label="改造内容", choices=[("", NOTHING_CHOSEN), *item_choices()])
    if kind.key == "spaces":
        fields["kind"] = forms.ChoiceField(label="种类", choices=[("", NOTHING_CHOSEN), *resource_choices()])
    if "year" in fields:
        fields["year"] = forms.IntegerField(label="完成年份", min_value=EARLIEST_WORKS, max_value=today.year)
    if "minutes" in fields:
        fields["minutes"] = forms.IntegerField(label="步行时间（分钟）", min_value=0, max_value=LONGEST_WALK)
    if "area" in fields:
        fields["area"] = HundredthsField(label="面积（平方米）", unit="平方米")
    if "cost" in fields:
        fields["cost"] = HundredthsField(label="费用（元）", unit="元")
    for name in ("found_on", "treated_on"):
        if name in fields:
            fields[name].validators.append(_not_ahead(today))
    form.order_fields((*kind.fields, *COMMON))
    return form


def _not_ahead(today: date) -> Any:
    def check(value: date) -> None:
        if value > today:
            raise forms.ValidationError("日期不能晚于今天。")

    return check


class WithdrawForm(forms.Form):
    """Why a finding is withdrawn."""

    why = forms.CharField(label="撤下原因", max_length=300, widget=forms.Textarea({"rows": 2}))


class TreatForm(forms.Form):
    """When a risk was removed, and by what proof."""

    on = forms.DateField(label="整改完成日期", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    source = forms.CharField(label="依据", max_length=300, help_text="如：复检报告编号、验收单。")
