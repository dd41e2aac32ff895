"""Telling the rows of a table apart: compounds, totals, footnotes, section titles."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongdi.exchange.figures import compact
from gongdi.exchange.figures.text import simplified

_TOTAL = re.compile(
    r"^[(【]?(?P<scope>[^0-9]{0,12}?)(?P<word>合计|小计|总计|共计|累计|总数|汇总)(?:数|行)?[)】]?"
    r"(?:$|[:(]|[0-9]|共)(?P<rest>.*)$"
)
_MAY_BE_TOTAL = re.compile("[计計总總共累汇匯全]")
_ALL = re.compile(r"^(?:共|全[市区县省])(?:共?有?)[0-9]+(?:个|处|户|栋)")
_COUNT = re.compile(r"(?:共|计|合计|总计)?(?P<count>[0-9]+)个?(?:老旧)?(?:小区|项目|个)")
_NOTE = re.compile(
    r"^(?:注|备注|附注|说明|填表说明|数据来源|资料来源|来源)(?:[0-9一二三四五]?[:.、 ]|[0-9]?$)|"
    r"^(?:填报|填表|制表|审核|报送|编制|联系|单位负责|分管|经办|主管)(?:单位|人|电话|日期|时间|领导)?(?:\(.*\))?[:]|"
    r"^(?:※|\*+)|^[0-9]+[.、].{12,}|^(?:以上|本表|此表|上表)"
)
_ORDINAL = r"(?:第?[一二三四五六七八九十]{1,3}[、.,批]|\([一二三四五六七八九十]{1,3}\)|[0-9]{1,2}[、.])?"
_DISTRICT = r"(?P<district>[\u4e00-\u9fff]{1,10}?(?:自治县|开发区|高新区|新区|[^小院校住社]区|县|市|旗))"
_SECTION = re.compile(rf"^{_ORDINAL}{_DISTRICT}(?:$|[:(]|共?[0-9]+[个处]|[老旧]).*$")
_TITLE_PLACE = re.compile(
    r"^(?:关于)?(?:附件[0-9]*[:]?)?(?:(?P<province>[\u4e00-\u9fff]{2,7}?(?:省|自治区)))?"
    r"(?:(?P<city>[\u4e00-\u9fff]{2,6}?市))?(?:(?P<district>[\u4e00-\u9fff]{1,8}?(?:[^小社住地片]区|县)))?"
    r"(?=(?:19|20)[0-9]{2}|城镇|老旧|纳入|计划|住宅|小区|改造|[\"“])"
)


@dataclass(frozen=True, slots=True)
class TotalLabel:
    """The label of a totals row: whose total, whether of a part, and how many compounds it says there are."""

    scope: str
    is_part: bool
    count: int | None = None


def read_total(text: str) -> TotalLabel | None:
    """The label of a totals row (合计、小计、总计), or None.

    >>> read_total("包河区小计"), read_total("合计巷小区")
    (TotalLabel(scope='包河区', is_part=True, count=None), None)
    """
    if len(text) > 40 or not _MAY_BE_TOTAL.search(text):
        return None
    plain = simplified(compact(text))
    found = _TOTAL.match(plain)
    if found is None:
        return TotalLabel("", False, compounds_counted(plain)) if _ALL.match(plain) else None
    scope = found["scope"].strip("()、:")
    return TotalLabel(scope, found["word"] == "小计", compounds_counted(plain))


def compounds_counted(text: str) -> int | None:
    """The number of compounds that a text states: 共64个小区 is 64."""
    found = _COUNT.search(simplified(compact(text)))
    return int(found["count"]) if found else None


@lru_cache(maxsize=4_096)
def is_note(text: str) -> bool:
    """Whether a text is a footnote or a form's signature line."""
    return bool(_NOTE.match(simplified(compact(text))))


@lru_cache(maxsize=4_096)
def district_of_section(text: str) -> str:
    """The district that a section's title or a sheet's name stands for: 一、包河区（18个） gives 包河区; else ""."""
    found = _SECTION.match(simplified(compact(text))) if len(text) <= 30 else None
    return found["district"] if found else ""


def place_in_title(title: str) -> tuple[str, str]:
    """City and district at the start of a table's title, "" where it names none."""
    found = _TITLE_PLACE.match(simplified(compact(title)))
    return (found["city"] or "", found["district"] or "") if found else ("", "")
