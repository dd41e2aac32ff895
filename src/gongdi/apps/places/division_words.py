"""Which division somebody means: by its name, or by a code together with its system, never by a code alone."""

from __future__ import annotations

import re

from gongdi.apps.places.models import Division
from gongdi.apps.places.standing import divisions_by_code
from gongdi.core.divisions import System
from gongdi.web import clock

_SYSTEMS = {"统计用": System.NBS, "统计": System.NBS, "民政": System.MCA, "暂编": System.OWN}
_CODED = re.compile(f"({'|'.join(_SYSTEMS)})(?:区划)?(?:代码)?[ :：]*([0-9]{{2,12}})")
HELP = "写名称（重名时带上级，如“江北区外滩街道”），或代码体系加代码，如“统计 330205001”“民政 330205009”。"


def short_code(code: str) -> str:
    """The code without the zeros that fill it up: 330205000000 is 330205, 330200 is 3302; "" for what is none."""
    code = code.strip()
    if not re.fullmatch("[0-9]+", code):
        return ""
    if len(code) == 12:
        code = code[:6] if code.endswith("000000") else code[:9] if code.endswith("000") else code
    if len(code) == 6:
        code = code[:2] if code.endswith("0000") else code[:4] if code.endswith("00") else code
    return code


def division_meant(words: str) -> Division | str:
    """The division that words mean, or why it cannot be told and what to write instead."""
    words = "".join(words.split()) if not _CODED.fullmatch(words.strip()) else words.strip()
    coded = _CODED.fullmatch(words)
    if coded is not None:
        system, code = _SYSTEMS[coded[1]], short_code(coded[2])
        found = divisions_by_code(system, code, clock.today())
        if not found:
            return f"“{words}”：今天没有区划用这个代码。请核对代码体系和代码，或改写名称。"
        return found[0] if len(found) == 1 else f"“{words}”：登记中有几个区划用这个代码，请改写名称。"
    if words.isdigit():
        return f"“{words}”没有写代码体系；同一个代码在统计用和民政两套体系里可能是两个街道。请{HELP.rstrip('。')}。"
    return _named(words)


def _named(words: str) -> Division | str:
    """By name; a name that several have is told with those above them."""
    rows = list(Division.objects.filter(name=words).select_related("parent__parent"))
    if not rows:
        ends = [row for row in _ending(words) if words in (_full(row), f"{row.parent}{row}")]
        rows = ends
    today = [row for row in rows if row.valid_until is None] or rows
    if len(today) == 1:
        return today[0]
    if not today:
        return f"“{words}”：没有登记这个区划。请核对名称，或先登记。"
    return f"“{words}”：有 {len(today)} 个同名区划（{'、'.join(_full(row) for row in today[:4])}），请带上级名称。"


def _ending(words: str) -> list[Division]:
    """The divisions whose name ends the words."""
    tails = [words[at:] for at in range(1, len(words))]
    return list(Division.objects.filter(name__in=tails).select_related("parent__parent"))


def _full(row: Division) -> str:
    above = row.parent
    top = above.parent if above is not None else None
    return f"{top or ''}{above or ''}{row}"
