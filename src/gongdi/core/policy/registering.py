"""The register of documents (文件登记): those held as packs, and every document that they cite, each once.

What a document does not print stays empty: a masked number (20XX) is never taken for the number it probably was.
Source: the notice of the Jiangbei plan (index, validity, publicity, annexes); the preambles of all sources.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongdi.core.policy.packs import Annex, Cited, Document, Pack


class Holding(StrEnum):
    """Whether a document is at hand (收录情况)."""

    HELD = "held"
    NOT_HELD = "not_held"
    MASKED = "masked"


HOLDING_ZH = {
    Holding.HELD: "已收录",
    Holding.NOT_HELD: "未收录",
    Holding.MASKED: "未收录，文号年份隐去",
}


@dataclass(frozen=True, slots=True)
class Use:
    """What one document cites another for (引用用途)."""

    by: str
    """The slug of the citing pack."""
    title: str
    purpose: str


@dataclass(frozen=True)
class Registered:
    """One document of the register: as printed, empty where nothing is printed."""

    title: str
    number: str
    issuer: str
    issued: str
    holding: Holding
    pack: str
    """The slug of the pack that holds it, or empty."""
    first_day: date | None = None
    last_day: date | None = None
    index_number: str = ""
    validity: str = ""
    publicity: str = ""
    annexes: tuple[Annex, ...] = ()
    cited_by: tuple[Use, ...] = ()
    issued_status: str = ""
    """printed, inferred or masked, of a document that is held."""


_BRACKETS = str.maketrans({"﹝": "〔", "[": "〔", "［": "〔", "(": "〔", "（": "〔",
                           "﹞": "〕", "]": "〕", "］": "〕", ")": "〕", "）": "〕"})  # fmt: skip
_MASKED = re.compile(r"[xX×]{2}")


def plain_number(number: str) -> str:
    """A document number (文号) as numbers are compared: one kind of brackets, no spaces.

    >>> plain_number("国办发 [2020] 23号") == plain_number("国办发﹝2020﹞23号")
    True
    """
    return re.sub(r"\s", "", number).translate(_BRACKETS)


def register(packs: Mapping[str, Pack]) -> tuple[Registered, ...]:
    """Every document, those held first, each with who cites it and what for."""
    uses: dict[tuple[str, str], list[tuple[Cited, Use]]] = {}
    for slug, pack in packs.items():
        for cited in pack.document.cites:
            use = Use(slug, pack.document.title, cited.purpose)
            uses.setdefault(_key(cited), []).append((cited, use))
    held = [_held(slug, pack.document, uses) for slug, pack in packs.items()]
    return (*held, *_cited_only(uses))


def _key(of: Cited | Document) -> tuple[str, str]:
    """Numbers tell documents apart where they are printed whole; else the title does, a masked number with it."""
    number = plain_number(of.number)
    return (number, "") if number and not _MASKED.search(number) else (number, of.title)


def _held(slug: str, document: Document, uses: dict[tuple[str, str], list[tuple[Cited, Use]]]) -> Registered:
    cited_by = tuple(use for _, use in uses.pop(_key(document), ()))
    return Registered(
        document.title, document.number, document.issuer, document.issued, Holding.HELD, slug,
        document.first_day, document.last_day, document.index_number, document.validity, document.publicity,
        document.annexes, cited_by, document.issued_status,
    )  # fmt: skip


def _cited_only(uses: Mapping[tuple[str, str], list[tuple[Cited, Use]]]) -> Iterator[Registered]:
    for told in uses.values():
        first = told[0][0]
        issuer = next((cited.issuer for cited, _ in told if cited.issuer), "")
        issued = next((cited.issued for cited, _ in told if cited.issued), "")
        holding = Holding.MASKED if _MASKED.search(first.number) else Holding.NOT_HELD
        yield Registered(first.title, first.number, issuer, issued, holding, "", cited_by=tuple(use for _, use in told))
