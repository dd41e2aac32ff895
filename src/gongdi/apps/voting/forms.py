"""Forms of votes."""

from __future__ import annotations

import base64
import re
from datetime import date, datetime
from typing import Any

from django import forms

from gongdi.apps.dwellings.models import Building
from gongdi.apps.dwellings.queries import natural
from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.preparing import ReadyFile, prepare, prepare_upload
from gongdi.apps.places.models import Compound
from gongdi.apps.voting.ballot_services import Given
from gongdi.apps.voting.frozen import frozen
from gongdi.apps.voting.models import PRECEDENCES, SCOPES, Evidence, Unit, Vote
from gongdi.apps.voting.paper_services import Typed
from gongdi.apps.voting.visit_services import Signed
from gongdi.core.voting.ballots import Answer, Channel, Precedence
from gongdi.core.voting.heads_rules import DEFAULT, HEADS_RULES
from gongdi.core.voting.rules import RULES, Rule, Scope, rules_on
from gongdi.web.clock import local_date

MOST_MATTERS = 4
LARGEST_SIGNATURE = 200_000
"""Letters of a drawn signature as the page sends it: about 150 KB."""
ANSWERS = [(Answer.YES.value, "同意"), (Answer.NO.value, "反对"), (Answer.ABSTAIN.value, "弃权")]
PAPER_ANSWERS = [*ANSWERS, (Answer.VOID.value, "空白或无法辨认")]


def _moment(label: str, help_text: str = "") -> forms.DateTimeField:
    widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget, help_text=help_text, input_formats=["%Y-%m-%dT%H:%M"])


class DraftForm(forms.Form):
    """A vote with its matters, each under a rule that holds on the day on which it begins."""

    title = forms.CharField(label="名称", max_length=100, help_text="如：梅堰新村改造方案表决。")
    scope = forms.ChoiceField(label="范围", choices=SCOPES)
    building = forms.ModelChoiceField(
        label="楼栋", queryset=Building.objects.none(), required=False, help_text="范围是一栋楼或一个单元时填写。"
    )
    stairwell = forms.CharField(label="单元", max_length=20, required=False, help_text="如：1单元。")
    since = _moment("投票开始")
    until = _moment("投票截止")
    precedence = forms.ChoiceField(label="一户投了几次时", choices=PRECEDENCES, help_text="写入公告，固定后不能改。")
    changes = forms.BooleanField(label="截止前可以改投", required=False, initial=True)
    one_voter = forms.BooleanField(
        label="共有的房屋只由推选的一人投票", required=False, initial=True,
        help_text="不勾选时，任何一位共有人都可以投，几次不同的按上面的规定算。",
    )  # fmt: skip
    early_end = forms.BooleanField(
        label="已成定局时可以提前截止", required=False,
        help_text="只有“以最先交来的一次为准”且投后不能改时可用；系统核对两条门槛都不会再变才允许。",
    )  # fmt: skip
    heads_rule = forms.ChoiceField(
        label="人数怎么算", initial=DEFAULT, help_text="各地规定不同，写入公告，固定名册后不能改。",
        choices=[(slug, f"{named.title}（{named.clause}）") for slug, named in HEADS_RULES.items()],
    )  # fmt: skip

    def __init__(self, compound: Compound, packs: frozenset[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.packs = packs
        buildings = Building.objects.filter(compound=compound)
        self.fields["building"].queryset = buildings  # type: ignore[attr-defined]
        ordered = sorted(buildings, key=lambda row: natural(row.name))
        named = [("", "不选（全小区）"), *((row.pk, row.name) for row in ordered)]
        self.fields["building"].choices = named  # type: ignore[attr-defined]
        choices = [("", "请选择")] + [
            (rule.slug, f"{rule.title}（{rule.clause.section}）") for rule in RULES.values()
            if rule.clause.pack in packs | {"cn"}
        ]  # fmt: skip
        for number in range(1, MOST_MATTERS + 1):
            needed = number == 1
            self.fields[f"matter_{number}"] = forms.CharField(label=f"事项{number}", max_length=200, required=needed)
            self.fields[f"rule_{number}"] = forms.ChoiceField(
                label=f"事项{number}的规则", choices=choices, required=needed
            )

    def clean(self) -> dict[str, Any]:
        """The scope is whole; each matter has a rule that holds on the day and for the scope."""
        data = super().clean() or {}
        scope = data.get("scope")
        if scope in (Scope.BUILDING.value, Scope.STAIRWELL.value) and not data.get("building"):
            self.add_error("building", "请选择楼栋。")
        if scope == Scope.STAIRWELL.value and not data.get("stairwell"):
            self.add_error("stairwell", "请填写单元，写法与房屋清册一致。")
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", "截止时间须晚于开始时间。")
        if data.get("early_end") and (data.get("changes") or data.get("precedence") != Precedence.FIRST.value):
            self.add_error("early_end", "要允许提前截止，请选“以最先交来的一次为准”，并取消“截止前可以改投”。")
        data["matters"] = self._matters(data, since, scope)
        return data

    def _matters(self, data: dict[str, Any], since: datetime | None, scope: str | None) -> list[tuple[str, Rule]]:
        found: list[tuple[str, Rule]] = []
        for number in range(1, MOST_MATTERS + 1):
            title, slug = data.pop(f"matter_{number}", ""), data.pop(f"rule_{number}", "")
            if bool(title) != bool(slug):
                self.add_error(f"rule_{number}" if title else f"matter_{number}", "事项和规则要一起填写。")
            elif title and since and scope:
                rule = RULES[slug]
                if rule not in rules_on(local_date(since), Scope(scope), self.packs):
                    self.add_error(f"rule_{number}", "这条规则在投票开始那天或这个范围不适用，请另选。")
                found.append((title, rule))
        return found


class FreezeForm(forms.Form):
    """As of which day the roll is frozen."""

    on = forms.DateField(
        label="按哪一天的产权", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text="固定之后，产权、面积或政策再有变化，这次表决的名册不变。",
    )  # fmt: skip

    publish_rooms = forms.BooleanField(
        label="公开文件里写明房屋", required=False,
        help_text="当地规定要求公开到户时才勾选：任何人都能看到哪一户投了什么。不勾选时只有代号和面积。",
    )  # fmt: skip

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today

    def clean_on(self) -> date:
        """No day to come."""
        on: date = self.cleaned_data["on"]
        if on > self.today:
            raise forms.ValidationError("不能按将来的日期固定名册。")
        return on


class PublishForm(forms.Form):
    """Until when the result is shown for objections."""

    until = forms.DateField(label="公示到哪一天", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


class VoidForm(forms.Form):
    """Why a vote is void."""

    why = forms.CharField(label="作废原因", max_length=300, widget=forms.Textarea({"rows": 3}))


class AnswersForm(forms.Form):
    """What a ballot says on each matter."""

    def __init__(self, vote: Vote, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.numbers: list[int] = []
        for number, title in frozen(vote).matters:
            self.numbers.append(number)
            self.fields[f"matter_{number}"] = forms.ChoiceField(
                label=title, choices=choices, widget=forms.RadioSelect,
                error_messages={"required": "请选一项。"},
            )  # fmt: skip

    @property
    def answers(self) -> dict[int, Answer]:
        """By matter number."""
        return {number: Answer(self.cleaned_data[f"matter_{number}"]) for number in self.numbers}


def who_fields(unit: Unit) -> dict[str, forms.Field]:
    """Whether an agent filled it in; of co-owners which one signed."""
    fields: dict[str, forms.Field] = {
        "by_proxy": forms.BooleanField(
            label="由受托人填写", required=False, help_text="须先登记书面委托（拍下委托书），没有登记的不能计入。"
        )
    }
    owners = unit.owners.all()
    if len(owners) > 1:
        fields["signed_by"] = OwnerField(
            label="由哪位共有人签名", queryset=owners, empty_label="请选择",
            help_text="受托人填写的，选委托他的那位共有人。",
        )  # fmt: skip
    return fields


class OwnerField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A choice among owners, masked."""

    def label_from_instance(self, obj: Any) -> str:
        """A masked name, with the masked phone where two names look the same."""
        return f"{obj.name_masked} {obj.phone_masked}".strip()


class VisitForm(AnswersForm):
    """A ballot given at the door, with the owner's signature drawn on the screen or the photo of the signed paper."""

    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)
    signature = forms.CharField(required=False, max_length=LARGEST_SIGNATURE, widget=forms.HiddenInput)

    def __init__(self, vote: Vote, *args: Any, unit: Unit, **kwargs: Any) -> None:
        super().__init__(vote, ANSWERS, *args, **kwargs)
        self.fields |= who_fields(unit)
        self.fields["photo"] = forms.FileField(
            label="签名的选票照片", required=False, help_text="业主在屏幕上签名的，不用拍照。",
            widget=forms.ClearableFileInput({"accept": "image/*", "capture": "environment"}),
        )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """A signature or a photo, checked by its content."""
        data = super().clean() or {}
        try:
            if data.get("photo"):
                ready = prepare_upload(data["photo"], photo=True)
                data["signed"] = Signed(Evidence.Kind.PAPER, ready.public, "image/jpeg")
            elif data.get("signature"):
                head, _, text = data["signature"].partition(",")
                if head != "data:image/png;base64":
                    raise RefusedFileError("签名没有传完整。请清除后重新签一次。")
                content = base64.b64decode(text, validate=True)
                prepare(content, "signature.png", photo=True)
                data["signed"] = Signed(Evidence.Kind.SIGNATURE, content, "image/png")
            else:
                self.add_error(None, "请业主在屏幕上签名，或拍下签了名的选票。")
        except (RefusedFileError, ValueError) as refused:
            said = str(refused) if isinstance(refused, RefusedFileError) else "签名没有传完整。请清除后重新签一次。"
            self.add_error("photo" if data.get("photo") else None, said)
        return data

    @property
    def given(self) -> Given:
        """The ballot."""
        return Given(
            self.answers, Channel.VISIT, self.cleaned_data["by_proxy"], signed_by=self.cleaned_data.get("signed_by")
        )


class NameVoterForm(forms.Form):
    """Whom the co-owners named."""

    why = forms.CharField(label="依据", max_length=300, help_text="如：全体共有人签名的推选书，某月某日收到。")

    def __init__(self, unit: Unit, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"] = OwnerField(label="推选谁投票", queryset=unit.owners.all(), empty_label="请选择")
        self.order_fields(["owner", "why"])


class MandateForm(forms.Form):
    """A written proxy with its photo."""

    agent = forms.CharField(label="受托人姓名", max_length=60, help_text="加密保存，页面上只显示姓。")
    photo = forms.FileField(
        label="委托书照片", help_text="写明委托人、受托人、事项和日期，有委托人签名。",
        widget=forms.ClearableFileInput({"accept": "image/*", "capture": "environment"}),
    )  # fmt: skip

    def clean_photo(self) -> ReadyFile:
        """A photo, told by its content."""
        try:
            return prepare_upload(self.cleaned_data["photo"], photo=True)
        except RefusedFileError as refused:
            raise forms.ValidationError(str(refused)) from None


class PurposeForm(forms.Form):
    """What personal data are needed for."""

    why = forms.CharField(label="用途", max_length=300, help_text="如：答复第2条异议。查看会留下审计记录。")


class ObjectionForm(forms.Form):
    """An objection as a resident writes it."""

    text = forms.CharField(label="哪里不对，依据是什么", max_length=1000, widget=forms.Textarea({"rows": 5}))


class RecordObjectionForm(ObjectionForm):
    """An objection as staff write it down for somebody."""

    who = forms.CharField(label="提出人", max_length=60, help_text="如：3幢业主李先生。不要写身份证号。")
    field_order = ("who", "text")


class AnswerForm(forms.Form):
    """The answer to an objection."""

    answer = forms.CharField(label="答复", max_length=1000, widget=forms.Textarea({"rows": 5}))


class StepForm(forms.Form):
    """A step with a final result: which body, and a note or number."""

    body = forms.CharField(label="单位", max_length=100)
    note = forms.CharField(label="说明或收件编号", max_length=300, required=False)


class PaperForm(AnswersForm):
    """A paper ballot as it is typed in; with `ask_when` also when it was handed in."""

    def __init__(self, vote: Vote, *args: Any, unit: Unit, ask_when: bool = False, **kwargs: Any) -> None:
        super().__init__(vote, PAPER_ANSWERS, *args, **kwargs)
        self.fields |= who_fields(unit)
        if ask_when:
            self.fields["received_at"] = _moment("交回时间", RECEIVED_HELP)

    @property
    def typed(self) -> Typed:
        """All that was read on the paper."""
        return Typed(self.answers, self.cleaned_data["by_proxy"], self.cleaned_data.get("signed_by"))


RECEIVED_HELP = "选票交到社区的日期和时间。同一户投了几次时，按交回的先后算，不按录入的先后。"


class FindUnitForm(forms.Form):
    """Which ballot is at hand: its place on the roll, printed on it."""

    number = forms.IntegerField(label="选票上的名册序号", min_value=1)


class ReceiveForm(forms.Form):
    """Which ballots were handed in, and when: several numbers at once."""

    numbers = forms.CharField(
        label="交回选票的名册序号", max_length=600, help_text="可填几个，用空格或顿号隔开，如：3 17 52。"
    )
    received_at = _moment("交回时间", RECEIVED_HELP)

    def clean_numbers(self) -> list[int]:
        """Whole numbers, each once."""
        parts = [part for part in re.split(r"[\s,，、;；]+", self.cleaned_data["numbers"]) if part]
        strange = [part for part in parts if not part.isdecimal() or not int(part)]
        if strange:
            raise forms.ValidationError(f"“{strange[0]}”不是名册序号。请填选票右上角的数字。")
        return list(dict.fromkeys(int(part) for part in parts))


class DiscardForm(forms.Form):
    """Why a paper entry is set aside, and whether the paper is good and to be typed in anew."""

    ANEW = (("anew", "录错了：选票有效，重新录入"), ("void", "选票无效：如没有签名、不是本人或受托人所填"))
    kind = forms.ChoiceField(label="怎样处理", choices=ANEW, widget=forms.RadioSelect)
    why = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 2}))


class PhoneForm(AnswersForm):
    """A ballot by phone, with the key of its page and the voter's word that the vote is theirs."""

    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)

    def __init__(self, vote: Vote, *args: Any, **kwargs: Any) -> None:
        super().__init__(vote, ANSWERS, *args, **kwargs)
        self.fields["mine"] = forms.BooleanField(
            label="我是业主，或已由共有人推选我投票",
            error_messages={"required": "请确认您可以代表这一户投票；不确定的请到社区办理。"},
        )
