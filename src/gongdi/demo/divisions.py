"""What changed among Jiangbei's streets since 2020, and how the two systems of codes differ there."""

from __future__ import annotations

from datetime import date, datetime

from gongdi.apps.places.division_services import NewChange, map_code, record_change
from gongdi.apps.places.models import Division
from gongdi.apps.places.services import add_divisions

FORMER = ("中马街道", "白沙街道")
"""Named by papers of 2020, gone from the codes of 2023; their own codes are not known."""
BECAME = "330205001"
LATEST = date(2021, 1, 1)
NOTICE = "据公开区划数据与 2020 年文件比对"
NOTE = "2020 年文件用旧名，2023 年统计用区划代码中已无；文号和确切日期未核实。"
MCA_CODES = {"330205001": "330205009", "330205005": "330205006", "330205006": "330205005"}
"""The codes of civil affairs of three streets by those of the statistics bureau: the last two swap (甬江、庄桥)."""
SOURCE = "统计用区划代码（2023-06-30）与民政区划代码公开数据对照"


def tell_changes(divisions: dict[str, Division], now: datetime) -> None:
    """Record the merger of two former streets, and the codes of civil affairs."""
    former = [
        Division(system="nbs", code="", name=name, level=Division.Level.STREET, parent=divisions["330205"],
                 valid_until=date(2020, 12, 31))
        for name in FORMER
    ]  # fmt: skip
    add_divisions(divisions=former, by=None, now=now)
    change = NewChange("merge", LATEST, former, [divisions[BECAME]], NOTICE, NOTE, day_known=False)
    record_change(change=change, by=None, now=now)
    for code, other in MCA_CODES.items():
        map_code(division=divisions[code], system="mca", code=other, source=SOURCE, by=None, now=now)
