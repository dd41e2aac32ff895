"""Forms of the accounts pages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.validators import RegexValidator

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.reaches import fault_of_place


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
        help_text="至少十个字符，不能全是数字，不能是常见口令。",
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


class PostForm(forms.Form):
    """A post: its kind, its place, the organisation."""

    kind = forms.ChoiceField(label="岗位", choices=PostKind.choices)
    place = forms.CharField(
        label="管辖范围",
        required=False,
        max_length=12,
        help_text="区划代码，可按名称查找。系统管理员不填；审计不填即为全部。",
        widget=forms.TextInput({"list": "places", "autocomplete": "off"}),
    )
    organisation = forms.CharField(label="单位", max_length=100, help_text="如：江北区住房和城乡建设局。")

    def clean(self) -> dict[str, Any]:
        """The place must be one that the kind of post may have."""
        data = super().clean() or {}
        if "kind" in data and "place" in data:
            data["kind"] = PostKind(data["kind"])
            fault = fault_of_place(data["kind"], data["place"])
            if fault is not None:
                self.add_error("place", fault)
        return data


class PersonForm(PostForm):
    """A new person with a first post."""

    username = forms.CharField(
        label="登录名",
        max_length=40,
        validators=[
            RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._-]+$", "登录名用字母、数字和 . _ -，至少两位。请改正后再保存。")
        ],
        widget=forms.TextInput({"autocomplete": "off"}),
    )
    display_name = forms.CharField(label="姓名", max_length=40)
    field_order = ("username", "display_name", "kind", "place", "organisation")

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
