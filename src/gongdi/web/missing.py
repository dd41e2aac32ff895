"""What a form says of a field left empty, too long or out of bounds: what to do, in place of Django's 确保该变量…."""

from __future__ import annotations

from django import forms
from django.core.validators import (
    BaseValidator,
    MaxLengthValidator,
    MaxValueValidator,
    MinLengthValidator,
    MinValueValidator,
)
from django.db.models.fields import BLANK_CHOICE_DASH

WORDS: dict[type[forms.Field], str] = {
    forms.Field: "请填写这一项。",
    forms.ChoiceField: "请选一项。",
    forms.ModelChoiceField: "请选一项。",
    forms.MultipleChoiceField: "请至少选一项。",
    forms.ModelMultipleChoiceField: "请至少选一项。",
    forms.BooleanField: "请勾选这一项。",
    forms.FileField: "请选一个文件。",
}
"""By kind of field; one that is not named takes the words of what it derives from."""


BOUNDS: dict[type[BaseValidator], str] = {
    MaxLengthValidator: "最多 %(limit_value)d 个字，现在有 %(show_value)d 个。请删短一些。",
    MinLengthValidator: "至少写 %(limit_value)d 个字，现在有 %(show_value)d 个。",
    MaxValueValidator: "不能大于 %(limit_value)s。请核对。",
    MinValueValidator: "不能小于 %(limit_value)s。请核对。",
}
"""By kind of bound; Django's own words speak of variables."""


NOTHING_CHOSEN = "请选择"
"""What a select shows before anything is chosen, in place of Django's row of dashes."""


def say_plainly() -> None:
    """Give the kinds of fields their words; a form's own words stay."""
    BLANK_CHOICE_DASH[:] = [("", NOTHING_CHOSEN)]
    for kind, words in WORDS.items():
        # A dict of its own where the class has none: the one of the class above is not to be written to.
        kind.default_error_messages = {**kind.__dict__.get("default_error_messages", {}), "required": words}
    for bound, words in BOUNDS.items():
        bound.message = words
