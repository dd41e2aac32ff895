"""Plans in the words of the office, for templates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongdi.apps.places.models import Division
from gongdi.apps.planning.reading import Line, PlanReading, Summary, level_words
from gongdi.core.portfolio.model import CLASS_NAMES
from gongdi.web import words
from gongdi.web.templatetags.gongdi import icon

register = template.Library()


@register.filter
def wan(yuan: int | None) -> str:
    """Whole yuan as 万元 with two decimals."""
    return words.in_wan_yuan(None if yuan is None else yuan * 100)


@register.filter
def sum_wan(amounts: Iterable[int]) -> str:
    """The sum of amounts in yuan, as 万元."""
    return wan(sum(amounts))


@register.simple_tag
def left_wan(fund: Mapping[str, Any]) -> str:
    """What the optimum leaves of a fund, as 万元."""
    return wan(fund["total"] - sum(fund["best"]))


@register.filter
def class_words(classes: Iterable[str]) -> str:
    """Item classes in Chinese."""
    return "、".join(CLASS_NAMES.get(name, name) for name in classes)


@register.filter
def county_names(money: Mapping[str, Any]) -> dict[str, str]:
    """The names of the counties that funds are kept to, by code, in one statement."""
    codes = {code for fund in money["funds"] for code in fund.get("counties") or ()}
    rows = Division.objects.filter(code__in=codes) if codes else ()
    # Of several that bore a code, the one that bears it today comes last and holds.
    return {row.code: row.name for row in sorted(rows, key=lambda row: row.valid_until is None)}


@register.filter
def named_by(codes: Iterable[str], names: Mapping[str, str]) -> str:
    """Counties by name; one that is not known by its code."""
    return "、".join(names.get(code, code) for code in codes)


@register.filter
def chosen_words(chosen: Mapping[str, Any] | None) -> str:
    """What a plan does for a compound."""
    return level_words(chosen) or "—"


@register.filter
def points(value: float | None) -> str:
    """A worth, with one decimal."""
    return "—" if value is None else f"{value:,.1f}"


@register.filter
def percent(value: float | None) -> str:
    """A share as a percentage with three decimals."""
    return "—" if value is None else f"{value:.3%}"


@register.filter
def count_outcome(compounds: Iterable[Mapping[str, Any]], outcome: str) -> int:
    """How many compounds have an outcome."""
    return sum(1 for row in compounds if row["outcome"] == outcome)


@register.simple_tag
def compound_link(compound: Mapping[str, Any]) -> SafeString:
    """A compound's name, leading to its page."""
    if not compound["id"].isdigit():
        return format_html("{}", compound["name"])
    return format_html('<a href="{}">{}</a>', reverse("places:see_compound", args=[compound["id"]]), compound["name"])


_MOVES = {"entered": ("in", "优选列入"), "left": ("out", "优选未列入"), "changed": ("arrow", "层次或年度不同")}


@register.simple_tag
def move_words(line: Line) -> SafeString:
    """What the optimum does otherwise for a compound, and why."""
    sign, word = _MOVES[line.moved]
    why = line.listed_why if line.moved == "entered" else line.best_why
    told = {"entered": "按序填满时：", "left": ""}.get(line.moved, "") + why if why else ""
    return format_html('{}{}{}<span class="g-soft">{}</span>', icon(sign), word, "。" if told else "", told)


@register.simple_tag
def compare_sentence(listed: Summary, best: Summary, moves: Sequence[Line]) -> str:
    """How much the optimum brings over the list, in a sentence."""
    if not listed.objective or best.objective is None:
        return ""
    more = (best.objective - listed.objective) / listed.objective
    homes = best.households - listed.households
    gain = f"多惠及 {homes:,} 户" if homes > 0 else f"少惠及 {-homes:,} 户" if homes < 0 else "惠及户数相同"
    return (
        f"同样的资金，优选的总成效比按序填满高 {more:.1%}，{gain}；"
        f"两种编法有 {len(moves)} 个小区安排不同。优选与理论上界的差距不超过 {best.gap or 0:.3%}。"
    )


@register.simple_tag
def flow_sentence(reading: PlanReading) -> str:
    """What the chart of the money's flow shows."""
    rows = [(fund["name"], sum(fund["best"])) for fund in reading.funds()]
    spent = sum(yuan for _, yuan in rows)
    if not spent:
        return "没有安排资金。"
    name, most = max(rows, key=lambda row: row[1])
    return f"共安排 {wan(spent)} 万元，其中{name}最多，{wan(most)} 万元，占 {most / spent:.0%}。"
