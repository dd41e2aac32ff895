"""Forms of the dwellings pages."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet

from gongdi.apps.dwellings.models import Building, Dwelling, Owner
from gongdi.apps.dwellings.services import NewHolder, OwnerTold
from gongdi.core.ownership.numbers import as_new_number, fault_of_number, is_placeholder
from gongdi.core.ownership.shares import parse_share
from gongdi.core.values import parse_hundredths
from gongdi.exchange.dwelling_roll.cells import Fault, read_phone
from gongdi.exchange.tabular.limits import MAX_BULK_FILE_BYTES

MOST_HOLDERS = 6


class DateInput(forms.DateInput):
    """A day, picked or typed."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class AreaField(forms.CharField):
    """An area in m2 with at most two decimals, as whole 0.01 m2."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=16, widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)

    def clean(self, value: Any) -> int | None:
        """The area in 0.01 m2; None when left empty."""
        text = super().clean(value)
        if not text:
            return None
        found = parse_hundredths(text)
        if found is None or found <= 0:
            raise forms.ValidationError("面积应为大于零的平方米数，至多两位小数，如 75.32。")
        return found

    def prepare_value(self, value: Any) -> Any:
        """0.01 m2 as m2, for the page."""
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value


class RollForm(forms.Form):
    """A roll of dwellings to upload."""

    file = forms.FileField(label="房屋清册", help_text="xlsx、xls 或 csv；每行一户，共有人各占一行。")
    as_of = forms.DateField(
        label="截至日期",
        widget=DateInput(),
        help_text="清册反映哪一天的产权。与现有业主不同且未写起始日期的，按这一天变更。",
    )

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["as_of"].initial = today
        self.today = today

    def clean_file(self) -> UploadedFile[bytes]:
        """Refuse what is larger than any roll may be."""
        file: UploadedFile[bytes] = self.cleaned_data["file"]
        if (file.size or 0) > MAX_BULK_FILE_BYTES:
            raise forms.ValidationError("文件超过 300 MB。请按街道分成几个文件。")
        return file

    def clean_as_of(self) -> date:
        """The day cannot lie ahead."""
        day: date = self.cleaned_data["as_of"]
        if day > self.today:
            raise forms.ValidationError("截至日期不能晚于今天。")
        return day


MOST_OF_A_BUILDING = {"floors": ("地上层数", 200), "stairwells": ("单元数", 100), "lifts": ("电梯数", 200)}
"""Bounds that no building passes, so that a slip of the finger is told."""


class BuildingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A building's figures."""

    area = AreaField(label="建筑面积（平方米）", required=False)

    class Meta:  # noqa: D106 -- Django's own
        model = Building
        fields = ("name", "structure", "floors", "stairwells", "completed_year", "lifts", "area", "source")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        # What nobody knows stays unknown: a figure that has to be made up is worse than none.
        for name, (label, most) in MOST_OF_A_BUILDING.items():
            self.fields[name] = forms.IntegerField(label=label, required=False, min_value=0, max_value=most)
        self.fields["completed_year"].required = False

    def clean_completed_year(self) -> int | None:
        """A year between 1900 and this one."""
        year: int | None = self.cleaned_data["completed_year"]
        if year is not None and not 1900 <= year <= self.today.year:
            raise forms.ValidationError("建成年份应在 1900 年至今年之间。")
        return year

    def validate_constraints(self) -> None:
        """The same name means the same building; the service changes it."""


class DwellingForm(forms.Form):
    """A dwelling's figures."""

    stairwell = forms.CharField(label="单元", max_length=20, required=False)
    room = forms.CharField(label="房号", max_length=20)
    floor = forms.IntegerField(label="楼层", required=False, min_value=-9, max_value=200)
    area = AreaField(label="专有部分面积（平方米）", help_text="整户面积，以不动产登记簿为准。")
    area_basis = forms.ChoiceField(label="面积依据", choices=Dwelling.AreaBasis.choices)
    use = forms.ChoiceField(label="用途", choices=Dwelling.Use.choices)


class NewDwellingForm(DwellingForm):
    """A dwelling that is added by hand."""

    began_on = forms.DateField(
        label="起始日期", required=False, widget=DateInput(),
        help_text="新建的、由另一户拆分出来的才填：更早日期的名册不列它。一直就有、先前漏登记的，留空。",
    )  # fmt: skip

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_began_on(self) -> date | None:
        """The day cannot lie ahead."""
        day: date | None = self.cleaned_data["began_on"]
        if day is not None and day > self.today:
            raise forms.ValidationError("起始日期不能晚于今天。")
        return day


class CorrectionForm(DwellingForm):
    """A correction of a dwelling's figures, with the reason."""

    on = forms.DateField(
        label="变更日期", required=False, widget=DateInput(),
        help_text="面积或用途从这一天起变了，才填；更早日期的名册仍按原来的算。原来就记错了的，留空。",
    )  # fmt: skip
    why = forms.CharField(label="更正理由", max_length=500, widget=forms.Textarea({"rows": 2}))
    field_order = ("floor", "area", "area_basis", "use", "on", "why")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["stairwell"], self.fields["room"]
        self.today = today

    def clean_on(self) -> date | None:
        """The day cannot lie ahead."""
        day: date | None = self.cleaned_data["on"]
        if day is not None and day > self.today:
            raise forms.ValidationError("变更日期不能晚于今天。")
        return day


def _sound_number(told: str) -> str:
    number = told.strip().upper()
    if is_placeholder(number):
        return ""
    fault = fault_of_number(number)
    if fault is not None:
        raise forms.ValidationError(f"{fault}。请对照证件改正。")
    return as_new_number(number)


class OwnerCorrectionForm(forms.Form):
    """A correction of an owner; a field left empty says nothing, since the page shows no current value in clear."""

    name = forms.CharField(label="姓名（名称）", max_length=60, required=False, help_text="不改的留空，下同。")
    number = forms.CharField(label="证件号码", max_length=30, required=False)
    phone = forms.CharField(label="联系电话", max_length=20, required=False)
    kind = forms.ChoiceField(label="类别", choices=[("", "不改"), *Owner.Kind.choices], required=False)
    why = forms.CharField(
        label="更正理由", max_length=500, widget=forms.Textarea({"rows": 2}), help_text="如：录入有误、改名、换了电话。"
    )

    def clean_number(self) -> str:
        """An identity number whose check digit holds."""
        return _sound_number(self.cleaned_data["number"])

    def clean_phone(self) -> str:
        """A phone number's digits."""
        found = read_phone(self.cleaned_data["phone"])
        if isinstance(found, Fault):
            raise forms.ValidationError(f"{found.why}{found.remedy}")
        return found

    def told(self) -> OwnerTold:
        """What the correction tells."""
        return OwnerTold(**{name: value for name, value in self.cleaned_data.items() if name != "why"})


class _NamesakeField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Another record of the same name, told by what it holds; masked."""

    def label_from_instance(self, obj: Any) -> str:
        """The masked name, number and phone, and the dwellings."""
        held = "、".join(str(spell.dwelling) for spell in obj.held[:3]) or "目前没有房屋"
        told = "，".join(each for each in (obj.number_masked, obj.phone_masked) if each)
        return f"{obj}（{told or '没有证件号码和电话'}）：{held}"


class MergeForm(forms.Form):
    """Which other record is the same owner, and how one knows."""

    other = _NamesakeField(
        label="与哪条记录是同一人", queryset=Owner.objects.none(), empty_label="请选择",
        help_text="那条记录的房屋都归到本业主名下；表决按业主人数计，以后的名册少计一人。已固定的名册不变。",
    )  # fmt: skip
    why = forms.CharField(
        label="依据",
        max_length=500,
        widget=forms.Textarea({"rows": 2}),
        help_text="如：核对了身份证和两本不动产权证书。",
    )

    def __init__(self, namesakes: QuerySet[Owner], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = namesakes  # type: ignore[attr-defined]


class EndForm(forms.Form):
    """The end of a dwelling, with the reason."""

    on = forms.DateField(label="注销日期", widget=DateInput())
    why = forms.CharField(label="注销原因", max_length=200, help_text="如：拆除、合并到隔壁。")


class HolderForm(forms.Form):
    """One of the owners that a dwelling passes to."""

    name = forms.CharField(label="业主", max_length=60, required=False)
    kind = forms.ChoiceField(label="类别", choices=Owner.Kind.choices, required=False)
    share = forms.CharField(label="份额", max_length=20, required=False, help_text="全部、1/2、50%")
    number = forms.CharField(label="证件号码", max_length=30, required=False)
    phone = forms.CharField(label="电话", max_length=20, required=False)
    certificate = forms.CharField(label="不动产权证号", max_length=60, required=False)

    def clean_share(self) -> Fraction:
        """A share as people write it."""
        share = parse_share(self.cleaned_data["share"])
        if share is None:
            raise forms.ValidationError("份额看不懂。请写 1/2、50% 或全部。")
        return share

    def clean_number(self) -> str:
        """An identity number whose check digit holds."""
        return _sound_number(self.cleaned_data["number"])

    def holder(self) -> NewHolder | None:
        """The owner told; None for a line left empty."""
        data = self.cleaned_data
        return NewHolder(**{**data, "kind": data["kind"] or "person"}) if data.get("name") else None


HolderFormSet = forms.formset_factory(HolderForm, extra=MOST_HOLDERS, max_num=MOST_HOLDERS)


class TransferForm(forms.Form):
    """When and how a dwelling passes to others."""

    on = forms.DateField(label="变更日期", widget=DateInput(), help_text="从这一天起属于新业主。")
    basis = forms.CharField(label="取得方式", max_length=60, help_text="如：买卖、继承、赠与、判决。")
    source = forms.CharField(label="依据", max_length=300, help_text="如：不动产登记簿查询结果，日期。")


class PurposeForm(forms.Form):
    """Why somebody looks at what identifies an owner."""

    purpose = forms.CharField(
        label="查看用途",
        min_length=4,
        max_length=200,
        help_text="如：核对第3幢选票签名。用途会记入审计记录。",
        error_messages={"min_length": "请写明查看的用途，至少 4 个字，如“核对第3幢选票”。"},
    )


class OwnerSearchForm(PurposeForm):
    """An exact search for an owner."""

    words = forms.CharField(
        label="姓名、证件号码或电话", max_length=60, help_text="须完整填写；个人信息加密保存，不能按一部分查找。",
        widget=forms.TextInput({"autocomplete": "off"}),
    )  # fmt: skip
    field_order = ("words", "purpose")


class UndoForm(forms.Form):
    """Why a roll is undone."""

    why = forms.CharField(label="撤销理由", max_length=500, widget=forms.Textarea({"rows": 2}))
