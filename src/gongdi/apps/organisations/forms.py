"""Forms about bodies, members, leaders, experts, meetings and follow-ups."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from gongdi.apps.accounts.models import Organisation, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.queries import person_named
from gongdi.apps.inventory.lines import Line
from gongdi.apps.organisations.access import visible_bodies
from gongdi.apps.organisations.models import Body, Meeting, PoolEntry
from gongdi.apps.organisations.services import Who
from gongdi.apps.organisations.sources import ROLE_WORDS, department_choices
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.division_forms import DivisionField
from gongdi.apps.places.models import Compound, Division

NOT_CHOSEN = ("", "不选")
_NUMBER = re.compile(r"\s*[+(]?\d[\d\s()—–-]{3,20}\d\s*((转|分机)\s*\d{1,6}\s*)?")


def day_field(label: str, required: bool = False, help_text: str = "") -> forms.DateField:
    """A day, picked or typed."""
    widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, required=required, help_text=help_text, widget=widget)


def _body_field(
    label: str, user: User, help_text: str = "", without: Body | None = None
) -> forms.ModelChoiceField[Body]:
    rows = visible_bodies(user).filter(until=None)
    rows = rows if without is None else rows.exclude(pk=without.pk)
    return forms.ModelChoiceField(rows, label=label, required=False, empty_label="不选", help_text=help_text)


def lines_field() -> forms.MultipleChoiceField:
    """The lines that a utility runs."""
    return forms.MultipleChoiceField(
        label="管线类别", required=False, choices=Line.choices, widget=forms.CheckboxSelectMultiple,
        help_text="专营单位填写：其岗位只能看到所涉小区里与这些管线有关的设施和检测。",
    )  # fmt: skip


def organisation_field(user: User, own: Body | None = None) -> forms.ModelChoiceField[Organisation]:
    """An organisation of the person's places that no other body stands for, or a utility of the city above them."""
    free = Q(body=None) if own is None else Q(body=None) | Q(body=own)
    reach = Q(pk__in=[])
    for place in user.places_for("organisations.keep_bodies"):
        above = Q(place__in=[place[:length] for length in range(len(place))], posts__kind=PostKind.UTILITY)
        reach |= Q(place__startswith=place) | above
    held = Q(pk=own.organisation_id) if own is not None and own.organisation_id is not None else Q(pk__in=[])
    rows = Organisation.objects.filter(free & (reach | held)).distinct()
    return forms.ModelChoiceField(
        rows, label="对应单位", required=False, empty_label="不选",
        help_text="该单位的岗位承担这个机构的职责和督办。",
    )  # fmt: skip


class PersonField(forms.CharField):
    """Somebody who signs in, by the name they sign in with."""

    def clean(self, value: Any) -> User | None:
        """The person; None when left empty."""
        text = super().clean(value)
        if not text:
            return None
        found = person_named(text.strip())
        if found is None:
            raise forms.ValidationError("没有这个登录名。请核对，不使用系统的人请填姓名。")
        return found


class OfficePhoneField(forms.CharField):
    """An office's telephone as people dial it: numbers with area code, extensions, several after one another."""

    def __init__(self) -> None:
        super().__init__(
            label="公开电话", required=False, max_length=60,
            help_text="办公电话，不填个人手机。如：0574-87654321 转 801；几个号码用顿号分开。",
        )  # fmt: skip

    def clean(self, value: Any) -> str:
        """The text in plain letters; each number has five digits or more."""
        text = " ".join(unicodedata.normalize("NFKC", str(super().clean(value))).split())
        for number in re.split("[、,，;；/]", text) if text else ():
            if not _NUMBER.fullmatch(number):
                raise forms.ValidationError(
                    f"“{number.strip()}”看不出是电话号码。请写区号和号码，分机写“转”，如：0574-87654321 转 801。"
                )
        return text


class CompoundField(forms.CharField):
    """A compound that the person sees, by its name or number."""

    def __init__(self, user: User, **kwargs: Any) -> None:
        super().__init__(max_length=100, **kwargs)
        self.user = user

    def clean(self, value: Any) -> Compound | None:
        """The compound; None when left empty."""
        text = super().clean(value)
        if not text:
            return None
        rows: QuerySet[Compound] = visible_compounds(self.user).select_related("county", "street", "community")
        found = list(rows.filter(pk=int(text)) if text.isdigit() and len(text) < 10 else rows.filter(name=text))
        if len(found) != 1:
            why = "没有这个小区" if not found else f"有 {len(found)} 个同名小区，请改填编号"
            raise forms.ValidationError(f"“{text}”：您的辖区内{why}。")
        return found[0]


class BodyForm(forms.Form):
    """A body at a place; for a compound's body the place is the compound's."""

    name = forms.CharField(label="名称", max_length=100)
    kind = forms.ChoiceField(label="类别", choices=Body.Kind.choices)
    division = DivisionField(label="所在区划")
    department = forms.ChoiceField(
        label="部门", required=False, choices=[NOT_CHOSEN, *department_choices()], help_text="用于对应责任清单。"
    )
    lines = lines_field()
    credit_code = forms.CharField(label="统一社会信用代码", required=False, max_length=18)
    address = forms.CharField(
        label="办公地址", required=False, max_length=120, help_text="居民委员会和街道的，会印在选票、征询表和公示上。"
    )
    phone = OfficePhoneField()
    hours = forms.CharField(label="办公时间", required=False, max_length=60, help_text="如：工作日 9:00—17:00。")
    duty = forms.CharField(label="职责", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    basis = forms.CharField(label="依据", required=False, max_length=200, help_text="如：成立文件的文号。")
    since = day_field("成立日期")

    def __init__(self, user: User, compound: Compound | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.compound = user, compound
        self.fields["parent"] = _body_field("上级机构", user)
        self.fields["organisation"] = organisation_field(user)
        if compound is not None:
            del self.fields["division"]

    def columns(self) -> dict[str, Any]:
        """The columns of the body."""
        data = dict(self.cleaned_data)
        division: Division | None = data.pop("division", None)
        if self.compound is not None:
            return {**data, "place": self.compound.place, "compound": self.compound}
        assert division is not None
        return {**data, "place": division.code}

    def clean_division(self) -> Division:
        """A division in which the person keeps bodies."""
        division: Division = self.cleaned_data["division"]
        if not self.user.may("organisations.keep_bodies", division.code):
            raise forms.ValidationError(f"“{division}”不在您的管辖范围内。请选择辖区内的区划。")
        return division


class CorrectBodyForm(forms.Form):
    """What may be corrected of a body, with the reason."""

    name = forms.CharField(label="名称", max_length=100)
    department = forms.ChoiceField(label="部门", required=False, choices=[NOT_CHOSEN, *department_choices()])
    lines = lines_field()
    credit_code = forms.CharField(label="统一社会信用代码", required=False, max_length=18)
    address = forms.CharField(
        label="办公地址", required=False, max_length=120, help_text="居民委员会和街道的，会印在选票、征询表和公示上。"
    )
    phone = OfficePhoneField()
    hours = forms.CharField(label="办公时间", required=False, max_length=60, help_text="如：工作日 9:00—17:00。")
    duty = forms.CharField(label="职责", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    basis = forms.CharField(label="依据", required=False, max_length=200)
    since = day_field("成立日期")
    why = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))

    def __init__(self, user: User, body: Body, *args: Any, **kwargs: Any) -> None:
        names = (
            "name", "department", "credit_code", "address", "phone", "hours", "duty", "basis", "since", "parent",
            "organisation", "lines",
        )  # fmt: skip
        kwargs["initial"] = {name: getattr(body, name) for name in names}
        super().__init__(*args, **kwargs)
        self.fields["parent"] = _body_field("上级机构", user, without=body)
        self.fields["organisation"] = organisation_field(user, body)
        self.order_fields(["name", "parent", "organisation"])


class EndForm(forms.Form):
    """From when something is no more, and why."""

    on = day_field("最后一日", required=True)
    why = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))


class WhyForm(forms.Form):
    """A reason."""

    why = forms.CharField(label="理由", max_length=500, widget=forms.Textarea({"rows": 2}))


class _WhoForm(forms.Form):
    """A person named."""

    title = forms.CharField(label="职务", max_length=40, help_text="如：组长、副组长、成员、主任。")
    person = PersonField(label="系统用户", required=False, max_length=40, help_text="登录名；不使用系统的人填下一项。")
    name = forms.CharField(label="姓名", required=False, max_length=60)
    private = forms.BooleanField(label="居民等个人，姓名加密保存、掩码显示", required=False)

    def who(self) -> Who:
        """The person."""
        data = self.cleaned_data
        return Who(data["person"], data["name"], data["private"])


class MemberForm(_WhoForm):
    """A post in a body."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member_body"] = _body_field("成员单位", user, "以单位身份参加时选。")
        roles = [NOT_CHOSEN, *ROLE_WORDS.items()]
        self.fields["role"] = forms.ChoiceField(
            label="代表方", required=False, choices=roles, help_text="小区联席会议、协调小组中代表哪一方。"
        )
        self.fields["since"] = day_field("任职起")


class LeaderForm(_WhoForm):
    """A leader in charge of an area."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["division"] = DivisionField(label="片区")
        self.fields["compound"] = CompoundField(user, label="小区", required=False, help_text="只包一个小区时填。")
        self.order_fields(["division", "compound"])

    def clean(self) -> dict[str, Any]:
        """A place in which the person keeps bodies."""
        data = super().clean() or {}
        division, compound = data.get("division"), data.get("compound")
        place = compound.place if compound else division.code if division else ""
        if division is not None and not self.user.may("organisations.keep_bodies", place):
            self.add_error("division", "不在您的管辖范围内。请选择辖区内的区划。")
        if division is not None and compound is not None and not compound.place.startswith(division.code):
            self.add_error("compound", f"“{compound}”不在{division}。请核对。")
        return data


class _PlacedForm(forms.Form):
    """Something kept at a division of the person's."""

    permission = ""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.fields["division"] = DivisionField(label="区划")

    def clean_division(self) -> Division:
        """A division in which the person may keep it."""
        division: Division = self.cleaned_data["division"]
        if not self.user.may(self.permission, division.code):
            raise forms.ValidationError(f"“{division}”不在您的管辖范围内。请选择辖区内的区划。")
        return division

    def columns(self) -> dict[str, Any]:
        """The columns, with the place's code."""
        data = dict(self.cleaned_data)
        return {**data, "place": data.pop("division").code}


class EntryForm(_PlacedForm):
    """An expert or firm."""

    permission = "organisations.keep_experts"
    kind = forms.ChoiceField(label="类别", choices=PoolEntry.Kind.choices)
    name = forms.CharField(label="名称或姓名", max_length=100)
    credit_code = forms.CharField(label="统一社会信用代码", required=False, max_length=18, help_text="单位填写。")
    field = forms.CharField(label="专业或业务范围", max_length=100)
    qualification = forms.CharField(label="资质或职称", max_length=200)
    since = day_field("入库日期", required=True)
    until = day_field("有效期至")

    def columns(self) -> dict[str, Any]:
        """The columns, with the place's code."""
        data = dict(self.cleaned_data)
        division = data.pop("division")
        return {**data, "place": division.code}


class RecordForm(forms.Form):
    """Works done, or an evaluation."""

    kind = forms.ChoiceField(label="类别", choices=[("work", "业绩"), ("evaluation", "评价")])
    on = day_field("日期", required=True)
    text = forms.CharField(label="内容", max_length=500, widget=forms.Textarea({"rows": 3}))
    source = forms.CharField(label="来源", required=False, max_length=200, help_text="如：竣工验收报告、年度考评表。")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["compound"] = CompoundField(user, label="小区", required=False)


class MeetingForm(_PlacedForm):
    """A meeting or training session."""

    permission = "organisations.keep_meetings"
    kind = forms.ChoiceField(label="类别", choices=Meeting.Kind.choices)
    title = forms.CharField(label="名称或主题", max_length=100)
    held_on = day_field("日期", required=True)
    venue = forms.CharField(label="地点", required=False, max_length=100)
    attendees = forms.CharField(label="参加人员", required=False, max_length=500, widget=forms.Textarea({"rows": 2}))
    trainers = forms.CharField(label="授课人", required=False, max_length=200, help_text="培训填写。")
    audience = forms.IntegerField(label="参加人数", required=False, min_value=0, max_value=1_000_000)
    minutes = forms.CharField(label="纪要", required=False, max_length=20_000, widget=forms.Textarea({"rows": 8}))

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        self.fields["compound"] = CompoundField(user, label="小区", required=False, help_text="只关一个小区时填。")
        self.fields["body"] = _body_field("召集机构", user)
        rows = visible_bodies(user).filter(until=None)
        self.fields["bodies"] = forms.ModelMultipleChoiceField(rows, label="参加机构", required=False)
        self.order_fields(
            ["kind", "title", "held_on", "venue", "division", "compound", "body", "bodies", "attendees", "trainers",
             "audience", "minutes"]
        )  # fmt: skip

    def columns(self) -> dict[str, Any]:
        """The columns, with the place's code: that of the compound, when it is about one."""
        data = dict(self.cleaned_data)
        division, compound = data.pop("division"), data["compound"]
        data.pop("bodies")
        return {**data, "place": compound.place if compound is not None else division.code}


class FollowUpForm(forms.Form):
    """What is to be done, by whom, within how many working days of the meeting."""

    decision = forms.CharField(label="议定事项", max_length=500, widget=forms.Textarea({"rows": 3}))
    person = PersonField(label="责任人", required=False, max_length=40, help_text="登录名；与责任机构至少填一项。")
    working_days = forms.IntegerField(
        label="期限（工作日）", min_value=1, max_value=500, help_text="从会议次日起算，按已录入的节假日安排。"
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"] = _body_field("责任机构", user)
        self.order_fields(["decision", "body", "person", "working_days"])


class NoteForm(forms.Form):
    """How a follow-up goes."""

    text = forms.CharField(label="进展", max_length=1000, widget=forms.Textarea({"rows": 3}))


class CloseForm(forms.Form):
    """When and by what proof a follow-up was done."""

    on = day_field("办结日期", required=True)
    proof = forms.CharField(label="办结依据", max_length=500, help_text="如：文件文号、验收单、现场照片编号。")
