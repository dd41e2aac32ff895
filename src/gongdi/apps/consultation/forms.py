"""Forms of consultations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from gongdi.apps.consultation.answer_services import Given
from gongdi.apps.consultation.menu import Choice, class_words
from gongdi.apps.consultation.models import BASES, NOT_REACHED, PAYERS, SIDES, WILLING, WISHES, MenuItem
from gongdi.apps.consultation.services import Priced
from gongdi.core.consultation.answers import MOST_PRIORITIES, Answer, Channel, Side, Willing, Wish, faults_of
from gongdi.core.consultation.prices import WHOLE, Basis, Payer
from gongdi.core.values import format_hundredths, parse_hundredths

MOST_FEN = 10**13
"""A hundred thousand million yuan: no compound costs as much."""


def _day(label: str, help_text: str = "") -> forms.DateField:
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, help_text=help_text)


class DraftForm(forms.Form):
    """A round with its window."""

    title = forms.CharField(label="名称", max_length=100, help_text="如：梅堰新村改造意愿征询。")
    since = _day("开始日期")
    until = _day("截止日期", "最后一天也可以答复。")

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
        label="数量", min_value=1, max_value=10**6, required=False, help_text="按数量计价时填写。"
    )
    unit = forms.CharField(label="单位", max_length=10, required=False, help_text="如：台、盏、米。")
    source = forms.CharField(label="出资依据或原因", max_length=300)

    def __init__(self, row: MenuItem, data: Any = None) -> None:
        initial = {
            "name": row.name, "sentence": row.sentence, "basis": row.basis, "quantity": row.quantity,
            "unit": row.unit, "source": row.shares_source,
            "fen": "" if row.fen is None else _short(row.fen),
            **{payer.value: _short(share) for payer, share in row.payers.items() if share},
        }  # fmt: skip
        # By its code, not its number: what was typed for one item never falls to another that took its number.
        super().__init__(data, initial=initial, prefix=row.item)
        self.row = row
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
        data["shares"] = shares
        return data

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


class ExtendForm(forms.Form):
    """Until when, and why."""

    until = _day("新的截止日期")
    why = forms.CharField(label="原因", max_length=300, help_text="如：还有 60 户没有征求到。")


class PhotoForm(forms.Form):
    """A photo of the compound's own."""

    file = forms.FileField(
        label="照片", help_text="JPEG、PNG 或 WebP。拍摄时间和位置不会给居民看到；请不要拍到人脸和车牌。",
        widget=forms.ClearableFileInput({"accept": "image/*"}),
    )  # fmt: skip


class FindHouseholdForm(forms.Form):
    """Which sheet is at hand."""

    number = forms.IntegerField(label="征询表上的序号", min_value=1)


class AttemptForm(forms.Form):
    """Why a household was not reached."""

    reason = forms.ChoiceField(label="没有征求到的原因", choices=NOT_REACHED[1:], widget=forms.RadioSelect)


class AnswerForm(forms.Form):
    """An answer: one choice for each item, up to three priorities, willingness to pay, words."""

    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)

    def __init__(self, items: Iterable[MenuItem], household: int, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items, self.household = list(items), household
        for row in self.items:
            self.fields[f"wish_{row.number}"] = forms.ChoiceField(
                label=row.name, choices=WISHES, required=False, widget=forms.RadioSelect
            )
        ranks = [("", "不选"), *((str(row.number), row.name) for row in self.items)]
        for place, words in enumerate(("最想要的第一项", "第二项", "第三项"), start=1):
            self.fields[f"priority_{place}"] = forms.ChoiceField(label=words, choices=ranks, required=False)
        self.fields["willing"] = forms.ChoiceField(
            label="想要的内容，业主那一份您愿意出吗", choices=WILLING, required=False, widget=forms.RadioSelect
        )
        self.fields["words"] = forms.CharField(
            label="还想说的", max_length=500, required=False, widget=forms.Textarea({"rows": 3}),
            help_text="请不要写姓名、电话和证件号码。",
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The answer is whole: each fault stands at its field."""
        data = super().clean() or {}
        if not self.errors:
            for fault in faults_of(self._answer(data), [row.number for row in self.items]):
                self.add_error(fault.place or None, str(fault))
        return data

    def _answer(self, data: dict[str, Any]) -> Answer:
        wishes = {row.number: Wish(said) for row in self.items if (said := data.get(f"wish_{row.number}"))}
        places = (data.get(f"priority_{place}") for place in range(1, MOST_PRIORITIES + 1))
        willing = Willing(data["willing"]) if data.get("willing") else None
        ranks = tuple(int(each) for each in places if each)
        return Answer(0, self.household, self.side_of(data), wishes, ranks, willing, bool(data.get("heard")))

    def side_of(self, data: dict[str, Any]) -> Side:
        """For which side the answer speaks; the phone page knows it by itself."""
        return Side(data.get("side") or Side.OWNERS)

    def given(self, side: Side, channel: Channel) -> Given:
        """The answer for the service."""
        answer = self._answer(self.cleaned_data)
        words = self.cleaned_data["words"]
        return Given(side, channel, answer.wishes, answer.priorities, answer.willing, words, answer.heard)

    @property
    def rows(self) -> list[tuple[MenuItem, forms.BoundField]]:
        """Each item with its field."""
        return [(row, self[f"wish_{row.number}"]) for row in self.items]

    @property
    def rest(self) -> list[forms.BoundField]:
        """The other fields that are seen."""
        return [field for field in self.visible_fields() if not field.name.startswith("wish_")]


class EnterForm(AnswerForm):
    """An answer as staff type it in: from paper, or at the door."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["channel"] = forms.ChoiceField(
            label="怎么征求的", choices=[(Channel.PAPER.value, "纸质征询表"), (Channel.VISIT.value, "上门")]
        )
        self.fields["side"] = forms.ChoiceField(label="答复人", choices=SIDES, help_text="业主的家人算业主。")
        self.fields["heard"] = forms.BooleanField(label="已征求，这一户没有意见", required=False)


class JudgeForm(forms.Form):
    """What the numbers say of the residents' will."""

    CHOICES = (("", "不认定"), ("yes", "是"), ("no", "否"))
    resident_will_strong = forms.ChoiceField(label="居民改造意愿强烈", choices=CHOICES, required=False)
    residents_active = forms.ChoiceField(label="居民参与积极性高", choices=CHOICES, required=False)
    voluntary_contribution = forms.ChoiceField(label="居民自愿出资", choices=CHOICES, required=False)
    why = forms.CharField(
        label="理由", max_length=300, widget=forms.Textarea({"rows": 2}),
        help_text="文件没有写多少算“强烈”，请写明依据哪几个数字。",
    )  # fmt: skip

    @property
    def judged(self) -> dict[str, bool]:
        """By fact, those that are judged."""
        names = [name for name in self.fields if name != "why"]
        return {name: said == "yes" for name in names if (said := self.cleaned_data[name])}


class FixForm(forms.Form):
    """Which items stand on the list of contents, and why where that departs from the wishes."""

    def __init__(self, items: Sequence[MenuItem], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = items
        for row in items:
            self.fields[f"take_{row.number}"] = forms.BooleanField(label=f"列入“{row.name}”", required=False)
            self.fields[f"why_{row.number}"] = forms.CharField(
                label=f"“{row.name}”的原因", max_length=300, required=False
            )

    @property
    def chosen(self) -> list[int]:
        """The numbers of the items taken in."""
        return [row.number for row in self.items if self.cleaned_data[f"take_{row.number}"]]

    @property
    def reasons(self) -> dict[int, str]:
        """The reasons by number."""
        return {row.number: self.cleaned_data[f"why_{row.number}"] for row in self.items}


class FileForm(forms.Form):
    """When the written application was handed in, by whom, to whom."""

    filed_on = _day("申请日期")
    applicant = forms.CharField(label="申请人", max_length=100, help_text="业主委员会或居民小组。")
    receiver = forms.CharField(label="受理单位", max_length=100, help_text="如：文教街道办事处。")

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_filed_on(self) -> date:
        """No day to come."""
        on: date = self.cleaned_data["filed_on"]
        if on > self.today:
            raise forms.ValidationError("申请日期不能晚于今天。")
        return on
