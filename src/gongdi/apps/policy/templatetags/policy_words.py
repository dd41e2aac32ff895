"""Signs and reasons of decisions, for templates."""

from __future__ import annotations

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from gongdi.apps.places.fact_names import BY_NAME
from gongdi.apps.policy.packs import library
from gongdi.core.policy.comparing import TableDifference, parameters_of
from gongdi.core.policy.explaining import Explanation, shown
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


_STATES_IN_ENGLISH = {"holds": "holds", "fails": "does not hold", "open": "open"}


@register.simple_tag
def clause_sign(state: str, english: bool = False) -> SafeString:
    """Whether a clause holds: sign and word together."""
    sign, word = _STATES[state]
    word = _STATES_IN_ENGLISH[state] if english else word
    return format_html('<span class="g-state g-state-{}">{}{}</span>', state, icon(sign), word)


@register.filter
def recordable(name: str) -> bool:
    """Whether a fact can be recorded on the compound's page."""
    return name in BY_NAME


@register.filter
def stated(row: Row, decision: str) -> list[str]:
    """The values that a clause gives, and the parameters that it reads with the values at which they stand."""
    names = library().vocabulary.decisions[decision].values
    values = [f"{names[name].zh}：{to_chinese(value)}" for name, value in row.values.items()]
    return values + [f"{fact.zh}：{shown(fact, fact.default) or '原文隐去'}" for fact in parameters_of(row)]


@register.simple_tag
def reasons(why: Explanation, english: bool = False) -> SafeString:
    """The tree of a clause down to its comparisons, as nested lists."""
    return format_html('<ul class="g-reasons">{}</ul>', _reason(why, bool(english)))


_JOINED = {
    False: {"AND": "以下各项都成立", "OR": "以下任一项成立", "NOT": "以下不成立"},
    True: {"AND": "all of these hold", "OR": "one of these holds", "NOT": "this does not hold"},
}


def _reason(node: Explanation, english: bool) -> SafeString:
    state = {True: "holds", False: "fails", None: "open"}[node.holds]
    if node.operator == "NOT" and not node.parts[0].operator:
        inner = node.parts[0]
        return _leaf(inner, f"not: {inner.text}" if english else f"不符合“{inner.text}”", state, english)
    if node.operator:
        parts = format_html_join("", "{}", ((_reason(part, english),) for part in node.parts))
        word = _JOINED[english][node.operator]
        return format_html("<li>{} {}<ul>{}</ul></li>", clause_sign(state, english), word, parts)
    return _leaf(node, node.text, state, english)


def _leaf(node: Explanation, text: str, state: str, english: bool) -> SafeString:
    unknown = "not known" if english else "不详"
    colon, joint, form = (": ", "; ", " ({})") if english else ("：", "；", "（{}）")
    known = [f"{word}{colon}{value if value is not None else unknown}" for word, value in node.facts.items()]
    shown = format_html('<span class="g-soft">{}</span>', form.format(joint.join(known))) if known else mark_safe("")
    return format_html("<li>{} {}{}</li>", clause_sign(state, english), text, shown)


@register.filter
def condition(row: Row) -> str:
    """The condition of a clause in the words of the fact dictionary."""
    return to_chinese(row.when)


@register.filter
def count_side(difference: TableDifference, side: str) -> int:
    """How many clauses one side has."""
    return sum(1 for each in difference.clauses if getattr(each, side) is not None)
