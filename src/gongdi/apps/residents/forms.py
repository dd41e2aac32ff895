"""Forms of residents and of the worker who confirms."""

from __future__ import annotations

from typing import Any

from django import forms

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.codes import read_phone
from gongdi.apps.residents.models import DwellingBinding
from gongdi.apps.residents.queries import compounds_called, owner_names, owners_bound


class PhoneForm(forms.Form):
    """A mobile number, and the page to go to once one is in."""

    back = forms.CharField(max_length=500, required=False, widget=forms.HiddenInput)

    phone = forms.CharField(
        label="手机号",
        max_length=30,
        widget=forms.TextInput({"inputmode": "tel", "autocomplete": "tel-national"}),
    )

    def clean_phone(self) -> str:
        """Eleven digits."""
        found = read_phone(self.cleaned_data["phone"])
        if found is None:
            raise forms.ValidationError("请填写 11 位手机号。")
        return found


class CodeForm(PhoneForm):
    """The code, with the number it was sent to."""

    phone = forms.CharField(max_length=30, widget=forms.HiddenInput)
    code = forms.RegexField(
        r"^\s*\d{6}\s*$",
        label="验证码",
        max_length=12,
        error_messages={"invalid": "验证码是六位数字，请核对短信。"},
        widget=forms.TextInput({"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )

    def clean_code(self) -> str:
        """Without blanks."""
        return str(self.cleaned_data["code"]).strip()


class BindingForm(forms.Form):
    """Which dwelling, and what one is to it."""

    compound_name = forms.CharField(label="小区名称", max_length=100, help_text="按公示的全称填写，如：梅堰新村。")
    compound = forms.ChoiceField(label="有同名小区，请选一个", required=False)
    building = forms.CharField(label="楼栋", max_length=30, help_text="如：3幢。")
    room = forms.CharField(label="单元和房号", max_length=40, help_text="如：2单元301。")
    relation = forms.ChoiceField(label="您是", choices=DwellingBinding.Relation.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found: list[Compound] = compounds_called(str(self.data.get("compound_name", ""))) if self.is_bound else []
        if len(self.found) < 2:
            del self.fields["compound"]
        else:
            choices = [(str(row.pk), f"{row.county}{row.street or ''}{row.name}") for row in self.found]
            self.fields["compound"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """The name must be that of one compound."""
        data = super().clean() or {}
        chosen = data.get("compound")
        if not self.found:
            if "compound_name" in data:
                self.add_error("compound_name", "没有这个名称的小区。请核对全称，或到社区居委会询问。")
        elif len(self.found) == 1:
            data["compound"] = self.found[0]
        elif chosen:
            data["compound"] = next(row for row in self.found if str(row.pk) == chosen)
        else:
            self.add_error("compound", "有多个小区叫这个名称，请选择您的小区。")
        data.pop("compound_name", None)
        return data


class ConfirmForm(forms.Form):
    """Which dwelling of the base database it is."""

    dwelling = forms.ChoiceField(label="对应的房屋", required=False)
    checked = forms.CharField(
        label="已有业主绑定的，核对了什么", max_length=300, required=False,
        help_text="如：共有人，11月27日看过不动产权证原件。没有别人绑定的不用填。",
    )  # fmt: skip

    def __init__(self, found: list[tuple[Dwelling, bool]], needed: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dwellings = {str(row.pk): row for row, _ in found}
        fitting = [str(row.pk) for row, fits in found if fits]
        keys = [row.pk for row, _ in found]
        bound, names = owners_bound(keys), owner_names(keys)
        self.bound = bool(bound)
        choices = [
            (pk, _named(row, names.get(row.pk, ""), [each.account.phone_masked for each in bound.get(row.pk, [])]))
            for pk, row in self.dwellings.items()
        ]
        if not self.bound:
            del self.fields["checked"]
        field = self.fields["dwelling"]
        field.choices = [("", "请选择" if needed else "房屋清册尚未录入，先不对应"), *choices]  # type: ignore[attr-defined]
        field.required = needed
        field.initial = fitting[0] if len(fitting) == 1 else ""
        field.error_messages["required"] = "请选择对应的房屋；清册中没有这套房屋的，请退回并说明。"

    def clean_dwelling(self) -> Dwelling | None:
        """The row that was chosen."""
        return self.dwellings.get(self.cleaned_data["dwelling"])


def _named(dwelling: Dwelling, owners: str, numbers: list[str]) -> str:
    """A dwelling with who owns it by the roll, and whose number is bound to it as its owner's already."""
    told = [f"业主 {owners}" if owners else "业主不明"]
    told += [f"{'、'.join(numbers)} 已绑定"] if numbers else []
    return f"{dwelling}（{'；'.join(told)}）"


class RevokeForm(forms.Form):
    """Why a binding is revoked."""

    why = forms.CharField(label="撤销原因", max_length=300, widget=forms.Textarea({"rows": 3}))


class ReturnForm(forms.Form):
    """Why a request is returned."""

    why = forms.CharField(
        label="退回原因",
        max_length=300,
        help_text="居民会看到，请写明要补什么、到哪里办。",
        widget=forms.Textarea({"rows": 3}),
    )
