"""Words of an officer's note about a decision (判定说明): flags and who supplies a fact, in Chinese and in English."""

from __future__ import annotations

from gongdi.core.policy.vocabulary import Fact

FLAGS: dict[str, tuple[str, str]] = {
    "X-01": ("原文隐去的参数由提问人给出", "a parameter masked in the text was supplied by whoever asked"),
    "X-03": ("截止日原文有两种写法", "the text states the cut-off in two ways"),
    "X-04": ("依据仅见于官方解读", "found only in the official explanation"),
    "X-07": ("原文此句疑为笔误", "this sentence of the text is probably a slip"),
    "X-08": ("原文适用范围不清", "how far the sentence reaches is not clear"),
    "X-09": ("与另一条款的先后须注意", "mind the order with another clause"),
    "X-11": ("另有民法典的表决门槛", "the Civil Code sets thresholds of its own"),
    "X-12": ("百分比口径原文未说明", "whether heads or area is meant is not said"),
    "X-13": ("80%是征求意见面，不是同意率", "80 % were consulted, which is not consent"),
    "X-14": (
        "5%计入业主和社会出资，划转只看业主资金",
        "owners and society count towards the 5 %; only owners' money is credited",
    ),
    "X-15": ("5%与4:6的基数不同", "the bases of the 5 % and of the 4 : 6 differ"),
    "X-16": (
        "4:6的基数不扣中央补助和专营单位出资",
        "central subsidies and utilities' money are not taken off the 4 : 6 base",
    ),
    "X-17": ("面积口径原文未说明", "which area is meant is not said"),
    "X-18": ("标准的单位和层级原文未载明", "unit and level of the standard are not said"),
    "X-19": ("评分标准附件未公开", "the scoring annex is not public"),
    "X-20": ("“8月前”有两种读法", "“before August” can be read in two ways"),
    "X-21": ("同一文件列入两类", "one document puts it into two classes"),
    "X-22": ("按所含最高类别确定项目类型", "a project's type is the highest type among its items"),
    "X-23": ("文件列举而未分类", "named without a class"),
    "X-31": ("属“可以”“主要”，不是“应当”", "“may” or “mainly”, not “shall”"),
    "X-34": ("判定日期不在文件期限内", "the day lies outside the document's period"),
    "X-36": ("多项免除情形重叠", "several exemptions overlap"),
    "X-37": ("未实行告知承诺", "the commitment procedure is not used"),
    "X-42": ("期限起止原文未载明", "when the period begins or ends is not said"),
    "X-43": ("税收规定有期限，以现行公告为准", "tax rules end: check the current notice"),
    "X-48": ("仅见于职责部分的模式", "a mode named only among the duties"),
}
"""What each flag of the ledger means, in a few words of either language."""

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


def flag_words(flag: str, *, english: bool = False) -> str:
    """What a flag means; empty for one that has no words."""
    return FLAGS.get(flag, ("", ""))[english]


def supplier(fact: Fact, *, english: bool = False) -> str:
    """Who can supply a fact: whoever keeps it in the ordinary course of things."""
    return (SUPPLIERS.get(fact.name) or GROUP_SUPPLIERS.get(fact.group, ("", "")))[english]
