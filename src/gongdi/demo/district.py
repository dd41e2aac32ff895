"""A made-up district at the published size of Jiangbei: pure, from a fixed seed, its sums exact.

The district plan of 2020 counts 73 compounds, 1,744 buildings, about 47,000 households and 4.27 million m2. The
streets and communities are real; every compound, its name and its facts are invented.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random

from gongdi.core.values import format_hundredths, round_half_up
from gongdi.demo.names import FIRST_WORDS, KIND_WORDS
from gongdi.demo.sources import CommunityRow, UnitCosts

SEED = 20200508
COMPOUNDS, BUILDINGS, HOUSEHOLDS, AREA = 73, 1_744, 47_000, 427_000_000
"""The totals; area in 0.01 m2."""

# Street code: its share of the compounds, and about where it lies (longitude, latitude, in millionths of a degree).
STREETS = {
    "330205001": (10, 121_556_000, 29_884_000),
    "330205003": (14, 121_582_000, 29_899_000),
    "330205004": (16, 121_548_000, 29_899_000),
    "330205005": (9, 121_570_000, 29_918_000),
    "330205006": (8, 121_541_000, 29_938_000),
    "330205007": (6, 121_490_000, 29_941_000),
    "330205008": (2, 121_517_000, 29_962_000),
    "330205103": (8, 121_451_000, 29_985_000),
}
KINDS = ("villa_only", "self_built_area", *["resettlement"] * 4, *["affordable"] * 2, *["single_building"] * 3)
STAGES = (("conceived", 24), ("reserved", 18), ("formed", 18), ("underway", 13))

FactValue = bool | int | str


@dataclass(frozen=True, slots=True)
class MadeUpFact:
    """A fact of a made-up compound: its day, and whether it is verified, stated or estimated."""

    name: str
    value: FactValue
    recorded_on: date
    sureness: str
    source: str


@dataclass(frozen=True, slots=True)
class MadeUpCompound:
    """A made-up compound. Area in 0.01 m2, money in fen, coordinates as decimal strings of degrees."""

    name: str
    kind: str
    community: CommunityRow
    address: str
    longitude: str
    latitude: str
    stage: str
    buildings: int
    households: int
    area: int
    cost_basic: int
    cost_improvement: int
    cost_upgrade: int
    owner_money: int
    facts: tuple[MadeUpFact, ...]


def share_out(total: int, weights: Sequence[int], least: int = 0) -> list[int]:
    """Share a whole number out by weights (largest remainders), each part at least `least`; the parts sum exactly."""
    rest, weight = total - least * len(weights), sum(weights)
    exact = [Fraction(rest * each, weight) for each in weights]
    parts = [int(each) for each in exact]
    by_remainder = sorted(range(len(parts)), key=lambda i: (parts[i] - exact[i], i))
    for i in by_remainder[: rest - sum(parts)]:
        parts[i] += 1
    return [part + least for part in parts]


def make_district(rows: Sequence[CommunityRow], costs: UnitCosts, seed: int = SEED) -> list[MadeUpCompound]:
    """The 73 compounds, street by street."""
    random = Random(seed)
    homes = _communities(random, rows)
    kinds = [*KINDS, *["compound"] * (COMPOUNDS - len(KINDS))]
    stages = [name for name, count in STAGES for _ in range(count)]
    random.shuffle(kinds)
    random.shuffle(stages)
    sizes = [_size(random, kind) for kind in kinds]
    buildings = share_out(BUILDINGS - kinds.count("single_building"), sizes, least=0)
    buildings = _single_buildings(buildings, kinds)
    households = share_out(HOUSEHOLDS, [b * random.randint(75, 125) for b in buildings], least=8)
    areas = share_out(AREA, [h * random.randint(80, 112) for h in households], least=50_000)
    names = _names(random, kinds)
    return [
        _compound(random, names[i], kinds[i], homes[i], stages[i], (buildings[i], households[i], areas[i]), costs)
        for i in range(COMPOUNDS)
    ]


def _communities(random: Random, rows: Sequence[CommunityRow]) -> list[CommunityRow]:
    homes = []
    for street, (count, _, _) in STREETS.items():
        urban = [row for row in rows if row.street_code == street and row.is_urban]
        random.shuffle(urban)
        homes.extend(sorted((urban[i % len(urban)] for i in range(count)), key=lambda row: row.code))
    return homes


def _size(random: Random, kind: str) -> int:
    if kind == "single_building":
        return 0
    return max(4, min(90, round(random.lognormvariate(3.0, 0.6))))


def _single_buildings(shared: list[int], kinds: list[str]) -> list[int]:
    """A single building counts one; the rest was shared out among the others."""
    return [1 if kind == "single_building" else count for kind, count in zip(kinds, shared, strict=True)]


def _names(random: Random, kinds: list[str]) -> list[str]:
    names: list[str] = []
    words = list(FIRST_WORDS) * 3
    random.shuffle(words)
    for kind in kinds:
        while True:
            name = words.pop() + random.choice(KIND_WORDS[kind])
            if name not in names:
                names.append(name)
                break
    return names


def _compound(
    random: Random,
    name: str,
    kind: str,
    home: CommunityRow,
    stage: str,
    figures: tuple[int, int, int],
    costs: UnitCosts,
) -> MadeUpCompound:
    buildings, households, area = figures
    _, longitude, latitude = STREETS[home.street_code]
    basic, improvement, upgrade = _costs(random, area, costs)
    owner_money = _owner_money(random, basic + improvement + upgrade)
    total = basic + improvement + upgrade
    return MadeUpCompound(
        name=name,
        kind=kind,
        community=home,
        address=f"{home.street_name}{home.name}（虚构地址）{random.randint(1, 320)}号",
        longitude=_degrees(longitude + random.randint(-11_000, 11_000)),
        latitude=_degrees(latitude + random.randint(-7_000, 7_000)),
        stage="conceived" if kind in ("villa_only", "self_built_area") else stage,
        buildings=buildings,
        households=households,
        area=area,
        cost_basic=basic,
        cost_improvement=improvement,
        cost_upgrade=upgrade,
        owner_money=owner_money,
        facts=tuple(_facts(random, kind, owner_money, total)),
    )


def _degrees(millionths: int) -> str:
    return f"{millionths // 1_000_000}.{millionths % 1_000_000:06d}"


def _costs(random: Random, area: int, costs: UnitCosts) -> tuple[int, int, int]:
    """Costs by class: the basic standard on all of the area, each step above it on the part that wants it."""
    improved, upgraded = random.choice((0, 30, 50, 80, 100)), random.choice((0, 0, 20, 40))
    basic = Fraction(area * costs.basic, 100)
    improvement = Fraction(area * (costs.improvement - costs.basic) * improved, 10_000)
    upgrade = Fraction(area * (costs.upgrade - costs.improvement) * upgraded, 10_000)
    return round_half_up(basic), round_half_up(improvement), round_half_up(upgrade)


def _owner_money(random: Random, total: int) -> int:
    """What the owners pledged: from nothing to a tenth of the estimate, in whole yuan."""
    thousandths = random.choice((0, 20, 35, 50, 50, 55, 60, 80, 100))
    return total * thousandths // 100_000 * 100


def _facts(random: Random, kind: str, owner_money: int, total: int) -> list[MadeUpFact]:
    surveyed = date(2026, 3, 1) + timedelta(days=random.randint(0, 200))

    def fact(name: str, value: FactValue, sureness: str = "stated", source: str = "社区摸底表（虚构）") -> MadeUpFact:
        return MadeUpFact(name, value, surveyed, sureness, source)

    found = [fact("compound_kind", kind, "verified"), fact("in_urban_area", True, "verified")]
    found += _age(random, fact)
    expropriated = random.random() < 0.07
    chances = {
        "upkeep_neglected": 80, "municipal_facilities_incomplete": 76, "service_facilities_incomplete": 70,
        "function_incomplete": 66, "resident_will_strong": 74, "residents_active": 55, "structure_safe": 92,
        "repairable": 90, "voluntary_contribution": 45, "property_fee_promise": 48, "maintenance_fund_topup": 30,
        "illegal_removal_cooperation": 52, "market_entity": 15, "community_organisation_strong": 50,
        "preparation_ready": 40, "maintenance_account_exists": 40,
    }  # fmt: skip
    for name, percent in chances.items():
        if random.randint(1, 100) <= 88:
            found.append(fact(name, random.randint(1, 100) <= percent))
    for name, value, known in (
        ("in_shantytown_plan", random.random() < 0.04, 94),
        ("expropriation_planned", expropriated, 93),
        ("land_ownership", "collective" if kind == "self_built_area" else "state", 95),
        ("ever_renewed", random.random() < 0.15, 90),
        ("suited_to_rebuild", False, 85),
    ):
        if random.randint(1, 100) <= known:
            found.append(fact(name, value, "verified", "区自然资源和规划部门核对单（虚构）"))
    estimate = "按公开的单价标准（U1）与建筑面积估算"
    found.append(fact("total_investment_yuan", format_hundredths(total), "estimated", estimate))
    if random.randint(1, 100) <= 85:
        found.append(fact("owner_money_yuan", format_hundredths(owner_money)))
    return found


def _age(random: Random, fact: object) -> list[MadeUpFact]:
    """When it was completed and delivered: mostly before 2001, a few later, some with the year alone."""
    assert callable(fact)
    late = random.randint(1, 100) <= 18
    year = random.randint(2001, 2009) if late else min(2000, round(random.triangular(1978, 2000, 1995)))
    day = date(year, 1, 1) + timedelta(days=random.randint(0, 364))
    found = [fact("completed_year", year)]
    if random.randint(1, 100) <= 86:
        found.append(fact("completed_on", day.isoformat(), "verified", "竣工备案资料（虚构）"))
        delivered = min(day + timedelta(days=random.randint(15, 90)), date(2000, 12, 31) if year <= 2000 else date.max)
        if random.randint(1, 100) <= 95:
            found.append(fact("delivered_on", delivered.isoformat(), "verified", "交付记录（虚构）"))
    return found
