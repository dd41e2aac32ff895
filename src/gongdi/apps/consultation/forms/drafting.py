"""Forms of a round: its window, its menu, its opening."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from gongdi.apps.consultation.menu import Choice, WhoPays, class_words
from gongdi.apps.consultation.models import BASES, PAYERS, PLEDGES, MenuItem
from gongdi.apps.consultation.services import Priced
from gongdi.core.consultation.pledges import Pledge
from gongdi.core.consultation.prices import WHOLE, Basis, Payer
from gongdi.core.values import format_hundredths, parse_hundredths

MOST_FEN = 10**13
"""A hundred thousand million yuan: no compound costs as much."""


def day_field(label: str, help_text: str = "") -> forms.DateField:
    """A day."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class DraftForm(forms.Form):
    """A round with its window, and what is asked beside the menu."""

    title = forms.CharField(label="名称", max_length=100, help_text="如：梅堰新村改造意愿征询。")
    since = day_field("开始日期")
    until = day_field("截止日期", "最后一天也可以答复。")
    pledges = forms.MultipleChoiceField(
        label="另外问的", choices=PLEDGES, required=False, widget=forms.CheckboxSelectMultiple,
        help_text="本地文件列为优先条件的已勾上，其他的可以加；答复只统计，是否具备仍由经办人认定。",
    )  # fmt: skip

    def clean_pledges(self) -> list[Pledge]:
        """As the services take them."""
        return [Pledge(each) for each in self.cleaned_data["pledges"]]

    def clean(self) -> dict[str, Any]:
        """The window is whole."""
        data = super().clean() or {}
        if data.get("since") and data.get("until") and data["until"] < data["since"]:
            self.add_error("until", "截止日期不能早于开始日期。")
        return data


class ItemsForm(forms.Form):
    """Which items of the catalogue stand on the menu, class by class."""

    def __init__(self, choices: Sequence[Choice], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices
        for code, words in class_words().items():
            rows = [
                (each.item, f"{each.plain.name}{'【专项工程】' if each.special else ''}")
                for each in choices if each.item_class == code
            ]  # fmt: skip
            if rows:
                self.fields[code] = forms.MultipleChoiceField(
                    label=words, choices=rows, required=False, widget=forms.CheckboxSelectMultiple
                )

    def clean(self) -> dict[str, Any]:
        """Something is chosen."""
        data = super().clean() or {}
        if not self.chosen:
            raise forms.ValidationError("至少选一项内容。")
        return data

    @property
    def chosen(self) -> list[Choice]:
        """The choices taken, in the order of the catalogue."""
        taken = {item for code in class_words() for item in self.cleaned_data.get(code, [])}
        return [each for each in self.choices if each.item in taken]


class HundredthsField(forms.CharField):
    """An amount with at most two decimals, as a whole number of hundredths."""

    def __init__(self, *, most: int, what: str, **kwargs: Any) -> None:
        super().__init__(max_length=20, widget=forms.TextInput({"inputmode": "decimal"}), **kwargs)
        self.most, self.what = most, what

    def clean(self, value: Any) -> int | None:
        """Whole hundredths; None when nothing is written."""
        text = str(super().clean(value) or "").replace(",", "").strip()
        if not text:
            return None
        found = parse_hundredths(text)
        if found is None or not 0 <= found <= self.most:
            raise forms.ValidationError(f"{self.what}须是不小于零的数，最多两位小数，如 1200 或 35.50。")
        return found


class PriceForm(forms.Form):
    """One item of the menu: its words, its price, who pays."""

    name = forms.CharField(label="居民看到的名称", max_length=60)
    sentence = forms.CharField(label="一句话说明", max_length=200)
    basis = forms.ChoiceField(label="计价方式", choices=BASES)
    fen = HundredthsField(label="价格（元）", most=MOST_FEN, what="价格")
    quantity = forms.IntegerField(
        label="数量",
        min_value=1,
        max_value=10**6,
        required=False,
        help_text="按数量计价时填；按单元的填估计几个单元要。",
    )
    unit = forms.CharField(label="单位", max_length=10, required=False, help_text="如：台、盏、米。")
    source = forms.CharField(label="出资依据或原因", max_length=300)

    def __init__(self, row: MenuItem, data: Any = None, told: WhoPays | None = None) -> None:
        initial = {
            "name": row.name, "sentence": row.sentence, "basis": row.basis, "quantity": row.quantity,
            "unit": row.unit, "source": row.shares_source,
            "fen": "" if row.fen is None else _short(row.fen),
            **{payer.value: _short(share) for payer, share in row.payers.items() if share},
        }  # fmt: skip
        # By its code, not its number: what was typed for one item never falls to another that took its number.
        super().__init__(data, initial=initial, prefix=row.item)
        self.row, self.told = row, told
        for code, words in PAYERS:
            self.fields[code] = HundredthsField(label=f"{words}（%）", most=WHOLE, what="比例", required=False)

    def clean(self) -> dict[str, Any]:
        """The payers make a whole; a price per unit has its unit."""
        data = super().clean() or {}
        shares = {payer: data.pop(payer.value, None) or 0 for payer in Payer}
        if not any(payer.value in self.errors for payer in Payer) and sum(shares.values()) != WHOLE:
            told = format_hundredths(sum(shares.values()))
            self.add_error(Payer.FISCAL.value, f"各方比例合计须为 100，现在是 {told}。")
        if data.get("basis") == Basis.PER_UNIT.value and not (data.get("quantity") and data.get("unit")):
            self.add_error("quantity", "按数量计价要填数量和单位。")
        if data.get("basis") == Basis.STAIRWELL.value and not data.get("quantity"):
            self.add_error("quantity", "由单元自己分摊的，要填估计有几个单元要。")
        data["shares"] = shares
        self._check_reason(shares[Payer.OWNERS], str(data.get("source", "")))
        return data

    def _check_reason(self, owners: int, source: str) -> None:
        """Owners who pay another share than the document's need another ground than the document's."""
        asked = self.told.shares.get(Payer.OWNERS) if self.told is not None else None
        if asked is None or owners == asked or self.told is None or source.strip() != self.told.source[:300].strip():
            return
        self.add_error(
            "source",
            f"业主出 {_short(owners)}%，和这条依据算出的 {_short(asked)}% 不一样。请改写为什么这样定，居民会看到。",
        )

    @property
    def payer_fields(self) -> list[forms.BoundField]:
        """The shares, for the page."""
        return [self[code] for code, _ in PAYERS]

    @property
    def priced(self) -> Priced:
        """What was entered."""
        data = {**self.cleaned_data, "quantity": self.cleaned_data["quantity"] or 1}
        return Priced(number=self.row.number, item=self.row.item, **data)


def _short(hundredths: int) -> str:
    whole, rest = divmod(hundredths, 100)
    return str(whole) if not rest else format_hundredths(hundredths)


class OpenForm(forms.Form):
    """The reason when no special project stands on the menu."""

    why_no_special = forms.CharField(
        label="不列专项工程的原因", max_length=300, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="本地文件要求征询专项工程而菜单里没有时填写。",
    )  # fmt: skip


class DiscardForm(forms.Form):
    """Why a draft is given up."""

    why = forms.CharField(label="原因", max_length=300, help_text="如：和另一个小区合并征询。")


class ExtendForm(forms.Form):
    """Until when, and why."""

    until = day_field("新的截止日期")
    why = forms.CharField(label="原因", max_length=300, help_text="如：还有 60 户没有征求到。")


class PhotoForm(forms.Form):
    """A photo of the compound's own."""

    file = forms.FileField(
        label="照片", help_text="JPEG、PNG 或 WebP。拍摄时间和位置不会给居民看到；请不要拍到人脸和车牌。",
        widget=forms.ClearableFileInput({"accept": "image/*"}),
    )  # fmt: skip
