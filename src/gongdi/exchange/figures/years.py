"""Years of completion as rosters write them: 1998年、98年、1996-1998、八十年代、1985.6、2000年前.

A year is kept as a span (first year, last year). Only a span of one year is a year; the others stay spans.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from gongdi.exchange.figures.text import compact, simplified
from gongdi.exchange.problems import Sureness

EARLIEST_YEAR = 1840
"""No compound in a renewal roster is older; an earlier year is a slip of the pen."""

_CHINESE_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_TENS = {"五": 1950, "六": 1960, "七": 1970, "八": 1980, "九": 1990}
_NOTHING = {"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "不详", "未知", "待定", "待查", "不明", "n/a"}

_YEAR = r"(?:1[0-9]{3}|2[0-9]{3})"
_MONTH = r"(?:0?[1-9]|1[0-2])"
_DECADE = re.compile(
    r"(?:上?个?世纪|(?P<century>19|20|21)世纪)?(?P<tens>(?:[五六七八九]|[0-9]0|(?:19|20)[0-9]0)+(?:[-~—至、](?:[五六七八九]|[0-9]0|(?:19|20)[0-9]0))?)十?(?:年代|代)(?P<part>初期?|中期?|末期?|后期|前期|中后期|以来)?(?:建成|建设|建)?"
)
_ONE = re.compile(rf"(?P<year>{_YEAR})年?(?:底|末|初)?")
_ONE_MONTH = re.compile(rf"(?P<year>{_YEAR})(?:年|[./-])(?P<month>{_MONTH})月?(?:份|底|初)?")
_DAY = re.compile(rf"(?P<year>{_YEAR})(?:年|[./-]){_MONTH}(?:月|[./-])[0-9]{{1,2}}日?(?:[t]?[0-9:]+)?")
_TWO_DIGITS = re.compile(r"(?P<short>[0-9]{2}(?=年)|[5-9][0-9])年?")
_JOIN = r"(?:-|~|—+|–|至|到|、|/|,)"
_PAIR = re.compile(
    rf"(?P<first>{_YEAR})(?:年|[./]?{_MONTH}月?|年{_MONTH}月)?{_JOIN}(?P<last>{_YEAR})(?:年|年?[./]?{_MONTH}月?)?"
)
_SHORT_PAIR = re.compile(rf"(?P<first>{_YEAR}|[0-9]{{2}})年?{_JOIN}(?P<last>[0-9]{{2}})年?")
_UNTIL = re.compile(
    rf"(?P<year>{_YEAR})(?:年|年{_MONTH}月|年{_MONTH}月[0-9]{{1,2}}日)?(?:底|末)?(?:及?(?:以前|之前|前))"
)
_FROM = re.compile(rf"(?P<year>{_YEAR})(?:年|年{_MONTH}月)?(?:以后|之后|后|起|以来|起陆续|及以后|开始)")
_SUFFIX = re.compile(r"(?:陆续)?(?:建成|竣工|建设|建造|交付|修建|完工|始建|入住|建)$")
_ABOUT = re.compile(r"^(?:约|大约|大概)|(?:左右|前后)$")
_ANY_YEAR = re.compile(r"(?<![0-9])(?:1[89][0-9]{2}|20[0-9]{2})(?![0-9])")


@dataclass(frozen=True, slots=True)
class YearSpan:
    """Years within which something was completed (建成年份区间), both ends included; None is open."""

    first: int | None
    last: int | None

    @property
    def year(self) -> int | None:
        """The year, when the span is one year."""
        return self.first if self.first == self.last else None

    def __str__(self) -> str:
        if self.year is not None:
            return str(self.year)
        return f"{self.first or '不详'}–{self.last or '不详'}"


@dataclass(frozen=True, slots=True)
class YearReading:
    """What a cell says of years: a span, or nothing, or a fault."""

    span: YearSpan | None = None
    sureness: Sureness = "sure"
    note: str = ""
    fault: str = ""


def read_years(value: object, now_year: int) -> YearReading:
    """The years that a cell names; years after `now_year` or before 1840 are faults."""
    if isinstance(value, (date, datetime)):
        reading = YearReading(YearSpan(value.year, value.year))
    elif isinstance(value, bool):
        return YearReading(fault="这里是“真/假”，不是年份")
    elif isinstance(value, (int, float)):
        reading = _from_number(value, now_year)
    else:
        reading = _from_text(str(value), now_year)
    return _checked(reading, now_year)


def _checked(reading: YearReading, now_year: int) -> YearReading:
    if reading.span is None:
        return reading
    first, last = reading.span.first, reading.span.last
    for year in (first, last):
        if year is not None and year > now_year:
            return YearReading(fault=f"年份 {year} 晚于今年（{now_year} 年）")
        if year is not None and year < EARLIEST_YEAR:
            return YearReading(fault=f"年份 {year} 早于 {EARLIEST_YEAR} 年")
    if first is not None and last is not None and first > last:
        return YearReading(fault=f"起止年份颠倒（{first} 到 {last}）")
    return reading


def _from_number(value: float, now_year: int) -> YearReading:
    if float(value).is_integer():
        number = int(value)
        if 1000 <= number <= 2999:
            return YearReading(YearSpan(number, number))
        if 50 <= number <= 99:
            return _two_digits(number, now_year)
        if 10_000 < number < 60_000:
            return YearReading(fault="不是四位年份；如果本是日期，请把单元格格式设为日期")
        return YearReading(fault="不是四位年份")
    return _from_text(format(value, ".15g"), now_year)


def _two_digits(number: int, now_year: int) -> YearReading:
    century = now_year // 100 * 100
    year = century + number if number <= now_year % 100 else century - 100 + number
    return YearReading(YearSpan(year, year), "likely", f"两位年份“{number:02d}”按 {year} 年")


@lru_cache(maxsize=16_384)
def _from_text(text: str, now_year: int) -> YearReading:
    if len(text) > 100:
        return YearReading(fault="文字过长，不是年份")
    plain = simplified(compact(text)).lower().strip("()。;；")
    if plain in _NOTHING:
        return YearReading()
    if plain.isascii() and plain.isdigit() and len(plain) > 2:
        return _from_number(int(plain), now_year)
    decade = _decade(plain)
    if decade is not None:
        return decade
    plain = plain.translate(_CHINESE_DIGITS) if re.search("[〇零一二三四五六七八九]{2,4}年", plain) else plain
    about = _ABOUT.search(plain)
    body = _SUFFIX.sub("", _ABOUT.sub("", plain))
    reading = _exact(body, now_year) or _open(body) or _several(body)
    if about and reading.span is not None:
        return YearReading(reading.span, "guess", "原文是约数")
    return reading


def _exact(body: str, now_year: int) -> YearReading | None:
    for pattern in (_ONE, _DAY, _ONE_MONTH):
        found = pattern.fullmatch(body)
        if found:
            year = int(found["year"])
            return YearReading(YearSpan(year, year))
    found = _TWO_DIGITS.fullmatch(body)
    if found:
        return _two_digits(int(found["short"]), now_year)
    found = _PAIR.fullmatch(body)
    if found:
        return _pair(int(found["first"]), int(found["last"]), "sure")
    found = _SHORT_PAIR.fullmatch(body)
    return _short_pair(found, now_year) if found else None


def _pair(first: int, last: int, sureness: Sureness) -> YearReading:
    return YearReading(YearSpan(first, last), sureness, "" if first == last else f"只知道在 {first}–{last} 年之间")


def _short_pair(found: re.Match[str], now_year: int) -> YearReading | None:
    """1998-99, 96-98: the century of the first year; 1998-05 is a month and was read before."""
    last = int(found["last"])
    if len(found["first"]) == 4:
        first = int(found["first"])
        return _pair(first, first // 100 * 100 + last, "likely")
    span = _two_digits(int(found["first"]), now_year).span
    if span is None or span.first is None:
        return None
    return _pair(span.first, span.first // 100 * 100 + last, "likely")


def _open(body: str) -> YearReading | None:
    found = _UNTIL.fullmatch(body)
    if found:
        year = int(found["year"])
        return YearReading(YearSpan(None, year), "likely", f"只知道不晚于 {year} 年")
    found = _FROM.fullmatch(body)
    if found:
        year = int(found["year"])
        return YearReading(YearSpan(year, None), "likely", f"只知道不早于 {year} 年")
    return None


def _several(body: str) -> YearReading:
    """Words around years: the span of the years named, as a guess."""
    years = [int(year) for year in _ANY_YEAR.findall(body)]
    if not years:
        return YearReading(fault="不是能读懂的年份")
    if len(set(years)) == 1 and re.search("[前后起]", body):
        return YearReading(fault="不是能读懂的年份")
    note = f"原文是“{body}”，取其中的年份"
    return YearReading(YearSpan(min(years), max(years)), "guess", note)


def _decade(plain: str) -> YearReading | None:
    """上世纪80年代 is 1980 to 1989; 七八十年代 is 1970 to 1989."""
    found = _DECADE.fullmatch(plain)
    if found is None:
        return None
    starts = [_decade_start(word, found["century"]) for word in re.findall(r"[五六七八九]|[0-9]+", found["tens"])]
    if not starts or any(start is None for start in starts):
        return None
    known = [start for start in starts if start is not None]
    first, last = min(known), max(known) + 9
    return YearReading(YearSpan(first, last), "likely", f"只知道在 {first}–{last} 年之间")


def _decade_start(word: str, century: str | None) -> int | None:
    if word in _TENS:
        return _TENS[word]
    number = int(word)
    if number >= 1000:
        return number
    if century == "21":
        return 2000 + number
    return 1900 + number if number >= 50 or century else None
