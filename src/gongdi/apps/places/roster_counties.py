"""To which county each row of a roster belongs, when nobody's post tells: by its own 市 and 区县 columns.

A county that is not listed yet gets a provisional code (暂编) of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from gongdi.apps.places.known_counties import KNOWN_COUNTIES
from gongdi.apps.places.models import Division
from gongdi.apps.places.services import add_divisions
from gongdi.exchange.problems import Problem
from gongdi.exchange.roster import Field, RosterReading, RosterRow

HOW_TO_LIST = "请先用 gongdi manage add_divisions 登记区划"
FIRST_PROVISIONAL = 900001
NOWHERE = "区县待定"
_ENDS = ("自治县", "自治旗", "新区", "林区", "区", "县", "市", "旗")


@dataclass(frozen=True, slots=True)
class CountyPart:
    """The rows of one county, as a reading of their own; problems of the file as a whole are left out."""

    county: Division
    reading: RosterReading


def sort_by_county(
    reading: RosterReading, district: str | None, now: datetime
) -> tuple[list[CountyPart], list[Problem]]:
    """Part a roster by county; problems name each place that is not known, once. Call it inside a transaction:
    counties whose codes come with the project are listed as they are met.
    """
    finder = _Finder(now)
    if district is not None:
        found = finder.by_code(district)
        return (
            ([CountyPart(found, replace(reading, problems=()))], []) if isinstance(found, Division) else ([], [found])
        )
    rows: dict[Division, list[RosterRow]] = {}
    problems: dict[str, Problem] = {}
    for row in reading.rows:
        place = finder.of_row(row)
        if isinstance(place, Division):
            rows.setdefault(place, []).append(row)
        else:
            problems.setdefault(place.why, place)
    parts = [
        CountyPart(county, replace(reading, rows=tuple(found), compounds=len(found), problems=()))
        for county, found in rows.items()
    ]
    return parts, list(problems.values())


class _Finder:
    """Finds counties by name or code among those listed, then among those whose codes are known."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._listed = list(
            Division.objects.filter(system="nbs", level=Division.Level.COUNTY).select_related("parent__parent")
        )
        self._seen: dict[tuple[str, str, str], Division | str] = {}

    def by_code(self, code: str) -> Division | Problem:
        """The county with a code."""
        for county in self._listed:
            if county.code == code:
                return county
        for (city, name), (province, known) in KNOWN_COUNTIES.items():
            if known == code:
                return self._list(province, city, name, code)
        return Problem("", "", code, f"区划代码 {code} 还没有登记。", f"请核对代码；如代码无误，{HOW_TO_LIST}。")

    def of_row(self, row: RosterRow) -> Division | Problem:
        """The county of a row."""
        told = row.text(Field.PROVINCE), row.text(Field.CITY), row.text(Field.DISTRICT)
        if told not in self._seen:
            self._seen[told] = self._find(*told)
        found = self._seen[told]
        if isinstance(found, Division):
            return found
        field = Field.DISTRICT if told[2] else Field.NAME
        read = row.fields.get(field)
        remedy = f"请核对市、区县两列的名称；如名称无误，{HOW_TO_LIST}。"
        return Problem(row.sheet, read.cell if read else "", read.raw if read else "", found, remedy)

    def _find(self, province: str, city: str, name: str) -> Division | str:
        """The county, or why it cannot be told."""
        if not name and not city and len(self._listed) == 1:
            return self._listed[0]
        if not name:
            return self._provisional(f"{province}{city}" or NOWHERE)
        name = name.removeprefix(city) or name
        found = [each for each in self._listed if _is_named(each.name, name) and _lies_in(each, province, city)]
        if len(found) == 1:
            return found[0]
        if found:
            places = "、".join(f"{each.parent}{each}" for each in found)
            return f"有几个区县叫“{name}”（{places}），不能确定是哪一个。"
        known = list(_known(province, city, name))
        if len(known) == 1:
            return self._list(*known[0])
        return self._provisional(f"{province}{city}{name}")

    def _provisional(self, name: str) -> Division:
        """A county under a code of our own, so that a roster of a place not yet listed is kept and not lost.

        No official code begins with 9. Listing the county later gives it its own.
        """
        known = Division.objects.filter(system="own", name=name).first()
        if known is not None:
            return known
        last = Division.objects.filter(system="own").order_by("code").last()
        code = str(int(last.code) + 1 if last else FIRST_PROVISIONAL)
        row = Division(code=code, system="own", name=name, level=Division.Level.COUNTY)
        add_divisions(divisions=[row], by=None, now=self._now)
        return row

    def _list(self, province: str, city: str, name: str, code: str) -> Division:
        level = Division.Level
        above: Division | None = None
        chain = ((code[:2], province, level.PROVINCE), (code[:4], city, level.CITY), (code, name, level.COUNTY))
        for part, word, kind in chain:
            row = Division.objects.filter(system="nbs", code=part).first()
            if row is None:
                row = Division(code=part, system="nbs", name=word, level=kind, parent=above)
                add_divisions(divisions=[row], by=None, now=self._now)
            above = row
        assert above is not None
        self._listed.append(above)
        return above


def _known(province: str, city: str, name: str) -> Iterator[tuple[str, str, str, str]]:
    for (its_city, its_name), (its_province, code) in KNOWN_COUNTIES.items():
        fits = not city or _is_named(its_city, city)
        if fits and (not province or _is_named(its_province, province)) and _is_named(its_name, name):
            yield its_province, its_city, its_name, code


def _lies_in(county: Division, province: str, city: str) -> bool:
    above = county.parent
    top = above.parent if above is not None else None
    fits_city = not city or above is None or _is_named(above.name, city)
    return fits_city and (not province or top is None or _is_named(top.name, province))


def _is_named(full: str, told: str) -> bool:
    """Whether a division is called so: 江北区 and 江北 are one, 江北区 and 江北县 are two."""
    if full == told:
        return True
    return _core(full) == told or (full.startswith(told) and full.removeprefix(told) in (*_ENDS, "省", "自治区"))


def _core(name: str) -> str:
    for end in _ENDS:
        if name.endswith(end) and len(name) > len(end) + 1:
            return name.removesuffix(end)
    return name
