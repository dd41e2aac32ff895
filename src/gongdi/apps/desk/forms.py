"""Forms of tasks."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.http import url_has_allowed_host_and_scheme

from gongdi.apps.accounts.models import User
from gongdi.core.workdays import UnknownYear, WorkCalendar
from gongdi.web.missing import NOTHING_CHOSEN


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person with their posts, by the whole name: two colleagues of one family name must be told apart."""

    def label_from_instance(self, obj: Any) -> str:
        """The name and the posts."""
        posts = "、".join(str(post) for post in obj.posts_now)
        return f"{obj.display_name}（{posts}）" if posts else str(obj.display_name)


class DueField(forms.Form):
    """A deadline: a day, or a number of working days from today."""

    due_on = forms.DateField(
        label="办理期限", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="填日期，或在下一格填工作日数。",
    )  # fmt: skip
    workdays = forms.IntegerField(label="或几个工作日内", required=False, min_value=1, max_value=250)

    today: date
    calendar: WorkCalendar

    def clean(self) -> dict[str, Any]:
        """One of both, not past."""
        data = super().clean() or {}
        due, count = data.get("due_on"), data.get("workdays")
        if (due is None) == (count is None) and not self.errors:
            self.add_error("due_on", "请填日期或工作日数，二者填一。")
        if count is not None and due is None:
            found = self.calendar.after(self.today, count)
            if isinstance(found, UnknownYear):
                self.add_error("workdays", f"{found.why}或改填日期。")
            else:
                data["due_on"] = found
        if due is not None and due < self.today:
            self.add_error("due_on", "期限不能早于今天。")
        return data


class TaskForm(DueField):
    """A thing to give to somebody."""

    title = forms.CharField(label="事项", max_length=100)
    why = forms.CharField(label="说明", max_length=500, required=False, widget=forms.Textarea({"rows": 2}))
    holder = PersonField(label="办理人", queryset=User.objects.none(), empty_label=NOTHING_CHOSEN)
    url = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)
    field_order = ("title", "why", "holder", "due_on", "workdays", "url")

    def __init__(self, people: QuerySet[User], today: date, calendar: WorkCalendar, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.calendar = today, calendar
        self.fields["holder"].queryset = people  # type: ignore[attr-defined]

    def clean_url(self) -> str:
        """Only an address of this site."""
        url: str = self.cleaned_data["url"]
        return url if url.startswith("/") and url_has_allowed_host_and_scheme(url, None) else ""


class HandOverForm(forms.Form):
    """Who takes a task over, and why."""

    to = PersonField(label="转交给", queryset=User.objects.none(), empty_label=NOTHING_CHOSEN)
    why = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, people: QuerySet[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = people  # type: ignore[attr-defined]


class MoveForm(DueField):
    """Another deadline, and why."""

    why = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, today: date, calendar: WorkCalendar, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today, self.calendar = today, calendar


class FinishForm(forms.Form):
    """How a task was done."""

    note = forms.CharField(label="办结说明", max_length=500, widget=forms.Textarea({"rows": 2}))
