"""The published tables beside the demo: divisions of the statistics bureau, real compounds, unit costs (data/*.csv)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class CommunityRow:
    """A community or village committee with its street."""

    code: str
    name: str
    street_code: str
    street_name: str

    @property
    def is_urban(self) -> bool:
        """Whether it is a residents' community and not a village committee."""
        return self.name.endswith(("社区", "居委会"))


@dataclass(frozen=True, slots=True)
class PublishedCompound:
    """A compound of a published list, with the figures that the list gives. Area in 0.01 m2, money in fen."""

    city: str
    county: str
    year: str
    name: str
    buildings: int | None
    households: int | None
    area: int | None
    planned_cost: int | None
    content: str
    remark: str
    list_code: str


@dataclass(frozen=True, slots=True)
class UnitCosts:
    """Published standards in fen a square metre: projects mostly basic, mostly improvement, mostly upgrade."""

    basic: int
    improvement: int
    upgrade: int


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def communities() -> list[CommunityRow]:
    """The communities of the district, as of 2023-06-30."""
    rows = _rows("jiangbei_communities_nbs2023.csv")
    return [CommunityRow(row["code"], row["name"], row["streetCode"], row["streetName"]) for row in rows]


def _hundredths(text: str) -> int | None:
    """A printed figure, perhaps in 万, as hundredths."""
    found = re.fullmatch(r"([0-9]+(?:\.[0-9]+)?)(万?)", text.strip())
    if found is None:
        return None
    return int(Decimal(found[1]) * (10_000 if found[2] else 1) * 100)


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isdigit() else None


def published_compounds() -> list[PublishedCompound]:
    """The real compounds whose figures are published."""
    return [
        PublishedCompound(
            city=row["市"],
            county=row["区县"],
            year=row["年度"],
            name=row["小区名称"],
            buildings=_whole(row["楼栋数"]),
            households=_whole(row["户数"]),
            area=_hundredths(row["建筑面积(平方米)"]),
            planned_cost=None if (cost := _hundredths(row["计划投资(万元)"])) is None else cost * 10_000,
            content=row["改造内容"],
            remark=row["备注"],
            list_code=row["来源代号"],
        )
        for row in _rows("compounds_with_figures.csv")
    ]


def unit_costs() -> UnitCosts:
    """The standards of the city whose table names all three classes (source U1)."""
    found = [row for row in _rows("unit_costs.csv") if row["来源代号"] == "U1"]
    fen = [int("".join(re.findall(r"[0-9]+", row["数值"]))) * 100 for row in found]
    return UnitCosts(*fen)
