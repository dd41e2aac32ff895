"""The kinds of findings: one table for address, page, form, service and test."""

from __future__ import annotations

from dataclasses import dataclass

from gongdi.apps.inventory.models import (
    ControllingUnit,
    Facility,
    Finding,
    Inspection,
    NearbyService,
    PastWorks,
    SpareSpace,
)


@dataclass(frozen=True, slots=True)
class FindingKind:
    """A kind of finding: its key in addresses, its word, its model, the fields that its form asks for."""

    key: str
    word: str
    model: type[Finding]
    fields: tuple[str, ...]
    about: str
    single: tuple[str, ...] | None = None
    """The fields that tell one finding in force from another; a new one takes the place of the old. None: all stand
    beside each other."""


KINDS: dict[str, FindingKind] = {
    each.key: each
    for each in (
        FindingKind(
            "facilities", "设施现状", Facility, ("item", "condition", "quantity"),
            "按改造内容逐项记录有没有、好不好，形成改造内容清单的依据。", ("item",),
        ),
        FindingKind(
            "inspections", "隐患检测", Inspection, ("kind", "body", "qualified", "risk_found", "where", "treated_on"),
            "燃气、结构、消防、排水、电气的检测结果。只有具备资质的单位的结论才用于判定。",
        ),
        FindingKind(
            "spaces", "存量资源", SpareSpace,
            ("kind", "name", "owner_unit", "area", "inside", "present_use", "proposed_use", "availability", "means"),
            "闲置用房、锅炉房、空地、边角地、低效用地，可用于停车、养老、托育等。",
        ),
        FindingKind(
            "services", "周边服务设施", NearbyService, ("kind", "name", "minutes"),
            "对照十五分钟生活圈，看缺什么。",
        ),
        FindingKind(
            "works", "改造沿革", PastWorks, ("year", "content", "comprehensive", "cost", "funder"),
            "以往做过的改造；综合改造会用于判定。",
        ),
        FindingKind(
            "unit", "权属单位", ControllingUnit, ("kind", "name"),
            "国有企业、事业单位、军队等所属的小区另有渠道。", (),
        ),
    )
}  # fmt: skip
