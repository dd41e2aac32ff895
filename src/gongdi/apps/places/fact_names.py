"""The facts that a survey of a compound records: their words, kinds and groups. The names are those of the packs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongdi.core.values import parse_hundredths

COMPOUND_KINDS = {
    "compound": "住宅小区",
    "single_building": "单栋住宅楼",
    "resettlement": "安置房",
    "affordable": "保障房",
    "villa_only": "纯别墅小区",
    "self_built_area": "以自建房为主的区域",
    "urban_village": "城中村",
    "street_block": "街区",
}


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact: its name in the packs, its word, its kind (bool, date, year, count, yuan, m2 or enum), its group."""

    name: str
    title: str
    kind: str
    group: str
    choices: dict[str, str] | None = None
    essential: bool = False
    """Whether it is among those without which the scope of renewal cannot be told."""


def _yes_no(group: str, *pairs: tuple[str, str], essential: bool = False) -> list[FactName]:
    return [FactName(name, title, "bool", group, essential=essential) for name, title in pairs]


_BASE, _STATE, _PLANS, _WILL, _MONEY = "基本情况", "现状", "规划与征迁", "居民意愿与条件", "资金"
FACT_NAMES: tuple[FactName, ...] = (
    FactName("compound_kind", "小区类型", "enum", _BASE, COMPOUND_KINDS, essential=True),
    FactName("completed_on", "建成日期", "date", _BASE),
    FactName("completed_year", "建成年份", "year", _BASE),
    FactName("delivered_on", "竣工交付日期", "date", _BASE, essential=True),
    FactName("land_ownership", "土地性质", "enum", _BASE, {"state": "国有", "collective": "集体"}, essential=True),
    *_yes_no(_BASE, ("in_urban_area", "位于城市或县城范围内")),
    *_yes_no(
        _STATE,
        ("upkeep_neglected", "失养失修失管"),
        ("municipal_facilities_incomplete", "市政配套设施不完善"),
        ("service_facilities_incomplete", "社会服务设施不健全"),
        ("function_incomplete", "使用功能不完善"),
        ("poor_living_environment", "居住环境条件差"),
        ("structure_safe", "房屋结构安全"),
        ("repairable", "可维修加固使用"),
        ("safety_hazard", "存在安全隐患"),
        ("suited_to_rebuild", "宜整体拆除重建"),
        ("gas_risk_found", "燃气管道经检测存在安全风险"),
    ),
    *_yes_no(
        _PLANS,
        ("in_shantytown_plan", "已列入棚改计划"),
        ("expropriation_planned", "列入征收或征迁计划"),
        essential=True,
    ),
    *_yes_no(
        _PLANS,
        ("rebuild_planned", "拟拆除新建"),
        ("dangerous_house_plan", "列入危旧房改造范围"),
        ("ever_renewed", "曾实施综合改造"),
    ),
    FactName("years_since_renewal", "距上次综合改造年数", "count", _PLANS),
    FactName("years_until_clearance", "距征迁或危改年数", "count", _PLANS),
    *_yes_no(
        _WILL,
        ("resident_will_strong", "居民改造意愿强烈"),
        ("residents_active", "居民参与积极性高"),
        ("illegal_removal_cooperation", "主动配合拆除违法建设"),
        ("voluntary_contribution", "自愿出资"),
        ("property_fee_promise", "承诺交纳物业费"),
        ("maintenance_fund_topup", "补建或续筹维修资金"),
        ("market_entity", "有市场主体参与"),
        ("community_organisation_strong", "社区组织工作能力强"),
        ("preparation_ready", "前期工作准备充分"),
    ),
    FactName("owner_money_yuan", "业主出资", "yuan", _MONEY),
    FactName("total_investment_yuan", "项目总投资", "yuan", _MONEY),
    *_yes_no(_MONEY, ("maintenance_account_exists", "有物业专项维修资金账户"), ("fund_ever_paid", "曾交专项维修资金")),
)
BY_NAME = {fact.name: fact for fact in FACT_NAMES}
ESSENTIAL = tuple(fact.name for fact in FACT_NAMES if fact.essential)


def shown(name: str, value: Any) -> str:
    """A fact's value in the words of the office; 不详 when it is not known."""
    fact = BY_NAME.get(name)
    if value is None:
        return "不详"
    if isinstance(value, bool):
        return "是" if value else "否"
    if fact is not None and fact.choices:
        return fact.choices.get(str(value), str(value))
    units = {"year": "年", "count": "年" if name.startswith("years_") else "", "yuan": "元", "m2": "平方米"}
    return f"{value}{units.get(fact.kind, '') if fact else ''}"


def fault_of(name: str, value: Any) -> str | None:
    """What is wrong with a value for a fact, said to the person who gave it; None when it fits."""
    fact = BY_NAME.get(name)
    if fact is None:
        return f"没有名为“{name}”的情况项。请从列表中选择。"
    if value is None:
        return None
    fits = {
        "bool": lambda: isinstance(value, bool),
        "date": lambda: isinstance(value, str) and _is_day(value),
        "year": lambda: isinstance(value, int) and not isinstance(value, bool) and 1900 <= value <= 2100,
        "count": lambda: isinstance(value, int) and not isinstance(value, bool) and value >= 0,
        "yuan": lambda: (parse_hundredths(value) or 0) >= 0 and parse_hundredths(value) is not None,
        "m2": lambda: (parse_hundredths(value) or 0) >= 0 and parse_hundredths(value) is not None,
        "enum": lambda: value in (fact.choices or {}),
    }
    if fits[fact.kind]():
        return None
    wanted = {
        "bool": "是或否",
        "date": "日期，如 1996-08-31",
        "year": "年份，如 1996",
        "count": "不小于零的整数",
        "yuan": "金额（元），至多两位小数",
        "m2": "面积（平方米），至多两位小数",
        "enum": "列表中的一项",
    }[fact.kind]
    return f"“{fact.title}”应填{wanted}；现填“{value}”不能使用。"


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
