"""Forms of votes."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django import forms

from gongdi.apps.dwellings.models import Building
from gongdi.apps.places.models import Compound
from gongdi.apps.voting.models import PRECEDENCES, SCOPES, Vote
from gongdi.apps.voting.paper_services import Typed
from gongdi.core.voting.ballots import Answer, Precedence
from gongdi.core.voting.heads_rules import DEFAULT, HEADS_RULES
from gongdi.core.voting.rules import RULES, Rule, Scope, rules_on
from gongdi.web.clock import local_date

MOST_MATTERS = 4
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
        self.fields["building"].queryset = Building.objects.filter(compound=compound)  # type: ignore[attr-defined]
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
        for matter in vote.matters.all():
            self.numbers.append(matter.number)
            self.fields[f"matter_{matter.number}"] = forms.ChoiceField(
                label=matter.title, choices=choices, widget=forms.RadioSelect,
                error_messages={"required": "请选一项。"},
            )  # fmt: skip

    @property
    def answers(self) -> dict[int, Answer]:
        """By matter number."""
        return {number: Answer(self.cleaned_data[f"matter_{number}"]) for number in self.numbers}


class PaperForm(AnswersForm):
    """A paper ballot as it is typed in; with `ask_when` also when it was handed in."""

    def __init__(self, vote: Vote, *args: Any, ask_when: bool = False, **kwargs: Any) -> None:
        super().__init__(vote, PAPER_ANSWERS, *args, **kwargs)
        self.fields["by_proxy"] = forms.BooleanField(label="由受托人填写，委托书已收", required=False)
        if ask_when:
            self.fields["received_at"] = _moment("交回时间", RECEIVED_HELP)

    @property
    def typed(self) -> Typed:
        """All that was read on the paper."""
        return Typed(self.answers, self.cleaned_data["by_proxy"])


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
