"""Forms of deliberation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet

from gongdi.apps.deliberation.issue_services import Reported
from gongdi.apps.deliberation.models import Issue
from gongdi.apps.deliberation.topic_services import Attendance
from gongdi.apps.dwellings.models import Building
from gongdi.apps.notices.forms import FilesField, day_field
from gongdi.apps.organisations.models import Body
from gongdi.apps.places.models import Compound

SPOT_HELP = "如：3幢2单元门口、东门车棚旁。"


class ReportForm(forms.Form):
    """An issue on site, by staff or those at work in the compound."""

    text = forms.CharField(label="问题", max_length=2000, widget=forms.Textarea({"rows": 4}))
    spot = forms.ChoiceField(label="位置", choices=Issue.Spot.choices)
    where = forms.CharField(label="具体地点", max_length=100, help_text=SPOT_HELP)
    photos = FilesField(photo=True, label="照片", required=False, most=6, help_text="最多 6 张。")
    field_order = ("compound", "text", "photos", "spot", "building", "where")

    def __init__(self, compounds: QuerySet[Compound], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compounds = list(compounds[:50])
        buildings = Building.objects.filter(compound__in=self.compounds).order_by("compound", "pk")
        self.fields["building"] = forms.ModelChoiceField(
            buildings, label="楼栋", required=False, empty_label="不在楼里或不清楚"
        )
        self.order_fields(self.field_order)

    def compound(self) -> Compound:
        """The compound that it is about."""
        found = self.cleaned_data.get("compound") or self.compounds[0]
        assert isinstance(found, Compound)
        return found

    def clean(self) -> dict[str, Any]:
        """A building belongs to the compound."""
        data = super().clean() or {}
        building = data.get("building")
        if building is not None and building.compound_id != self.compound().pk:
            self.add_error("building", "这栋楼不在所选的小区。请重新选择。")
        return data

    @property
    def reported(self) -> Reported:
        """As the services take it."""
        data = self.cleaned_data
        return Reported(data["text"].strip(), data["spot"], data["building"], data["where"].strip())


class OwnReportForm(ReportForm):
    """An issue as a resident reports it, in plain words."""

    def __init__(self, compounds: QuerySet[Compound], *args: Any, **kwargs: Any) -> None:
        super().__init__(compounds, *args, **kwargs)
        labels = {
            "text": "出了什么问题",
            "photos": "拍张照片",
            "spot": "在哪一类地方",
            "building": "哪栋楼",
            "where": "具体在哪里",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["photos"].help_text = "别人看不到照片里的拍摄位置和手机型号。"
        self.fields["text"].error_messages["required"] = "请写一句出了什么问题。"
        self.fields["where"].error_messages["required"] = "请写在哪里，方便师傅找到。"
        if len(self.compounds) > 1:
            self.fields["compound"] = forms.ModelChoiceField(
                compounds, label="哪个小区", empty_label="请选择", error_messages={"required": "请选择小区。"}
            )
            self.order_fields(self.field_order)


class AssignForm(forms.Form):
    """Who is to settle an issue, within how many working days."""

    working_days = forms.IntegerField(
        label="期限（工作日）", min_value=1, max_value=60, help_text="从今天的次日起算，按已录入的节假日安排。"
    )

    def __init__(self, bodies: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = forms.ModelChoiceField(
            bodies, label="承办单位", empty_label="请选择",
            help_text="没有要找的单位时，请先在“机构”里给这个小区添加。",
        )  # fmt: skip
        self.order_fields(["body", "working_days"])


class HandleForm(forms.Form):
    """What was done, with photos."""

    done = forms.CharField(label="怎样处理的", max_length=1000, widget=forms.Textarea({"rows": 4}))
    photos = FilesField(photo=True, label="处理后的照片", most=6)


class NoteForm(forms.Form):
    """A word on the way; it may be left out."""

    note = forms.CharField(label="说明", max_length=1000, required=False, widget=forms.Textarea({"rows": 3}))


class WhyForm(forms.Form):
    """Why; the reporter reads it."""

    why = forms.CharField(label="原因", max_length=300, widget=forms.Textarea({"rows": 3}), help_text="反映人会看到。")


class TopicForm(forms.Form):
    """A topic."""

    title = forms.CharField(label="议什么", max_length=60, help_text="一句话，如：3幢门口要不要加停车位。")
    text = forms.CharField(label="说说情况", max_length=2000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, compounds: Sequence[Compound], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.compounds = list(compounds)
        if len(self.compounds) > 1:
            self.fields["compound"] = forms.ModelChoiceField(
                Compound.objects.filter(pk__in=[row.pk for row in self.compounds]),
                label="哪个小区",
                empty_label="请选择",
            )
            self.order_fields(["compound", "title", "text"])

    def compound(self) -> Compound:
        """The compound that it is about."""
        found = self.cleaned_data.get("compound") or self.compounds[0]
        assert isinstance(found, Compound)
        return found


class ReplyForm(forms.Form):
    """A question, an opinion or an answer."""

    text = forms.CharField(
        label="我说两句", max_length=2000, widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "请先写几个字。"},
    )  # fmt: skip


class HoldMeetingForm(forms.Form):
    """A meeting of residents about a topic."""

    title = forms.CharField(label="会议名称", max_length=100)
    held_on = day_field("日期")
    venue = forms.CharField(label="地点", max_length=100, required=False)
    invited = forms.IntegerField(label="通知户数（户）", min_value=0, max_value=100_000, required=False)
    came = forms.IntegerField(label="到会（人）", min_value=0, max_value=100_000)
    owners = forms.IntegerField(label="其中业主（人）", min_value=0, max_value=100_000, required=False)
    attendees = forms.CharField(
        label="参加人员", max_length=500, required=False, widget=forms.Textarea({"rows": 2}),
        help_text="写单位和身份，不写居民姓名。",
    )  # fmt: skip
    minutes = forms.CharField(label="纪要", max_length=20_000, widget=forms.Textarea({"rows": 8}))
    agreed = forms.CharField(
        label="议定内容", max_length=2000, widget=forms.Textarea({"rows": 3}), help_text="居民在手机上能看到。"
    )  # fmt: skip

    def __init__(self, bodies: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bodies"] = forms.ModelMultipleChoiceField(bodies, label="参加机构", required=False)

    @property
    def columns(self) -> dict[str, Any]:
        """The columns of the meeting that organisations keep."""
        return {name: self.cleaned_data[name] for name in ("title", "held_on", "venue", "attendees", "minutes")}

    @property
    def attendance(self) -> Attendance:
        """Who came."""
        data = self.cleaned_data
        return Attendance(data["invited"], data["came"], data["owners"])


class CloseTopicForm(forms.Form):
    """What came of a topic."""

    conclusion = forms.CharField(
        label="结果", max_length=2000, widget=forms.Textarea({"rows": 4}),
        help_text="居民会看到：定了什么、没定的为什么。",
    )  # fmt: skip
