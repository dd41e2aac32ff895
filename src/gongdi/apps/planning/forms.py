"""The forms of planning: next years' money as a file, and a new plan."""

from __future__ import annotations

from django import forms
from django.core.files.uploadedfile import UploadedFile

LARGEST_BUDGET = 2 * 1024 * 1024


class BudgetForm(forms.Form):
    """A file with the funds: name, classes, counties, carry-over, one column a year."""

    title = forms.CharField(label="名称", max_length=60, help_text="例如：2027年度改造资金")
    file = forms.FileField(
        label="资金表",
        help_text="xlsx、csv 或 json。每行一项资金：名称、可用类别、适用区县、可结转，每个年度一列，表头写明元或万元。",
    )

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is far larger than any table of funds."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST_BUDGET:
            raise forms.ValidationError("文件超过 2 MB，不像资金表。请只保留资金表所在的工作表后再上传。")
        return file


class PlanForm(forms.Form):
    """A new plan: its title."""

    title = forms.CharField(label="计划名称", max_length=60)
