"""Forms of attachments."""

from __future__ import annotations

from django import forms


class WithdrawForm(forms.Form):
    """Why an attachment is withdrawn."""

    why = forms.CharField(label="撤下原因", max_length=300, widget=forms.Textarea({"rows": 2}))


class OriginalForm(forms.Form):
    """What the original is needed for."""

    why = forms.CharField(
        label="用途", max_length=300, help_text="如：核对拍摄地点、提交审计。查看原件会留下审计记录。",
    )  # fmt: skip
