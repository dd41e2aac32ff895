"""The facts that a survey of a compound records: which, in what order and group. Their words are the vocabulary's."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongdi.core.policy.inputs import remedy_for
from gongdi.core.policy.vocabulary import Fact, Kind, Vocabulary
from gongdi.exchange.packfiles import load_vocabulary

BASIC_GROUP = "基本情况"
"""The group that says what a compound is; the only one that a utility reads."""
_GROUPS: dict[str, tuple[str, ...]] = {
    BASIC_GROUP: (
        "compound_kind", "completed_on", "completed_year", "delivered_on", "land_ownership", "in_urban_area",
    ),
    "现状": (
        "upkeep_neglected", "municipal_facilities_incomplete", "service_facilities_incomplete", "function_incomplete",
        "poor_living_environment", "structure_safe", "repairable", "safety_hazard", "suited_to_rebuild",
        "gas_risk_found",
    ),
    "规划与征迁": (
        "in_shantytown_plan", "expropriation_planned", "rebuild_planned", "dangerous_house_plan", "ever_renewed",
        "years_since_renewal", "years_until_clearance", "adjacent_linkage_needed", "contiguous_renewal",
        "national_policy_allows", "local_conditions_met",
    ),
    "居民意愿与条件": (
        "resident_will_strong", "residents_active", "illegal_removal_cooperation", "voluntary_contribution",
        "property_fee_promise", "maintenance_fund_topup", "market_entity", "community_organisation_strong",
        "preparation_ready",
    ),
    "资金": ("owner_money_yuan", "total_investment_yuan", "maintenance_account_exists", "fund_ever_paid"),
}  # fmt: skip
OTHER = "其他情况"
ESSENTIAL = (
    "compound_kind", "delivered_on", "land_ownership", "in_shantytown_plan", "expropriation_planned",
)  # fmt: skip
"""The facts without which the scope of renewal cannot be told."""

_WANTED = {
    Kind.BOOL: "是或否",
    Kind.DATE: "日期，如 1996-08-31",
    Kind.YEAR: "年份，如 1996",
    Kind.COUNT: "不小于零的整数",
    Kind.YUAN: "金额（元），至多两位小数",
    Kind.M2: "面积（平方米），至多两位小数",
    Kind.ENUM: "列表中的一项",
    Kind.EVENT: "日期，如 1996-08-31；没有发生的填“无”",
}


@dataclass(frozen=True, slots=True)
class FactName:
    """A fact that the page of a compound records, with its group there."""

    fact: Fact
    group: str

    @property
    def name(self) -> str:
        """Its name in the packs."""
        return self.fact.name

    @property
    def title(self) -> str:
        """Its word."""
        return self.fact.zh

    @property
    def kind(self) -> Kind:
        """What its value is."""
        return self.fact.kind

    @property
    def choices(self) -> Mapping[str, str]:
        """The codes that it may have with their words; empty when it is no choice."""
        return self.fact.labels


_PARTS_OF_A_COMPOUND = {
    "area_m2", "asset_kind", "entity", "facility_type", "households_total", "line_location", "place", "resource",
    "service_type", "use_purpose", "work_element",
}  # fmt: skip
"""Facts of one owner, one pipe, one asset (asked with the question), or counted by the pool itself."""


def _other_facts(vocabulary: Vocabulary) -> list[FactName]:
    """What else may be known of a compound: no survey asks for it, and it is not what a question is asked about."""
    asked = {name for decision in vocabulary.decisions.values() for name in decision.selectors}
    left_out = {name for names in _GROUPS.values() for name in names} | asked | _PARTS_OF_A_COMPOUND
    facts = vocabulary.facts.values()
    return [FactName(fact, OTHER) for fact in facts if fact.kind in _WANTED and fact.name not in left_out]


FACT_NAMES = tuple(FactName(load_vocabulary().facts[name], group) for group, names in _GROUPS.items() for name in names)
"""The facts that every survey asks for; the page of a compound lists them all."""
BY_NAME = {about.name: about for about in (*FACT_NAMES, *_other_facts(load_vocabulary()))}
"""All facts that may be recorded; the page lists one that no survey asks for once it is known."""


def shown(name: str, value: Any) -> str:
    """A fact's value in the words of the office; 不详 when it is not known."""
    about = BY_NAME.get(name)
    if value is None:
        return "不详"
    if isinstance(value, bool):
        return "是" if value else "否"
    if about is None:
        return str(value)
    if about.choices:
        return about.choices.get(str(value), str(value))
    if about.kind is Kind.EVENT and value == "none":
        return "未发生"
    years = Kind.COUNT if name.startswith("years_") else Kind.YEAR
    units = {Kind.YEAR: "年", years: "年", Kind.YUAN: "元", Kind.M2: "平方米"}
    return f"{value}{units.get(about.kind, '')}"


def shown_grouped(name: str, value: Any) -> str:
    """A fact's value for a page, the digits of money, areas and counts in threes."""
    about, words = BY_NAME.get(name), shown(name, value)
    if about is None or about.kind not in (Kind.YUAN, Kind.M2, Kind.COUNT):
        return words
    return re.sub(r"^\d+", lambda digits: f"{int(digits[0]):,}", words)


def fault_of(name: str, value: Any) -> str | None:
    """What is wrong with a value for a fact, said to the person who gave it; None when the rules can read it."""
    about = BY_NAME.get(name)
    if about is None:
        return f"没有名为“{name}”的情况项。请从列表中选择。"
    if value is None or remedy_for(about.fact, value) is None:
        return None
    return f"“{about.title}”应填{_WANTED[about.kind]}；现填“{value}”不能使用。"
