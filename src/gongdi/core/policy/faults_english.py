"""What is wrong with a question, in English (输入有误的英文说明)."""

from __future__ import annotations

from gongdi.core.policy.inputs import InputFault
from gongdi.core.policy.vocabulary import Fact, Kind, Vocabulary

_REMEDIES = {
    Kind.BOOL: "give true or false",
    Kind.OPTION: "give true or false",
    Kind.DATE: "give a day of the years 1800 to 2200, such as 1998-06-30",
    Kind.EVENT: 'give a day, such as 1998-06-30, or "none"',
    Kind.YEAR: "give a year of four digits, such as 1998",
    Kind.COUNT: "give a whole number from 0 to 1,000,000,000,000",
    Kind.YUAN: 'give a whole number, or a text with at most two decimals, such as "1234.50"',
    Kind.M2: 'give a whole number, or a text with at most two decimals, such as "1234.50"',
    Kind.MONTH_DAY: "give a month and a day that there is, such as 07-31",
    Kind.LIST: "give a list of codes",
}
_OTHERS = {
    "unknown_pack": ("there is no pack of that name", "see gongdi packs list"),
    "unusable_pack": ("the pack has faults and was not read", "run gongdi packs check"),
    "unknown_decision": ("there is no decision of that name", "see gongdi packs docs --dictionary"),
    "bad_json": ("the line is no JSON object", "check quotes, commas, brackets and very long numbers"),
    "bad_question": ("this part of the question is missing or of the wrong form", "see gongdi decide --help"),
    "repeated_name": ("the name is given more than once; which one is meant cannot be told", "leave one"),
}


def in_english(fault: InputFault, vocabulary: Vocabulary) -> InputFault:
    """The same fault with its reason and remedy in English."""
    names = fault.at_odds or (fault.fact,)
    known = [fact for name in names if (fact := vocabulary.facts.get(name)) is not None]
    if fault.code == "impossible":
        words = ", ".join(f"{fact.en} ({fact.name})" for fact in known)
        problem = "these cannot hold together" if len(known) > 1 else "this cannot be"
        return _told(fault, f"{problem}: {words}", "check the numbers")
    if fault.code == "wrong_type":
        return _told(fault, f"{_name(known, fault.fact)}: the value cannot be used", _remedy(known))
    problem, remedy = _OTHERS.get(fault.code, ("the question cannot be answered", "check the question"))
    return _told(fault, f"{fault.fact}: {problem}" if fault.fact else problem, remedy)


def _told(fault: InputFault, problem: str, remedy: str) -> InputFault:
    return InputFault(fault.code, fault.fact, problem, remedy, fault.at_odds)


def _name(known: list[Fact], name: str) -> str:
    return f"{known[0].en} ({name})" if known else name


def _remedy(known: list[Fact]) -> str:
    if not known:
        return "check the value"
    if known[0].kind is Kind.ENUM:
        return f"one of: {', '.join(list(known[0].labels)[:20])}"
    return _REMEDIES.get(known[0].kind, "check the value")
