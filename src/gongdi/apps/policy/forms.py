"""The form that says which pack governs a place."""

from __future__ import annotations

from typing import Any

from django import forms

from gongdi.apps.policy.packs import library


class PackForm(forms.Form):
    """A pack and the day for which decisions are taken."""

    pack = forms.ChoiceField(label="政策包")
    as_of = forms.DateField(
        label="判定日期",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text="空白时以当天为准；文件期限已过时可填期限内的日期。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pack"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(slug, pack.document.title) for slug, pack in library().packs.items()]
