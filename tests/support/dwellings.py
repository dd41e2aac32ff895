"""Rolls of dwellings for tests, made up, and what they become in the database."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

from gongdi.apps.dwellings import roll_jobs, roll_services
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.apps.places.models import Compound
from gongdi.web.uploads import keep_file
from tests.support.world import NOW, TODAY, World

HEAD = ("楼栋", "单元", "房号", "专有部分面积", "业主姓名", "证件号码", "联系电话", "产权份额", "产权起始日期", "用途")
LI, WANG, ZHAO = "11010519491231002X", "110101199003078232", "110101198506153615"
SMALL: tuple[tuple[str, ...], ...] = (
    ("1幢", "1单元", "101", "60.50", "李测试", LI, "13800000001", "", "", ""),
    ("1幢", "1单元", "102", "75.25", "王测试", "", "13800000002", "1/2", "2015-03-01", ""),
    ("1幢", "1单元", "102", "75.25", "赵测试", "", "13800000003", "1/2", "2015-03-01", ""),
    ("1幢", "2单元", "101", "88.00", "李测试", LI, "13800000001", "", "", ""),
    ("2幢", "", "101", "120", "", "", "", "", "", "商业"),
)
"""Four dwellings in two buildings: one owner of two, a pair of co-owners, a shop whose owner nobody knows."""


def roll_bytes(rows: Any = SMALL, head: tuple[str, ...] = HEAD) -> bytes:
    """A roll as a text table."""
    out = io.StringIO()
    csv.writer(out).writerows([head, *rows])
    return out.getvalue().encode()


def uploaded(
    world: World, rows: Any = SMALL, *, compound: Compound | None = None, as_of: date = TODAY, content: bytes = b""
) -> DwellingImport:
    """A roll of 梅堰新村 that was uploaded and checked."""
    kept = keep_file([content or roll_bytes(rows)])
    roll = roll_services.upload_roll(
        file_name="清册.csv", digest=kept.digest, compound=compound or world.compounds["梅堰新村"], as_of=as_of,
        by=world.people["street_clerk"], now=NOW,
    )  # fmt: skip
    return roll_jobs.check_roll(roll=roll, now=NOW, today=TODAY)


def kept(world: World, rows: Any = SMALL, *, as_of: date = TODAY) -> DwellingImport:
    """A roll of 梅堰新村 kept whole."""
    roll = roll_services.keep_roll(roll=uploaded(world, rows, as_of=as_of), by=world.people["street_clerk"], now=NOW)
    return roll_jobs.write_roll(roll=roll, now=NOW, today=TODAY)
