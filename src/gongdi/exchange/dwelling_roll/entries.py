"""What a roll tells of one dwelling and of each of its owners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from gongdi.core.values import Share

AreaBasis = Literal["registered", "surveyed", "contract"]
"""Where an exclusive area comes from (建筑物区分所有权司法解释 art. 8: register, else survey, else contract)."""
Use = Literal["residence", "shop", "office", "parking", "garage", "storage", "other"]
OwnerKind = Literal["person", "organisation", "developer", "public_housing", "government"]

AREA_BASES: dict[str, AreaBasis] = {"登记": "registered", "实测": "surveyed", "测绘": "surveyed", "合同": "contract"}
USES: dict[str, Use] = {
    "住宅": "residence", "居住": "residence", "商业": "shop", "商铺": "shop", "店面": "shop", "办公": "office",
    "车位": "parking", "停车位": "parking", "车库": "garage", "储藏": "storage", "储藏室": "storage",
    "杂物间": "storage", "其他": "other",
}  # fmt: skip
OWNER_KINDS: dict[str, OwnerKind] = {
    "个人": "person", "自然人": "person", "单位": "organisation", "企业": "organisation", "法人": "organisation",
    "开发企业": "developer", "开发商": "developer", "建设单位": "developer", "公房产权单位": "public_housing",
    "公房": "public_housing", "政府": "government",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OwnerEntry:
    """One owner of a dwelling as a row tells it. `share` None is joint ownership without parts (共同共有)."""

    row: int
    name: str
    kind: OwnerKind
    number: str
    phone: str
    share: Share | None
    certificate: str
    since: date | None


@dataclass(frozen=True, slots=True)
class DwellingEntry:
    """One dwelling with its owners, as adjacent rows tell it. The area is in 0.01 m2; a basis or use None was not told:
    a new dwelling is then a residence by its register, one known already stays what it is."""

    sheet: str
    row: int
    compound: str
    building: str
    stairwell: str
    room: str
    floor: int | None
    area: int
    area_basis: AreaBasis | None
    use: Use | None
    unit_number: str
    owners: tuple[OwnerEntry, ...]

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What tells it from every other dwelling of the file."""
        return (self.compound, self.building, self.stairwell, self.room)
