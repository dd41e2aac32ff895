"""Forms about divisions."""

from __future__ import annotations

from typing import Any

from django import forms

from gongdi.apps.places.division_services import NewChange
from gongdi.apps.places.division_words import HELP, division_meant, short_code
from gongdi.apps.places.models import SYSTEMS, Division, DivisionChange

_DAY = "%Y-%m-%d"


def _day(label: str, required: bool, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format=_DAY)
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


class DivisionField(forms.CharField):
    """A division by its name, or by a code with its system."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", HELP)
        super().__init__(max_length=100, **kwargs)

    def clean(self, value: Any) -> Division | None:
        """The division meant."""
        text = super().clean(value)
        if not text:
            return None
        found = division_meant(text)
        if isinstance(found, str):
            raise forms.ValidationError(found)
        return found


class DivisionsField(forms.CharField):
    """Divisions, one a line."""

    widget = forms.Textarea({"rows": 2})

    def clean(self, value: Any) -> list[Division]:
        """The divisions meant; every line at fault is told."""
        found, faults = [], []
        for line in super().clean(value).splitlines():
            meant = division_meant(line) if line.strip() else None
            if isinstance(meant, str):
                faults.append(meant)
            elif meant is not None:
                found.append(meant)
        if faults:
            raise forms.ValidationError(faults)
        return found


class CodeForm(forms.Form):
    """A code of a division in a system."""

    system = forms.ChoiceField(label="代码体系", choices=SYSTEMS)
    code = forms.CharField(label="代码", max_length=12, help_text="2、4、6、9 或 12 位；末尾补的零可留可去。")
    since = _day("启用日期", False, "不清楚可不填。")
    until = _day("停用前最后一日", False, "仍在使用的不填。")
    source = forms.CharField(label="来源", max_length=200, help_text="如：统计局 2023 年度区划代码。")

    def clean_code(self) -> str:
        """A code of a known length, without the zeros that fill it up."""
        code = short_code(self.cleaned_data["code"])
        if len(code) not in (2, 4, 6, 9, 12):
            raise forms.ValidationError("代码应为 2、4、6、9 或 12 位数字。请核对。")
        return code


class ChangeForm(forms.Form):
    """A change of divisions."""

    kind = forms.ChoiceField(label="类别", choices=DivisionChange.Kind.choices)
    on = _day("生效日期", True, "只知道大致时间的，填最晚可能的一天并勾选下一项。")
    rough = forms.BooleanField(label="日期不确切", required=False)
    former = DivisionsField(label="调整前", max_length=2000, help_text=f"每行一个。{HELP}")
    later = DivisionsField(label="调整后", max_length=2000, help_text="每行一个；调整后仍保留的也要写上。")
    notice = forms.CharField(label="文号或来源", max_length=200)
    note = forms.CharField(label="说明", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))

    def change(self) -> NewChange:
        """The change to be recorded."""
        data = self.cleaned_data
        return NewChange(
            data["kind"], data["on"], data["former"], data["later"], data["notice"], data["note"], not data["rough"]
        )


class RemapForm(forms.Form):
    """The real division for a provisional one, and why."""

    real = DivisionField(label="归入")
    why = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))
