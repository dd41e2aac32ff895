"""A field left empty says what to do, and a form's own words go before the common ones."""

import pytest
from django import forms


class Sample(forms.Form):
    name = forms.CharField()
    number = forms.IntegerField()
    one = forms.ChoiceField(choices=[("", "请选择"), ("a", "甲")])
    some = forms.MultipleChoiceField(choices=[("a", "甲")])
    file = forms.FileField()
    own = forms.CharField(error_messages={"required": "请写门牌号。"})


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("name", "请填写这一项。"),
        ("number", "请填写这一项。"),
        ("one", "请选一项。"),
        ("some", "请至少选一项。"),
        ("file", "请选一个文件。"),
        ("own", "请写门牌号。"),
    ],
)
def test_what_is_missing_is_said_plainly(field: str, words: str) -> None:
    assert Sample({}).errors[field] == [words]


def test_a_number_that_is_none_is_still_told_by_its_own_words() -> None:
    assert Sample({"number": "一"}).errors["number"] != ["请填写这一项。"]
