"""The form that says which pack governs a place."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

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


class DraftForm(forms.Form):
    """A draft of a pack."""

    file = forms.FileField(
        label="草案文件",
        help_text="从下面下载一份现行政策包的工作簿（xlsx），改好后上传；也可上传政策包文件夹的 zip。不超过 20 MB。",
        widget=forms.ClearableFileInput({"accept": ".xlsx,.zip"}),
        error_messages={"required": "请先选择要上传的草案文件。", "empty": "文件是空的，请检查后重新选择。"},
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """The file must be of a known kind and not too large."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if not (file.name or "").lower().endswith((".xlsx", ".zip")):
            raise forms.ValidationError("只能读取 xlsx 工作簿和 zip 文件。请在 Excel 中另存为 xlsx 后再上传。")
        if (file.size or 0) > settings.LARGEST_ROSTER:
            raise forms.ValidationError("文件超过 20 MB。请删去无关的工作表和图片后再上传。")
        return file
