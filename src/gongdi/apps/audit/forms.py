"""The search of events."""

from __future__ import annotations

from typing import Any

from django import forms

from gongdi.apps.audit.queries import Search
from gongdi.web.origin import CHANNELS


def _day() -> forms.DateInput:
    return forms.DateInput({"type": "date", "class": "form-control"}, format="%Y-%m-%d")


def _text(**more: str) -> forms.TextInput:
    return forms.TextInput({"class": "form-control", **more})


class SearchForm(forms.Form):
    """By person, verb, object, place, days and channel; all may be left empty."""

    person = forms.CharField(label="办理人（姓名或登录名）", required=False, max_length=40, widget=_text())
    verb = forms.ChoiceField(label="动作", required=False, widget=forms.Select({"class": "form-select"}))
    q = forms.CharField(label="对象、岗位或理由", required=False, max_length=100, widget=_text(type="search"))
    place = forms.RegexField("^[0-9]*$", label="区划代码（开头几位）", required=False, max_length=12, widget=_text())
    since = forms.DateField(label="自", required=False, widget=_day())
    until = forms.DateField(label="至", required=False, widget=_day())
    channel = forms.ChoiceField(
        label="途径", required=False, choices=[("", "全部"), *CHANNELS.items()],
        widget=forms.Select({"class": "form-select"}),
    )  # fmt: skip

    def __init__(self, verbs: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verb"].choices = [("", "全部"), *verbs]  # type: ignore[attr-defined]
        self.fields["place"].error_messages["invalid"] = "区划代码只有数字，请改正后再查。"

    def clean(self) -> dict[str, Any]:
        """The days must be in order."""
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["since"] > data["until"]:
            self.add_error("until", "“至”早于“自”，请对调后再查。")
        return data

    def search(self) -> Search:
        """What is looked for; fields at fault are left out, and the page says so beside them."""
        data = getattr(self, "cleaned_data", {})
        return Search(
            verb=data.get("verb") or "",
            person=(data.get("person") or "").strip(),
            words=(data.get("q") or "").strip(),
            place=data.get("place") or "",
            since=data.get("since"),
            until=data.get("until"),
            channel=data.get("channel") or "",
        )
