"""Forms of campaigns."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from gongdi.apps.accounts.models import User
from gongdi.apps.places.models import CompoundFact
from gongdi.apps.places.queries import streets_of
from gongdi.apps.places.stages import Stage
from gongdi.apps.survey.access import RUN
from gongdi.apps.survey.models import Campaign
from gongdi.apps.survey.queries import chosen_compounds
from gongdi.apps.survey.questions import QUESTIONS, TEMPLATES, asked, grouped
from gongdi.apps.survey.seasons import season_of
from gongdi.apps.survey.services import CampaignPlan

DAY = forms.DateInput({"type": "date"}, format="%Y-%m-%d")


class CampaignForm(forms.Form):
    """A campaign: its words and days, which compounds, which questions."""

    title = forms.CharField(label="名称", max_length=100, help_text="如：2027年度改造计划摸底。")
    starts_on = forms.DateField(label="开始日期", widget=DAY)
    ends_on = forms.DateField(
        label="截止日期", widget=DAY, help_text="默认为改造年度前一年十月至当年三月，可按本地安排修改。"
    )
    street = forms.ChoiceField(label="街道", required=False)
    stage = forms.ChoiceField(label="阶段", required=False, choices=[("", "全部"), *Stage.choices])
    names = forms.CharField(
        label="只选这些小区",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 4}),
        help_text="每行一个小区名称，可从 Excel 粘贴。不填则为上面条件下的全部小区。",
    )
    templates = forms.MultipleChoiceField(
        label="调查内容",
        required=False,
        choices=[(key, f"{word}（{len(keys)} 项）") for key, (word, keys) in TEMPLATES.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    questions = forms.MultipleChoiceField(
        label="另加调查内容", required=False, widget=forms.SelectMultiple({"size": 10})
    )

    def __init__(self, user: User, today: date, *args: Any, campaign: Campaign | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        street, questions = self.fields["street"], self.fields["questions"]
        assert isinstance(street, forms.ChoiceField)
        assert isinstance(questions, forms.MultipleChoiceField)
        street.choices = [("", "全部"), *streets_of(user)]
        questions.choices = [
            (group, [(each.key, each.title) for each in found]) for group, found in grouped(list(QUESTIONS.values()))
        ]
        questions.help_text = "按住 Ctrl（Mac 为 Command）可多选。"
        first, last = season_of(today)
        self.initial = {"starts_on": first, "ends_on": last, "templates": ["essential"]}
        if campaign is not None:
            self.initial = {
                "title": campaign.title, "starts_on": campaign.starts_on, "ends_on": campaign.ends_on,
                "names": "\n".join(campaign.compounds.values_list("name", flat=True)), "templates": [],
                "questions": campaign.questions,
            }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """The days in order, at least one compound and one question."""
        data = super().clean() or {}
        if data.get("starts_on") and data.get("ends_on") and data["ends_on"] < data["starts_on"]:
            self.add_error("ends_on", "截止日期不能早于开始日期。")
        keys = [key for name in data.get("templates", []) for key in TEMPLATES[name][1]]
        data["keys"] = [each.key for each in asked(list(dict.fromkeys([*keys, *data.get("questions", [])])))]
        if not data["keys"]:
            self.add_error("templates", "请至少选一项调查内容。")
        self._choose(data)
        return data

    def _choose(self, data: dict[str, Any]) -> None:
        names = list(dict.fromkeys(line.strip() for line in data.get("names", "").splitlines() if line.strip()))
        found = chosen_compounds(self.user, data.get("street", ""), data.get("stage", ""), names)
        data["compounds"] = found
        missing = sorted(set(names) - {row.name for row in found})
        if missing:
            told = "、".join(missing[:10]) + ("等" if len(missing) > 10 else "")
            self.add_error("names", f"在您辖区按上面的条件找不到：{told}。请核对名称，或删去这几行。")
        elif not found:
            self.add_error("street", "这些条件下没有小区。请放宽街道或阶段。")

    def plan(self) -> CampaignPlan:
        """The campaign to be made."""
        data = self.cleaned_data
        reach = sorted(self.user.places_for(RUN), key=len)
        place = data["street"] or next(
            (each for each in reach if all(row.place.startswith(each) for row in data["compounds"])), reach[0]
        )
        return CampaignPlan(
            data["title"], place, data["starts_on"], data["ends_on"], data["keys"], data["compounds"]
        )  # fmt: skip


class CloseForm(forms.Form):
    """Why a campaign is closed."""

    why = forms.CharField(label="说明", required=False, max_length=300, widget=forms.Textarea({"rows": 2}))


class AcceptForm(forms.Form):
    """What a reviewer states of all that is accepted."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    sureness = forms.ChoiceField(
        label="可靠程度",
        choices=[each for each in CompoundFact.Sureness.choices if each[0] != CompoundFact.Sureness.READ],
        initial=CompoundFact.Sureness.STATED,
        help_text="现场核对过的选“已核实”。",
    )


class ReassignForm(forms.Form):
    """Who is to fill in."""

    to = forms.TypedChoiceField(label="改派给", coerce=int)

    def __init__(self, people: list[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (each.pk, f"{each.display_name}（{'、'.join(str(post) for post in each.held_posts)}）") for each in people
        ]
        self.people = {each.pk: each for each in people}

    def person(self) -> User:
        """The one who was chosen."""
        return self.people[self.cleaned_data["to"]]


class SheetForm(forms.Form):
    """A filled workbook."""

    file = forms.FileField(
        label="填好的填报表",
        help_text="请用本任务下载的 .xlsx，不要改动表头和隐藏的列。",
        widget=forms.ClearableFileInput({"accept": ".xlsx"}),
        error_messages={"required": "请先选择填好的填报表。", "empty": "文件是空的，请检查后重新选择。"},
    )
