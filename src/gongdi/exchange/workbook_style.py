"""How workbooks look: fonts, borders, number formats, and the meaning colours of the screen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Final

HEADINGS: Final = "黑体"
BODY: Final = "宋体"

_INK, _LINE, _HEAD_FILL, _QUIET = "#1F2A30", "#A9B4BA", "#EAF1F2", "#56636B"

# "_ " leaves the width of a space before the border.
_NUMBER_FORMATS: dict[str, str] = {
    "int": "#,##0_ ",
    "money_wan": "#,##0.00_ ",
    "area": "#,##0.00_ ",
    "share": "0.00%_ ",
    "date": "yyyy-mm-dd",
    "year": "0",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """A meaning colour (结论颜色): the word that always stands with it, text and fill."""

    word: str
    ink: str
    fill: str


OUTCOMES: Final[dict[str, Outcome]] = {
    "in": Outcome("纳入", "#1D6F3B", "#E4F3E9"),
    "reserve": Outcome("储备", "#1F5AA6", "#E5EEFA"),
    "optional": Outcome("可选", "#0A6E6A", "#DFF3F1"),
    "out": Outcome("不纳入", "#565F66", "#ECEFF1"),
    "undetermined": Outcome("待补充", "#8A5300", "#FDF1DC"),
    "block": Outcome("不通过", "#A1261F", "#FBE7E5"),
    "neutral": Outcome("未作规定", "#565F66", "#F6F7F8"),
}


def shown_width(text: str) -> int:
    """How many half-width letters wide a text shows: a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WFA" else 1 for letter in text)


class Styles:
    """The formats of one workbook."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": BODY, "font_size": 10.5, "font_color": _INK, "valign": "vcenter"}
        framed = {**plain, "border": 1, "border_color": _LINE}
        heading = {**plain, "font_name": HEADINGS}
        self.title = book.add_format({**heading, "font_size": 18, "align": "center"})
        self.subtitle = book.add_format({**plain, "font_size": 10, "align": "right", "font_color": _QUIET})
        self.note = book.add_format({**plain, "font_size": 9.5, "text_wrap": True, "font_color": _QUIET})
        self.header = book.add_format(
            {**framed, "font_name": HEADINGS, "align": "center", "text_wrap": True, "bg_color": _HEAD_FILL}
        )
        self.body = {kind: book.add_format({**framed, **_kind(kind)}) for kind in ("text", "outcome", *_NUMBER_FORMATS)}
        self.quoted = book.add_format({**framed, **_kind("text"), "quote_prefix": True})
        total = {**framed, "bold": True, "top": 2, "top_color": _LINE, "bg_color": "#F6F9F9"}
        self.totals = {kind: book.add_format({**total, **_kind(kind)}) for kind in ("text", *_NUMBER_FORMATS)}
        self.outcomes = {
            key: book.add_format({**framed, "align": "center", "font_color": each.ink, "bg_color": each.fill})
            for key, each in OUTCOMES.items()
        }


def _kind(kind: str) -> dict[str, Any]:
    if kind == "text":
        return {"text_wrap": True, "align": "left", "indent": 1}
    if kind == "outcome":
        return {"align": "center"}
    align = "center" if kind in ("date", "year") else "right"
    return {"num_format": _NUMBER_FORMATS[kind], "align": align}
