"""Forms of notices."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.files.checking import RefusedFileError
from gongdi.apps.files.preparing import ReadyFile, prepare_upload
from gongdi.apps.notices.access import KEEP
from gongdi.apps.notices.kinds import CHOICES, KINDS
from gongdi.apps.notices.models import Notice, NoticeFile, Objection
from gongdi.apps.notices.objection_services import Answer, Said, Teller
from gongdi.apps.notices.services import Words
from gongdi.apps.notices.subjects import subjects, written
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.models import Compound, Division
from gongdi.core.notices.period import Length, Unit
from gongdi.web import clock

MOST_PHOTOS = 6


def day_field(label: str, help_text: str = "") -> forms.DateField:
    """A day."""
    return forms.DateField(label=label, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
                           help_text=help_text)  # fmt: skip


class FilesField(forms.FileField):
    """Files of a form, each checked and prepared; a fault names the file."""

    class Input(forms.ClearableFileInput):
        """A picker of several files."""

        allow_multiple_selected = True

    def __init__(self, *, photo: bool, most: int = MOST_PHOTOS, **kwargs: Any) -> None:
        accept = "image/*" if photo else "image/*,.mp4,.mov,.pdf,.docx,.xlsx"
        super().__init__(widget=FilesField.Input({"multiple": True, "accept": accept}), **kwargs)
        self.photo, self.most = photo, most

    def clean(self, data: Any, initial: Any = None) -> list[ReadyFile]:
        """The files, ready to be kept."""
        sent: list[UploadedFile[bytes]] = [each for each in (data or []) if each]
        if not sent:
            if self.required:
                raise forms.ValidationError("请选择文件。")
            return []
        if len(sent) > self.most:
            raise forms.ValidationError(f"一次最多 {self.most} 个文件，选了 {len(sent)} 个。请分几次上传。")
        found = []
        for each in sent:
            try:
                found.append(prepare_upload(each, photo=self.photo))
            except RefusedFileError as fault:
                raise forms.ValidationError(f"“{each.name}”：{fault}") from None
        return found


class WordsForm(forms.Form):
    """What a notice says."""

    title = forms.CharField(label="标题", max_length=100)
    text = forms.CharField(
        label="内容", max_length=20_000, widget=forms.Textarea({"rows": 12}),
        help_text="用居民看得懂的话写；空一行分段。",
    )  # fmt: skip
    contact = forms.CharField(label="联系方式", max_length=200, help_text="有疑问找谁：部门、电话、接待时间。")
    listed = forms.CharField(
        label="名单中的小区", required=False, max_length=20_000, widget=forms.Textarea({"rows": 3}),
        help_text="公示小区名单时填，每行一个小区名称。",
    )  # fmt: skip

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_listed(self) -> list[Compound]:
        """The compounds named, one a line."""
        names = [line.strip() for line in self.cleaned_data["listed"].splitlines() if line.strip()]
        found: dict[str, list[Compound]] = {}
        for row in visible_compounds(self.user).filter(name__in=names):
            found.setdefault(row.name, []).append(row)
        wrong = [name for name in names if len(found.get(name, [])) != 1]
        if wrong:
            raise forms.ValidationError(f"辖区内没有或不止一个：{'、'.join(wrong[:10])}。请核对名称。")
        return [found[name][0] for name in dict.fromkeys(names)]

    @property
    def words(self) -> Words:
        """As the services take it."""
        data = self.cleaned_data
        return Words(data["title"], data["text"], data["contact"], data["listed"])

    @staticmethod
    def known(notice: Notice) -> dict[str, Any]:
        """The words of a notice, to start from."""
        names = notice.listed.values_list("name", flat=True)
        return {"title": notice.title, "text": notice.text, "contact": notice.contact, "listed": "\n".join(names)}


class AboutForm(WordsForm):
    """A notice of a compound, and what it is about: something of the compound that the writer sees."""

    field_order: tuple[str, ...] = ("kind", "about", "title", "text", "contact", "listed")

    def __init__(self, user: User, compound: Compound | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, *args, **kwargs)
        groups = subjects.listed(user, compound) if compound is not None else []
        self.known_objects = {written(each): each for _, rows in groups for each in rows}
        if groups:
            choices = [(word, [(written(each), each.name) for each in rows]) for word, rows in groups]
            self.fields["about"] = forms.ChoiceField(
                label="公示的是", choices=[("", "不关联"), *choices], required=False,
                help_text="关联以后，原来的页面上能看到公示进度；有未了的异议，不能办下一步。",
            )  # fmt: skip
        self.order_fields(self.field_order)

    @property
    def about(self) -> NamedObject | None:
        """What the notice is about."""
        return self.known_objects.get(self.cleaned_data.get("about", ""))


class DraftForm(AboutForm):
    """A notice of a compound, or of a place that has none."""

    kind = forms.ChoiceField(label="类别", choices=CHOICES)
    field_order = ("kind", "about", "division", "title", "text", "contact", "listed")

    def __init__(self, user: User, compound: Compound | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, compound, *args, **kwargs)
        self.fields["kind"].help_text = "施工公告须有张贴照片才能生效。" + "".join(
            f"{each.word}：{each.hint}" for each in KINDS.values() if each.source
        )


class PlaceDraftForm(DraftForm):
    """A notice of a street or county."""

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(user, None, *args, **kwargs)
        rows = Division.objects.filter(level__gte=Division.Level.COUNTY)
        reach = [code for code in user.places_for(KEEP) if code]
        codes = [code for code in rows.values_list("code", flat=True) if any(code.startswith(each) for each in reach)]
        self.fields["division"] = forms.ModelChoiceField(
            rows.filter(code__in=codes, system="nbs"), label="范围", empty_label="请选择"
        )
        self.order_fields(self.field_order)


class CorrectForm(WordsForm):
    """A corrected version, and why."""

    why = forms.CharField(
        label="更正原因", max_length=500, widget=forms.Textarea({"rows": 2}), help_text="会写在公示上。"
    )  # fmt: skip
    field_order = ("why", "title", "text", "contact", "listed")


class AttachForm(forms.Form):
    """A file that is published with a notice."""

    part = forms.ChoiceField(label="种类", choices=NoticeFile.Part.choices, help_text="施工公告的效果图请选“效果图”。")
    attached = FilesField(
        photo=False,
        label="文件、照片或录像",
        help_text="PDF、Word、Excel、照片或录像，任何人都能看到。"
        "照片、录像、Word 和 Excel 里的作者、位置会自动去掉；PDF 不会，请导出时不带作者。",
    )
    note = forms.CharField(label="说明", max_length=200, required=False, help_text="如：3幢外立面效果图。")


class PublishForm(forms.Form):
    """From when, how long, why so long."""

    starts_on = day_field("公示开始")
    days = forms.IntegerField(label="公示天数", min_value=1, max_value=365)
    unit = forms.ChoiceField(label="按", choices=Notice.UNITS, help_text="开始当天不算，从次日起数。")
    basis = forms.CharField(
        label="期限依据", max_length=300, help_text="哪份文件哪一条规定的天数；文件没有规定的，写明怎样确定。",
    )  # fmt: skip

    @property
    def length(self) -> Length:
        """The length of the period."""
        return Length(self.cleaned_data["days"], Unit(self.cleaned_data["unit"]))


class PostingForm(forms.Form):
    """When and where a notice was put up, with photos."""

    posted_on = day_field("张贴日期")
    spot = forms.CharField(label="张贴地点", max_length=100, help_text="如：东门公告栏、3幢1单元门厅。")
    photos = FilesField(photo=True, label="照片", help_text="拍下公告和周围，看得出张贴在哪里。最多 6 张。")


class EndForm(forms.Form):
    """When a notice was taken down."""

    ended_on = day_field("撤下日期", "公示栏上实际撤下的那天；还没撤的填今天。")


class WhyForm(forms.Form):
    """Why."""

    why = forms.CharField(label="原因", max_length=500, widget=forms.Textarea({"rows": 3}), help_text="会告诉居民。")


class SaidForm(forms.Form):
    """What a resident says; once the period is `over` only a question."""

    kind = forms.ChoiceField(
        label="您要", choices=[("objection", "提异议（我不同意或有错）"), ("question", "问一问（我不明白）")],
        widget=forms.RadioSelect, error_messages={"required": "请选一项。"},
    )  # fmt: skip
    text = forms.CharField(
        label="请写下来", max_length=2000, widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "请写下您的意见，一两句话也可以。"},
    )  # fmt: skip

    def __init__(self, over: bool, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if over and not self.is_bound:
            kind = self.fields["kind"]
            kind.choices = [each for each in kind.choices if each[0] == "question"]  # type: ignore[attr-defined]
            kind.initial = "question"

    @property
    def said(self) -> Said:
        """As the services take it."""
        return Said(self.cleaned_data["kind"], self.cleaned_data["text"].strip())


class EnterForm(forms.Form):
    """An objection or question as staff take it down."""

    kind = forms.ChoiceField(label="类别", choices=Objection.Kind.choices)
    channel = forms.ChoiceField(
        label="渠道", choices=[each for each in Objection.Channel.choices if each[0] != Objection.Channel.PHONE]
    )  # fmt: skip
    name = forms.CharField(label="提出人", max_length=30, required=False, help_text="只保存遮蔽后的姓名，如 王**。")
    room = forms.CharField(label="房屋", max_length=60, required=False, help_text="如：3幢2单元201。")
    received_on = day_field("收到日期", "按收到那天算是否在公示期内，不按录入那天；更正以前收到的，记在当时那一版。")
    text = forms.CharField(label="内容", max_length=2000, widget=forms.Textarea({"rows": 5}))

    @property
    def said(self) -> Said:
        """What was said."""
        return Said(self.cleaned_data["kind"], self.cleaned_data["text"])

    @property
    def teller(self) -> Teller:
        """Who said it."""
        data = self.cleaned_data
        return Teller(data["channel"], data["name"], data["room"], data["received_on"])


class AnswerForm(forms.Form):
    """An answer."""

    outcome = forms.ChoiceField(label="处理结果", choices=[("", "请选择"), *Objection.OUTCOMES])
    text = forms.CharField(
        label="答复", max_length=2000, widget=forms.Textarea({"rows": 5}),
        help_text="不采纳的写明理由。提出人会看到全文。",
    )  # fmt: skip
    summary = forms.CharField(
        label="公开摘要", max_length=200, required=False,
        help_text="写给所有居民看的一句话：提了什么、怎么处理。不写姓名、门牌和电话。不填则不公开。",
    )  # fmt: skip
    told_how = forms.CharField(label="告知方式", max_length=100, required=False)

    def __init__(self, objection: Objection, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if objection.kind == Objection.Kind.QUESTION:
            del self.fields["outcome"]
        if objection.account_id is None:
            self.fields["told_how"].required = True
            self.fields["told_how"].help_text = "不是手机提交的，请写明怎样告知，如：3月2日电话告知。"
        else:
            self.fields["told_how"].help_text = "提出人在手机上能看到答复；另外告知的可写明。"

    @property
    def answer(self) -> Answer:
        """As the services take it."""
        data = self.cleaned_data
        return Answer(data.get("outcome", ""), data["text"], data["summary"], data["told_how"])


def tomorrow() -> date:
    """The day after today, from which a notice is commonly shown."""
    return clock.today() + timedelta(days=1)
