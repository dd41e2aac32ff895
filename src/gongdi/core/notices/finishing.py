"""When a notice becomes final (公示生效), and why it does not yet.

Template 四(二)2: a scheme is published and, if nobody objects, filed with the city's leading group. So a notice is not
final before its end, nor while an objection waits for an answer, nor while an accepted one asks for a new version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Outcome(StrEnum):
    """What came of an objection."""

    REVISE = "revise"
    """Accepted, and what is published must change: only a corrected version goes on."""
    ACCEPTED = "accepted"
    """Accepted, and what is published stands."""
    REFUSED = "refused"
    """Not accepted, with the reason."""


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection received in time, by the number that a person finds it under; None while nobody answered."""

    number: int
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Posted:
    """How a notice was shown: from when its period is counted, its last day, proofs of posting, whether one is due."""

    ends_on: date
    proofs: int
    needs_proof: bool


@dataclass(frozen=True, slots=True)
class Hindrance:
    """Why a notice is not final: what, why, what to do."""

    what: str
    why: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.what}：{self.why}。{self.remedy}。"


def is_open(objection: Objection) -> bool:
    """Whether an objection still stands against what is published."""
    return objection.outcome is None or objection.outcome is Outcome.REVISE


def hindrances(posted: Posted, objections: Iterable[Objection], today: date) -> list[Hindrance]:
    """Everything that keeps a notice from being final on a day; empty when nothing does."""
    found = []
    if today <= posted.ends_on:
        why = f"公示到 {posted.ends_on} 为止，今天是 {today}"
        found.append(Hindrance("公示期未满", why, "期满后第二天再办"))
    if posted.needs_proof and not posted.proofs:
        found.append(Hindrance("没有张贴凭证", "这类公示须张贴在显著位置", "请登记张贴日期、地点并上传照片"))
    for each in objections:
        if each.outcome is None:
            found.append(Hindrance(f"第 {each.number} 号异议", "还没有答复", "请先答复，并告知提出人"))
        elif each.outcome is Outcome.REVISE:
            found.append(Hindrance(f"第 {each.number} 号异议", "已采纳，公示内容要修改", "请更正后重新公示"))
    return found
