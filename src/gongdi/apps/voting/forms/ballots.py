"""Forms of a ballot: by phone, at the door, and who may give it."""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any

from django import forms

from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.preparing import ReadyFile, prepare, prepare_upload
from gongdi.apps.voting.box import Given
from gongdi.apps.voting.frozen import frozen
from gongdi.apps.voting.models import Evidence, Unit, Vote
from gongdi.apps.voting.visit_services import Signed
from gongdi.core.voting.ballots import Answer, Channel

LARGEST_SIGNATURE = 200_000
"""Letters of a drawn signature as the page sends it: about 150 KB."""
ANSWERS = [(Answer.YES.value, "同意"), (Answer.NO.value, "反对"), (Answer.ABSTAIN.value, "弃权")]
_BY_WORD = {word: Answer(word) for word, _ in ANSWERS}


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


class PhoneForm(AnswersForm):
    """A ballot by phone, with the key of its page and the voter's word that the vote is theirs."""

    key = forms.CharField(max_length=64, min_length=8, widget=forms.HiddenInput)

    def __init__(self, vote: Vote, *args: Any, **kwargs: Any) -> None:
        super().__init__(vote, ANSWERS, *args, **kwargs)
        self.fields["mine"] = forms.BooleanField(
            label="我是业主，或已由共有人推选我投票",
            error_messages={"required": "请确认您可以代表这一户投票；不确定的请到社区办理。"},
        )


_KEY, _MATTER = re.compile(r"[!-~]{8,64}"), re.compile(r"matter_([1-9][0-9]{0,3})")


def read_phone_form(data: Mapping[str, str]) -> tuple[str, dict[int, Answer]] | None:
    """The key and the answers of a ballot by phone, sent as its page has it; None where a form must say what is wrong.

    Building the form takes longer than all else together. Whether every matter has an answer is seen when the ballot is
    taken in.
    """
    key = data.get("key", "")
    if data.get("mine") != "on" or not _KEY.fullmatch(key):
        return None
    answers: dict[int, Answer] = {}
    for name, said in data.items():
        matter = _MATTER.fullmatch(name)
        if matter is not None:
            if said not in _BY_WORD:
                return None
            answers[int(matter[1])] = _BY_WORD[said]
    return key, answers


class FindForm(forms.Form):
    """Which home is at hand: what stands on its door, or its place on the roll."""

    words = forms.CharField(
        label="门牌或名册序号", max_length=40, help_text="如：3幢2单元201、3-2-201、201；也可以填选票右上角的序号。"
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
