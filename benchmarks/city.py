"""A made-up city: 2,000 compounds, 20,000 buildings, 1,000,000 dwellings and some 1,200,000 owners, from a fixed seed.

python -m benchmarks.city roll FOLDER [--dwellings 1000000]   write the roll of dwellings as .xlsx
python -m benchmarks.city load                                list the compounds in the database of the settings
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

import xlsxwriter

SEED = 20261126
COMPOUNDS, BUILDINGS_EACH, DWELLINGS_EACH, STREETS = 2_000, 10, 500, 40
ROWS_A_SHEET = 190_000
COUNTY = "330205"
PACK = "zhejiang-ningbo-jiangbei-2020"
HEAD = (
    "小区名称", "楼栋", "单元", "房号", "楼层", "专有部分面积（平方米）", "用途", "业主姓名（名称）", "证件号码",
    "联系电话", "产权份额", "产权起始日期",
)  # fmt: skip
_FAMILY, _GIVEN = "李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗", "安博昌澄达恩帆光和弘嘉静康岚敏宁沛清然书"
_WEIGHTS, _CHECKS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2), "10X98765432"


def name_of(compound: int) -> str:
    """The name of a compound."""
    return f"测试{compound + 1:04d}小区"


def _number(random: Random, taken: set[str]) -> str:
    """An identity number that nobody of the compound has yet."""
    while True:
        found = _drawn(random)
        if found not in taken:
            taken.add(found)
            return found


def _drawn(random: Random) -> str:
    head = f"110101{random.randint(1940, 2000)}{random.randint(1, 12):02d}{random.randint(1, 28):02d}"
    head += f"{random.randint(0, 999):03d}"
    return head + _CHECKS[sum(w * int(d) for w, d in zip(_WEIGHTS, head, strict=True)) % 11]


def rows(dwellings: int) -> Iterator[tuple[object, ...]]:
    """The rows of the roll: one a dwelling, two for the fifth with co-owners."""
    random, taken = Random(SEED), set[str]()
    for number in range(dwellings):
        compound, place = divmod(number, DWELLINGS_EACH)
        if not place:
            taken.clear()
        building, rest = divmod(place, DWELLINGS_EACH // BUILDINGS_EACH)
        stairwell, door = divmod(rest, 12)
        floor = door // 2 + 1
        head = (
            name_of(compound), f"{building + 1}幢", f"{stairwell + 1}单元", f"{floor}0{door % 2 + 1}", floor,
            random.randint(4_000, 14_000) / 100, "住宅",
        )  # fmt: skip
        owners = 2 if random.random() < 0.2 else 1
        since = f"{random.randint(1990, 2024)}-{random.randint(1, 12):02d}-{random.randint(1, 28):02d}"
        for _ in range(owners):
            name = random.choice(_FAMILY) + random.choice(_GIVEN) + random.choice(_GIVEN)
            yield (*head, name, _number(random, taken), f"1{random.randint(3_000_000_000, 9_999_999_999)}",
                   "1/2" if owners == 2 else "", since)  # fmt: skip


def write_roll(path: Path, dwellings: int) -> int:
    """Write the roll with as many sheets as it needs; the rows written."""
    count = 0
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet, line = None, 0
        for row in rows(dwellings):
            if sheet is None or line >= ROWS_A_SHEET:
                sheet, line = book.add_worksheet(), 1
                sheet.write_row(0, 0, HEAD)
            sheet.write_row(line, 0, row)
            line += 1
            count += 1
    return count


def list_compounds(compounds: int = COMPOUNDS) -> None:
    """List the city's compounds in the database of the settings, with a few facts each."""
    from datetime import date

    from gongdi.apps.places.models import Compound, Division
    from gongdi.apps.places.services import NewCompound, NewFact, add_compounds
    from gongdi.web import clock

    if Compound.objects.filter(name=name_of(0)).exists():
        return
    province, _ = Division.objects.get_or_create(code="33", system="nbs", defaults={"name": "浙江省", "level": 1})
    city, _ = Division.objects.get_or_create(
        code="3302", system="nbs", defaults={"name": "宁波市", "level": 2, "parent": province}
    )
    county, _ = Division.objects.get_or_create(
        code=COUNTY, system="nbs", defaults={"name": "江北区", "level": 3, "parent": city}
    )
    streets = [
        Division.objects.get_or_create(
            code=f"{COUNTY}{900 - number:03d}", system="nbs",
            defaults={"name": f"测试{number + 1}街道", "level": 4, "parent": county},
        )[0]
        for number in range(STREETS)
    ]  # fmt: skip
    random = Random(SEED)
    new = []
    for number in range(compounds):
        facts = tuple(
            NewFact(name, value, "测试摸底表", date(2026, 6, 1), "stated")
            for name, value in (
                ("compound_kind", "compound"), ("delivered_on", f"{random.randint(1975, 2005)}-06-30"),
                ("land_ownership", "state"), ("in_shantytown_plan", False), ("expropriation_planned", False),
                ("upkeep_neglected", random.random() < 0.8),
            )
            if random.random() < 0.95
        )  # fmt: skip
        columns = {
            "buildings": BUILDINGS_EACH, "households": DWELLINGS_EACH, "area": random.randint(3_000_000, 6_000_000),
            "longitude": f"{121.4 + random.random() / 4:.6f}", "latitude": f"{29.85 + random.random() / 6:.6f}",
            "cost_basic": random.randint(5, 60) * 10**8, "made_up": True,
        }  # fmt: skip
        new.append(NewCompound(name_of(number), county, streets[number % STREETS], None, columns, facts))
    add_compounds(compounds=new, by=None, now=clock.now(), why="测量用的城市")


def govern(compounds_with_schedule: float = 0.6) -> None:
    """Let a pack govern the city and give most compounds a schedule, some of it late, as a city at work has them."""
    from datetime import timedelta

    from gongdi.apps.places.models import Compound
    from gongdi.apps.places.stages import Stage
    from gongdi.apps.policy.models import PackInForce
    from gongdi.apps.progress.models import Milestone
    from gongdi.apps.progress.nodes import SAMPLE
    from gongdi.web import clock

    now, today, random = clock.now(), clock.today(), Random(SEED)
    PackInForce.objects.get_or_create(place=COUNTY, defaults={"pack": PACK, "set_at": now})
    if Milestone.objects.exists():
        return
    rows, moved = [], []
    for compound in Compound.objects.order_by("pk"):
        compound.stage = random.choice(Stage.values)
        moved.append(compound)
        if random.random() >= compounds_with_schedule:
            continue
        day = today - timedelta(days=random.randint(0, 260))
        for step in SAMPLE:
            day += timedelta(days=step.workdays * 7 // 5)
            done = day if day < today and random.random() < 0.97 else None
            rows.append(Milestone(compound=compound, node=step.node, first_due_on=day, due_on=day, done_on=done,
                                  changed_at=now))  # fmt: skip
    Compound.objects.bulk_update(moved, ["stage"], batch_size=500)
    Milestone.objects.bulk_create(rows, batch_size=2000)


def main() -> None:
    """Write the roll, or list the compounds."""
    what = sys.argv[1]
    start = time.perf_counter()
    if what == "roll":
        dwellings = int(sys.argv[sys.argv.index("--dwellings") + 1]) if "--dwellings" in sys.argv else 1_000_000
        count = write_roll(Path(sys.argv[2]) / "roll.xlsx", dwellings)
        print(f"{count:,} rows in {time.perf_counter() - start:.0f} s")
    else:
        import os

        import django

        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
        django.setup()
        list_compounds()
        print(f"listed in {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
