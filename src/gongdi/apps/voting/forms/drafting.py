"""Forms of a vote before it runs: its matters and rules, its roll."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.timezone import is_aware

from gongdi.apps.dwellings.models import Building, Dwelling
from gongdi.apps.dwellings.queries import natural
from gongdi.apps.places.models import Compound
from gongdi.apps.voting.models import PRECEDENCES, SCOPES, Vote
from gongdi.core.voting.ballots import Precedence
from gongdi.core.voting.heads_rules import DEFAULT, HEADS_RULES, read_heads_rule
from gongdi.core.voting.rules import RULES, Rule, Scope, rules_on
from gongdi.web.clock import local_date

MOST_MATTERS = 4


def moment_field(label: str, help_text: str = "") -> forms.DateTimeField:
    """A day and time."""
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
    since = moment_field("投票开始", "规则按这一天列出。补录 2021 年以前的表决，先填日期再保存，旧法的规则就会列出来。")
    until = moment_field("投票截止")
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

    def __init__(self, compound: Compound, packs: frozenset[str], today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.packs, self.today = packs, today
        buildings = Building.objects.filter(compound=compound)
        self.fields["building"].queryset = buildings  # type: ignore[attr-defined]
        ordered = sorted(buildings, key=lambda row: natural(row.name))
        named = [("", "不选（全小区）"), *((row.pk, row.name) for row in ordered)]
        self.fields["building"].choices = named  # type: ignore[attr-defined]
        self.day = self._day()
        choices = [("", "请选择")] + [
            (rule.slug, f"{rule.title}（{rule.clause.section}）") for rule in RULES.values()
            if rule.clause.pack in packs | {"cn"} and self.day in rule.valid
        ]  # fmt: skip
        for number in range(1, MOST_MATTERS + 1):
            needed = number == 1
            self.fields[f"matter_{number}"] = forms.CharField(label=f"事项{number}", max_length=200, required=needed)
            self.fields[f"rule_{number}"] = forms.ChoiceField(
                label=f"事项{number}的规则", choices=choices, required=needed,
                error_messages={"invalid_choice": "这条规则在投票开始那天不适用，请另选。"},
            )  # fmt: skip

    def _day(self) -> date:
        """The day on which the vote begins, as far as it is told: its rules are offered, no repealed ones."""
        sent = self["since"].value()
        if isinstance(sent, datetime):
            return local_date(sent) if is_aware(sent) else sent.date()
        try:
            return date.fromisoformat(str(sent or "")[:10])
        except ValueError:
            return self.today

    def clean(self) -> dict[str, Any]:
        """The scope is whole; each matter has a rule that holds on the day and for the scope."""
        data = super().clean() or {}
        scope = data.get("scope")
        self._check_place(scope, data.get("building"), data.get("stairwell", ""))
        since, until = data.get("since"), data.get("until")
        if since and until and until <= since:
            self.add_error("until", "截止时间须晚于开始时间。")
        if data.get("early_end") and (data.get("changes") or data.get("precedence") != Precedence.FIRST.value):
            self.add_error("early_end", "要允许提前截止，请选“以最先交来的一次为准”，并取消“截止前可以改投”。")
        data["matters"] = self._matters(data, since, scope)
        return data

    def _check_place(self, scope: str | None, building: Building | None, stairwell: str) -> None:
        """A scope has what it needs and nothing that speaks of a narrower one; its stairwell is one of the roll's."""
        if scope == Scope.COMPOUND.value and building:
            self.add_error("building", "范围是全小区，不要选楼栋；只表决这栋楼的，把范围改成“一栋楼”。")
        if scope in (Scope.BUILDING.value, Scope.STAIRWELL.value) and not building:
            self.add_error("building", "请选择楼栋。")
        if scope and scope != Scope.STAIRWELL.value and stairwell:
            self.add_error("stairwell", "只表决这个单元的，把范围改成“一个单元”；不是的请留空。")
        if scope != Scope.STAIRWELL.value:
            return
        rows = Dwelling.objects.filter(building=building, ended_on=None).exclude(stairwell="")
        known = sorted(set(rows.values_list("stairwell", flat=True)), key=natural) if building else []
        if not stairwell:
            self.add_error("stairwell", "请填写单元，写法与房屋清册一致。")
        elif known and stairwell not in known:
            self.add_error("stairwell", f"房屋清册里{building}没有“{stairwell}”，有：{'、'.join(known)}。")

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


def as_drafted(vote: Vote) -> dict[str, Any]:
    """A draft as the form has it."""
    found: dict[str, Any] = {
        name: getattr(vote, name)
        for name in ("title", "scope", "building", "stairwell", "since", "until", "precedence", "changes", "one_voter")
    }
    kept = read_heads_rule(vote.heads_rule)
    found["heads_rule"] = next((slug for slug, named in HEADS_RULES.items() if named.rule == kept), DEFAULT)
    for row in vote.matters.all():
        found |= {f"matter_{row.number}": row.title, f"rule_{row.number}": row.rule["slug"]}
        found["early_end"] = row.rule["early_end"]
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
