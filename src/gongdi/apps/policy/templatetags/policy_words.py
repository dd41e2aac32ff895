"""Signs and reasons of decisions, for templates."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongdi.apps.places.fact_names import BY_NAME
from gongdi.core.policy.comparing import TableDifference
from gongdi.core.policy.explaining import Explanation
from gongdi.core.policy.packs import Row
from gongdi.core.policy.rendering import to_chinese
from gongdi.web.columns import MEANINGS
from gongdi.web.templatetags.gongdi import icon, mark

register = template.Library()
_STATES = {"holds": ("in", "成立"), "fails": ("out", "不成立"), "open": ("undetermined", "待定")}
_BLOCK = '<span class="g-mark g-mark-block">{}{}</span>'


@register.simple_tag
def outcome_mark(tone: str, word: str) -> SafeString:
    """An outcome with its colour and sign; what blocks is red."""
    if tone == "block":
        return format_html(_BLOCK, icon("close"), word)
    return mark(tone if tone in MEANINGS else "", word)


@register.simple_tag
def clause_sign(state: str) -> SafeString:
    """Whether a clause holds: sign and word together."""
    sign, word = _STATES[state]
    return format_html('<span class="g-state g-state-{}">{}{}</span>', state, icon(sign), word)


@register.filter
def recordable(name: str) -> bool:
    """Whether a fact can be recorded on the compound's page."""
    return name in BY_NAME


@register.simple_tag
def reasons(why: Explanation) -> SafeString:
    """The tree of a clause down to its comparisons, as nested lists."""
    return format_html('<ul class="g-reasons">{}</ul>', _reason(why))


def _reason(node: Explanation) -> SafeString:
    state = {True: "holds", False: "fails", None: "open"}[node.holds]
    if node.operator == "NOT" and not node.parts[0].operator:
        return _leaf(node.parts[0], f"不符合“{node.parts[0].zh}”", state)
    if node.operator:
        word = {"AND": "以下各项都成立", "OR": "以下任一项成立", "NOT": "以下不成立"}[node.operator]
        inner = format_html_join("", "{}", ((_reason(part),) for part in node.parts))
        return format_html("<li>{} {}<ul>{}</ul></li>", clause_sign(state), word, inner)
    return _leaf(node, node.zh, state)


def _leaf(node: Explanation, text: str, state: str) -> SafeString:
    known = [f"{word}：{value if value is not None else '不详'}" for word, value in node.facts.items()]
    shown = format_html('<span class="g-soft">（{}）</span>', "；".join(known)) if known else mark_safe("")
    return format_html("<li>{} {}{}</li>", clause_sign(state), text, shown)


@register.filter
def condition(row: Row) -> str:
    """The condition of a clause in the words of the fact dictionary."""
    return to_chinese(row.when)


@register.filter
def count_side(difference: TableDifference, side: str) -> int:
    """How many clauses one side has."""
    return sum(1 for each in difference.clauses if getattr(each, side) is not None)
