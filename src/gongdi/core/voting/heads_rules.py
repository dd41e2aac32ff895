"""How heads are counted where cities differ (计人规则), by name, each with where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gongdi.core.voting.roll import HeadsRule


@dataclass(frozen=True, slots=True)
class NamedHeadsRule:
    """A way of counting heads, in words, with its clause."""

    title: str
    clause: str
    rule: HeadsRule


_NATIONAL = "建筑物区分所有权司法解释第八、九条"
HEADS_RULES: dict[str, NamedHeadsRule] = {
    "parking_off": NamedHeadsRule(
        "同一业主的几套算一人，车位、车库、储藏不计入",
        f"{_NATIONAL}；宁波市住宅小区物业管理条例第十八条",
        HeadsRule(),
    ),
    "all_parts": NamedHeadsRule(
        "同一业主的几套算一人，已登记的车位、车库、储藏也计入", _NATIONAL, HeadsRule(uses_left_off=frozenset())
    ),
    "each_dwelling": NamedHeadsRule(
        "每套算一人，车位、车库、储藏不计入",
        "只在当地法规或本小区议事规则明文规定时选用",
        HeadsRule(one_head_an_owner=False),
    ),
}
DEFAULT = "parking_off"


def read_heads_rule(record: Mapping[str, Any]) -> HeadsRule:
    """A rule as it was kept with a vote; of a vote from before it was kept, the default."""
    if not record:
        return HEADS_RULES[DEFAULT].rule
    values = {name: record[name] for name in ("developer_one_head", "one_head_an_owner", "unknown_counts")}
    return HeadsRule(uses_left_off=frozenset(record["uses_left_off"]), **values)


def title_of(record: Mapping[str, Any]) -> str:
    """What a kept rule is called."""
    rule = read_heads_rule(record)
    return next((named.title for named in HEADS_RULES.values() if named.rule == rule), "按公告载明的计人规则")
