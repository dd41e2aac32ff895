"""Forms of the accounts pages."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from gongdi.apps.accounts.faults import fault_of_delegation, fault_of_kinds, fault_of_objects, fault_of_term
from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.queries import person_named
from gongdi.apps.accounts.reaches import NamedObject, fault_of_place, reaches
from gongdi.web import clock


class SignInForm(forms.Form):
    """Name and password."""

    username = forms.CharField(
        label="登录名", max_length=40, widget=forms.TextInput({"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label="口令", max_length=128, strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )


class PasswordForm(forms.Form):
    """A new password, typed twice, after the one in use."""

    current = forms.CharField(
        label="现用口令", strip=False, widget=forms.PasswordInput({"autocomplete": "current-password"})
    )
    new = forms.CharField(
        label="新口令",
        strip=False,
        help_text="至少十个字符；大写字母、小写字母、数字、符号、汉字中至少三种；不能含登录名，不能是常见口令或最近五次用过的口令。",
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label="再输入一次新口令", strip=False, widget=forms.PasswordInput({"autocomplete": "new-password"})
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_current(self) -> str:
        """The password in use must be right."""
        current: str = self.cleaned_data["current"]
        if not self.person.check_password(current):
            raise forms.ValidationError("现用口令不对，请重新输入。")
        return current

    def clean_new(self) -> str:
        """The new password must be strong enough."""
        new: str = self.cleaned_data["new"]
        validate_password(new, self.person)
        return new

    def clean(self) -> dict[str, Any]:
        """Both entries of the new password must agree."""
        data = super().clean() or {}
        if data.get("new") and data.get("new") != data.get("again"):
            self.add_error("again", "两次输入的新口令不一致，请重新输入。")
        return data


def _day(label: str, required: bool, help_text: str = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )


def _why(help_text: str) -> forms.CharField:
    return forms.CharField(label="理由", max_length=500, help_text=help_text, widget=forms.Textarea({"rows": 2}))


OBJECTS_HELP = "业主委员会、居民小组、物业、专营、设计、施工、监理岗位填：每行一个小区的名称或编号；其他岗位不填。"


def _objects_meant(words: str, place: str) -> list[NamedObject]:
    """The objects that lines of text mean inside a place; every line at fault is told."""
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    found, faults = reaches.objects(lines, place)
    if faults:
        raise forms.ValidationError([f"{fault}。" for fault in faults])
    return found


class PostForm(forms.Form):
    """A post: its kind, its place or the compounds it is tied to, the organisation, from when to when."""

    kind = forms.ChoiceField(label="岗位", choices=PostKind.choices)
    place = forms.CharField(
        label="管辖范围",
        required=False,
        max_length=12,
        help_text="区划代码，可按名称查找。三类管理员不填；审计不填即为全部。",
        widget=forms.TextInput({"list": "places", "autocomplete": "off"}),
    )
    system = forms.ChoiceField(
        label="代码体系",
        required=False,
        choices=[("nbs", "统计用区划代码"), ("mca", "民政区划代码")],
        initial="nbs",
        help_text="同一个代码在两套体系里可能是两个街道；列表中的是统计用区划代码。",
    )
    objects = forms.CharField(
        label="所管小区", required=False, max_length=20_000, help_text=OBJECTS_HELP, widget=forms.Textarea({"rows": 3})
    )
    organisation = forms.CharField(label="单位", max_length=100, help_text="如：江北区住房和城乡建设局。")
    starts_on = _day("任职起", False, "不填即从现在起。")
    ends_on = _day("任职止", False, "当天仍在任，次日自动失效；不填即无期限。")

    def __init__(self, holder: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.holder = holder

    def clean(self) -> dict[str, Any]:
        """The kind must fit the person's other posts, the place and the objects the kind, the days each other."""
        data = super().clean() or {}
        if "kind" in data and "place" in data:
            kind = data["kind"] = PostKind(data["kind"])
            data["place"] = self._read_place(data["place"], data.pop("system", ""))
            self._tell(
                "kind", fault_of_kinds(self.holder.posts.filter(ended_at=None).values_list("kind", flat=True), kind)
            )
            fault = fault_of_place(kind, data["place"])
            self._tell("place", fault)
            if fault is None:
                self._clean_objects(data, kind)
        self._tell("ends_on", fault_of_term(data.get("starts_on"), data.get("ends_on"), clock.today()))
        return data

    def _read_place(self, code: str, system: str) -> str:
        """The code as places are listed; a code without its system, or one that means nothing there, is told."""
        if not code or system == "nbs":
            return code
        if not system:
            self.add_error("system", "请选择代码体系；同一个代码在两套体系里可能是两个街道。")
            return code
        found = reaches.read(system, code)
        if len(found) != 1:
            self.add_error("place", f"民政区划代码 {code} 还没有登记对照。请改选统计用区划代码，或先登记对照。")
            return code
        return found[0]

    def _clean_objects(self, data: dict[str, Any], kind: PostKind) -> None:
        try:
            data["objects"] = _objects_meant(data.get("objects", ""), data["place"])
            self._tell("objects", fault_of_objects(kind, len(data["objects"])))
        except forms.ValidationError as faults:
            self.add_error("objects", faults)

    def _tell(self, field: str, fault: str | None) -> None:
        if fault is not None:
            self.add_error(field, fault)


class MovePostForm(forms.Form):
    """Another place for a post, and why."""

    place = forms.CharField(
        label="新的管辖范围", max_length=12, help_text="统计用区划代码，可按名称查找。",
        widget=forms.TextInput({"list": "places", "autocomplete": "off"}),
    )  # fmt: skip
    why = _why("如：街道撤并的批复文号。")


class ObjectsForm(forms.Form):
    """The compounds that a post is tied to."""

    objects = forms.CharField(
        label="所管小区", max_length=20_000, help_text="每行一个小区的名称或编号。", widget=forms.Textarea({"rows": 5})
    )
    why = _why("如：新增标段、合同到期。")

    def __init__(self, place: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place

    def clean_objects(self) -> list[NamedObject]:
        """Every line must mean one compound."""
        return _objects_meant(self.cleaned_data["objects"], self.place)


class DelegationForm(forms.Form):
    """A post handed to another person: to whom, from when to when, why."""

    to = forms.CharField(label="代理人登录名", max_length=40, widget=forms.TextInput({"autocomplete": "off"}))
    starts_on = _day("自", True)
    ends_on = _day("至", True, "当天仍可代理，次日自动失效。")
    why = _why("如：外出培训、休假。")

    def __init__(self, post: Post, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.post, self.today = post, today

    def clean_to(self) -> User:
        """Somebody who signs in here."""
        found = person_named(self.cleaned_data["to"].strip())
        if found is None:
            raise forms.ValidationError("没有这个登录名。请核对代理人的登录名。")
        return found

    def clean(self) -> dict[str, Any]:
        """The post and the person must allow it."""
        data = super().clean() or {}
        if {"to", "starts_on", "ends_on"} <= data.keys():
            fault = fault_of_delegation(self.post, data["to"], data["starts_on"], data["ends_on"], self.today)
            if fault is not None:
                self.add_error(None, fault)
        return data


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(
        label="动态口令",
        max_length=20,
        widget=forms.TextInput({"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class KeyForm(forms.Form):
    """A security key's name and its answer, which a script fills in."""

    name = forms.CharField(label="名称", max_length=40, help_text="便于日后辨认，如：办公室密钥。")
    credential = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """The answer must read as JSON; what is wrong with a hidden field is told above the form."""
        data = super().clean() or {}
        try:
            data["credential"] = json.loads(data.get("credential", ""))
        except ValueError:
            data["credential"] = None
        if not isinstance(data["credential"], dict):
            self.add_error(None, "没有读到安全密钥，请重试；浏览器没有启用脚本时请改用动态口令。")
        return data


class WhyForm(forms.Form):
    """The reason for what is done to an account."""

    why = _why("将记入审计。")


class BindingForm(forms.Form):
    """The identity of the city's sign-on."""

    subject = forms.CharField(
        label="统一身份标识",
        max_length=200,
        strip=True,
        help_text="统一身份认证给该人员的唯一标识（sub），向其管理方索取。",
    )


class PersonForm(forms.Form):
    """A new person; posts are given by the security administrator."""

    username = forms.CharField(
        label="登录名",
        max_length=40,
        validators=[
            RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]+$", "登录名用字母、数字和 . _ -，至少两位。请改正后再保存。")
        ],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    display_name = forms.CharField(label="姓名", max_length=40)

    def clean_username(self) -> str:
        """A name to sign in with belongs to one person, whatever its capitals."""
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exists():
            raise forms.ValidationError(f"登录名 {username} 已有人使用。请换一个登录名。")
        return username


class EndPostForm(forms.Form):
    """Why a post ends."""

    why = forms.CharField(
        label="理由", max_length=500, help_text="如：调离、轮岗。", widget=forms.Textarea({"rows": 2})
    )
