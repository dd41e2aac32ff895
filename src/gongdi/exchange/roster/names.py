"""Names of compounds as rosters print them: kept whole, with notes on what the name itself tells."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gongdi.exchange.figures import compact
from gongdi.exchange.figures.text import clean

MAX_NAME_CHARACTERS = 100

_ENDINGS = (
    "小区|宿舍|家属院|家属楼|家属区|住宅楼|住宅区|楼院|大院|公寓|新村|花园|家园|大厦|商住楼|综合楼"
    "|生活区|苑|园|院|楼|村|厂|局|公司|银行|所|站|校|中学|小学|栋|幢|号|里|坊|区|庭|居|巷|弄"
)
_ENDS_LIKE_A_COMPOUND = re.compile(
    rf"(?:{_ENDINGS})(?:[0-9一二三四五六七八九十a-z]+(?:期|区|号|栋))?(?:\([^()]*\))?$", re.IGNORECASE
)
_AND = re.compile("及|与|以及|和(?![谐平睦顺兴美信园苑府居泰馨煦畅盛合风悦韵])")
_ETC = re.compile(r"等(?:[0-9一二三四五六七八九十两]+(?:个|处|幢|栋)?)?(?:小区|院落|楼院|处|项目|楼栋|宿舍)?$")
_HANZI_OR_LETTER = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffffa-zA-Z]")
_MAY_BE_SEVERAL = re.compile("[、,;及与和]")
_MAY_LIST_BUILDINGS = re.compile("[0-9](?:[栋幢座#]|号楼|号?[-~—–至到、,和及])")
_LOST = re.compile("\ufffd|\\?{2,}")

_HOUSE_WORD = "号楼|号院|号|栋|幢|座|#楼|#"
_LIST = re.compile(
    rf"(?P<list>(?:第)?[0-9]{{1,4}}(?:{_HOUSE_WORD})?(?:(?:-|~|—+|–|至|到|、|,|\.|和|及)(?:第)?[0-9]{{1,4}}(?:{_HOUSE_WORD})?)*)"
    rf"(?P<word>(?<=号楼)|(?<=栋)|(?<=幢)|(?<=座)|(?<=#)|(?<=#楼)|(?<=号))"
)
_ITEM = re.compile(
    rf"(?P<first>[0-9]{{1,4}})(?:{_HOUSE_WORD})?(?:(?P<to>-|~|—+|–|至|到)(?:第)?(?P<last>[0-9]{{1,4}}))?(?:{_HOUSE_WORD})?"
)
_NUMBER_LIST_PART = re.compile(
    rf"第?[0-9a-z]{{1,4}}(?:[-~—–至到][0-9a-z]{{1,4}})?#?(?:{_HOUSE_WORD}|单元|期|区|层|门)*(?:\([^()]*\))?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NameReading:
    """A name, whole; the number of buildings it names, if it does so clearly; notes for whoever looks; or a fault."""

    name: str = ""
    notes: tuple[str, ...] = ()
    buildings: int | None = None
    fault: str = ""


@lru_cache(maxsize=16_384)
def read_name(text: str) -> NameReading:
    """The name in a cell.

    >>> read_name("操兵巷1、18号").buildings, read_name("电信局宿舍和邮政局宿舍").notes
    (2, ('名称里可能有两个以上小区，按一行保留，没有拆开',))
    """
    name = clean(text)
    if not name:
        return NameReading(fault="小区名称是空的")
    if _LOST.search(name):
        return NameReading(fault="小区名称含有乱码")
    if len(name) > MAX_NAME_CHARACTERS:
        return NameReading(fault=f"小区名称超过 {MAX_NAME_CHARACTERS} 个字")
    if not _HANZI_OR_LETTER.search(name):
        return NameReading(fault="小区名称里没有文字")
    plain = compact(name)
    notes = []
    if _MAY_BE_SEVERAL.search(plain) and _names_several(plain):
        notes.append("名称里可能有两个以上小区，按一行保留，没有拆开")
    if _ETC.search(plain):
        notes.append("名称以“等”结尾，可能没有列全")
    return NameReading(name, tuple(notes), buildings_named(plain) if _MAY_LIST_BUILDINGS.search(plain) else None)


def _names_several(plain: str) -> bool:
    parts = [part for part in re.split("[、,;]", re.sub(r"\([^()]*\)", "", plain)) if part]
    words = [part for part in parts if not _NUMBER_LIST_PART.fullmatch(part)]
    if len(words) > 1:
        return True
    for found in _AND.finditer(plain):
        left, right = plain[: found.start()], plain[found.end() :]
        if len(right) >= (3 if found[0] == "和" else 2) and len(left) >= 2 and _ends(left) and _ends(right):
            return True
    return False


def _ends(text: str) -> bool:
    return bool(_ENDS_LIKE_A_COMPOUND.search(text))


def buildings_named(plain: str) -> int | None:
    """How many buildings a name lists, when that is clear: 31幢-36幢 is 6, 20—29栋、43栋 is 11, 37、39号 is 2.

    A single house number (54号院, 24号) may stand for a whole yard and tells nothing.
    """
    lists = [found[0] for found in _LIST.finditer(plain)]
    if len(lists) != 1 or "." in lists[0]:
        return None
    by_house_number = "号" in lists[0].replace("号楼", "")
    counted = _count_items(lists[0])
    if counted is None or "号院" in plain:
        return None
    return counted if not by_house_number or _clear_house_numbers(lists[0], counted) else None


def _clear_house_numbers(text: str, counted: int) -> bool:
    """1、18号 are two houses; 1-5号 may be five houses or the fifth part of one."""
    ranges = re.findall(r"([0-9]+)号?(?:-|~|—+|–|至|到)([0-9]+)", text)
    return counted >= 2 and all(int(last) < int(first) for first, last in ranges)


def _count_items(text: str) -> int | None:
    seen: set[tuple[int, int]] = set()
    for part in re.split("[、,和及]", text):
        item = _ITEM.fullmatch(part.removeprefix("第"))
        if item is None:
            return None
        first, last = int(item["first"]), int(item["last"] or item["first"])
        if last < first:
            seen.add((first, last))  # 146-5号 is a sub-number, not a range
        elif last - first > 200:
            return None
        else:
            seen.update((number, 0) for number in range(first, last + 1))
    return len(seen) or None


def match_key(name: str) -> str:
    """What two spellings of one name share: width, spaces, brackets and dashes do not count."""
    return re.sub("[—–~至]+", "-", re.sub(r"[\s·.。]", "", compact(name))).lower()
