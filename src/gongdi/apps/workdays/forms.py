"""The form of a year's notice."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms

from gongdi.core.workdays import YearDays, check_year

_DAY = re.compile(r"(?:([0-9]{4})[-/.年])?([0-9]{1,2})[-/.月]([0-9]{1,2})日?")


class YearForm(forms.Form):
    """A year, the number of its notice, its days."""

    year = forms.IntegerField(label="年份", min_value=2000, max_value=2200)
    notice = forms.CharField(label="通知文号", max_length=100, help_text="国务院办公厅关于该年节假日安排的通知。")
    off = forms.CharField(
        label="放假的工作日", required=False, widget=forms.Textarea({"rows": 4}),
        help_text="每行或用逗号隔开，如：1月1日、2月16日；只列星期一到星期五。",
    )  # fmt: skip
    worked = forms.CharField(
        label="调休上班的周末", required=False, widget=forms.Textarea({"rows": 3}), help_text="如：2月14日、2月28日。"
    )

    replace = forms.BooleanField(label="代替已有的安排", required=False, help_text="只在更正已录入的年份时勾选。")
    why = forms.CharField(label="代替的原因", required=False, max_length=300, help_text="如：通知有更正；原来录错了。")

    def __init__(self, known: Mapping[int, YearDays], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = known

    def clean(self) -> dict[str, Any]:
        """Days of that year, each told once; a year that is known is replaced only on purpose, with the reason."""
        data = super().clean() or {}
        year, replace = data.get("year"), data.pop("replace", False)
        if year is None:
            return data
        if (standing := self.known.get(year)) is not None:
            if not replace:
                told = f"放假 {len(standing.off)} 天、调休上班 {len(standing.worked)} 天"
                self.add_error("year", f"{year} 年已有安排（{told}）。确要代替的，请勾选“代替已有的安排”并写明原因。")
            elif not data.get("why"):
                self.add_error("why", "请写明为什么代替，已算过的期限会跟着变。")
        off, worked = self._days("off", year), self._days("worked", year)
        for fault in check_year(year, off, worked):
            self.add_error("worked" if fault.day in worked else "off", fault.why)
        if not self.errors and not off:
            self.add_error("off", "每年都有放假的工作日，请按通知填写。")
        return {**data, "off": off, "worked": worked}

    def _days(self, name: str, year: int) -> list[date]:
        found = []
        for part in re.split(r"[\s,，、;；]+", self.cleaned_data.get(name) or ""):
            match = _DAY.fullmatch(part) if part else None
            if part and match is None:
                self.add_error(name, f"“{part}”看不懂，请写成 2月16日 或 {year}-02-16。")
            elif match is not None:
                try:
                    found.append(date(int(match[1] or year), int(match[2]), int(match[3])))
                except ValueError:
                    self.add_error(name, f"“{part}”不是一个日子。")
        return found
