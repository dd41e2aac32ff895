"""Words of an officer's note about a decision (判定说明): who supplies a fact, in Chinese and in English."""

from __future__ import annotations

from gongdi.core.policy.vocabulary import Fact

GROUP_SUPPLIERS: dict[str, tuple[str, str]] = {
    "地点、时间与现状": ("街道、社区摸底", "survey by street and community"),
    "优先因素": ("社区、业主委员会", "community, owners' committee"),
    "改造内容": ("街道、设计单位", "street, designer"),
    "征询与表决": ("街道、社区、业主委员会", "street, community, owners' committee"),
    "方案与计划": ("街道、设计单位", "street, designer"),
    "资金": ("街道、财政部门", "street, finance department"),
    "审批与用地": ("自然资源和规划部门、建设单位", "natural resources and planning, builder"),
    "施工、验收与移交": ("建设单位、监理单位", "builder, supervisor"),
    "长效管理与监督": ("街道、社区", "street, community"),
}
SUPPLIERS: dict[str, tuple[str, str]] = {
    "completed_on": ("住建部门竣工资料、不动产登记", "housing department's completion papers, property register"),
    "delivered_on": ("住建部门竣工资料、不动产登记", "housing department's completion papers, property register"),
    "land_ownership": ("自然资源和规划部门", "natural resources and planning"),
    "in_shantytown_plan": ("住建部门棚改计划", "housing department's shanty-town plan"),
    "expropriation_planned": ("征收管理部门", "expropriation office"),
    "rebuild_planned": ("自然资源和规划部门", "natural resources and planning"),
    "structure_safe": ("房屋安全鉴定机构", "building-safety assessor"),
    "gas_risk_found": ("有资质的燃气检测机构", "qualified gas inspection body"),
    "safety_hazard": ("房屋安全、消防、燃气检测", "building, fire and gas inspection"),
}
"""Who can supply a fact: by its group, or by itself where another office keeps it."""

SURENESS = {"verified": "verified", "stated": "as stated", "estimated": "estimated", "read": "read from a roster"}
"""How sure a fact is, in English; the Chinese words stand with the model."""


def supplier(fact: Fact, *, english: bool = False) -> str:
    """Who can supply a fact: whoever keeps it in the ordinary course of things."""
    return (SUPPLIERS.get(fact.name) or GROUP_SUPPLIERS.get(fact.group, ("", "")))[english]
