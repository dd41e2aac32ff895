"""Made-up dwellings and owners for some compounds of the district: pure, from a fixed seed, their sums exact."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from random import Random
from typing import Protocol

from gongdi.core.values import format_hundredths
from gongdi.demo.district import SEED, share_out
from gongdi.exchange.dwelling_roll import COLUMNS, Field

FAMILY_NAMES = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN_NAMES = "安博昌澄达恩帆光和弘嘉静康岚敏宁沛清然书恬婉希晓妍怡泽昭芷卓"
FIELDS = (
    Field.COMPOUND, Field.BUILDING, Field.STAIRWELL, Field.ROOM, Field.FLOOR, Field.AREA, Field.USE, Field.OWNER,
    Field.OWNER_KIND, Field.PHONE, Field.SHARE, Field.SINCE,
)  # fmt: skip
FLOORS, A_FLOOR = 6, 2
DEVELOPER = "某某房屋开发有限公司（虚构）"


class HasFigures(Protocol):
    """What must be known of a compound: its name, buildings, households, and area in 0.01 m2."""

    name: str
    buildings: int | None
    households: int | None
    area: int | None


def roll_of(compounds: Sequence[HasFigures]) -> bytes:
    """A roll of dwellings as a text table; each compound's dwellings number and sum to its figures."""
    out = io.StringIO()
    writer = csv.writer(out)
    titles = {column.field: column.header for column in COLUMNS}
    writer.writerow([titles[field] for field in FIELDS])
    random = Random(SEED)
    for compound in compounds:
        writer.writerows(_rows(random, compound))
    return out.getvalue().encode()


def _rows(random: Random, compound: HasFigures) -> Iterator[list[str]]:
    households, buildings = compound.households or 0, compound.buildings or 1
    areas = share_out(compound.area or 0, [random.choice((52, 58, 63, 71, 76, 84, 95)) for _ in range(households)])
    number = 0
    for building, size in enumerate(share_out(households, [1] * buildings), start=1):
        for place in range(size):
            stairwell, rest = divmod(place, FLOORS * A_FLOOR)
            floor, door = rest // A_FLOOR + 1, rest % A_FLOOR + 1
            head = [
                compound.name, f"{building}幢", f"{stairwell + 1}单元", f"{floor}0{door}", str(floor),
                format_hundredths(areas[number]), "住宅",
            ]  # fmt: skip
            for owner in _owners(random):
                yield [*head, *owner]
            number += 1


def _owners(random: Random) -> Iterator[list[str]]:
    """One owner mostly; sometimes a couple in halves or jointly; now and then the developer, or nobody known."""
    draw = random.randint(1, 100)
    since = f"{random.randint(1988, 2024)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
    since = since if random.randint(1, 100) <= 70 else ""
    if draw <= 2:
        yield ["", "", "", "", ""]
    elif draw <= 4:
        yield [DEVELOPER, "开发企业", "05740000000", "", ""]
    elif draw <= 24:
        share = random.choice(("1/2", "共同共有"))
        yield [_name(random), "个人", _phone(random), share, since]
        yield [_name(random), "个人", _phone(random), share, since]
    else:
        yield [_name(random), "个人", _phone(random), "", since]


def _name(random: Random) -> str:
    return random.choice(FAMILY_NAMES) + "".join(random.choice(GIVEN_NAMES) for _ in range(random.randint(1, 2)))


def _phone(random: Random) -> str:
    """Numbers beginning with 100 belong to nobody's mobile phone."""
    return f"100{random.randint(0, 99_999_999):08d}"
