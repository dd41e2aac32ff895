"""Inspections of hazards (隐患检测): what a series of them says about a compound on a day.

Only a qualified body's finding tells whether the gas pipes carry a risk (puer 二(二)1) and whether a structure is safe;
what an unqualified look found is a hint for the survey, never a fact for a rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class HazardKind(StrEnum):
    """The kinds of hazards that are inspected (anqing 四(三), jiangbei 一(三)3)."""

    GAS = "gas"
    STRUCTURE = "structure"
    FIRE = "fire"
    DRAINAGE = "drainage"
    ELECTRICAL = "electrical"


@dataclass(frozen=True, slots=True)
class Inspection:
    """One inspection: of what, when, by a qualified body or not, whether a risk was found and when it was treated."""

    kind: HazardKind
    on: date
    qualified: bool
    risk_found: bool
    treated_on: date | None = None

    def open_on(self, day: date) -> bool:
        """Whether its risk stands on a day."""
        return self.risk_found and (self.treated_on is None or day < self.treated_on)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a series of inspections says: the value, and the day of the inspection (or treatment) that says it."""

    value: bool
    on: date


def latest(inspections: Iterable[Inspection], kind: HazardKind, day: date) -> Inspection | None:
    """The latest inspection of a kind by a qualified body up to a day; of two on one day the one that found a risk."""
    found = [each for each in inspections if each.kind is kind and each.qualified and each.on <= day]
    return max(found, key=lambda each: (each.on, each.risk_found), default=None)


def risk(inspections: Iterable[Inspection], kind: HazardKind, day: date) -> Finding | None:
    """Whether a risk of a kind stands on a day; None when no qualified body has looked."""
    last = latest(inspections, kind, day)
    if last is None:
        return None
    standing = last.open_on(day)
    on = last.treated_on if last.risk_found and not standing and last.treated_on is not None else last.on
    return Finding(standing, on)


def any_hazard(inspections: Iterable[Inspection], day: date) -> Finding | None:
    """Whether any hazard stands: true as soon as one kind has one, false only when every kind was found clear."""
    every = list(inspections)
    found = [risk(every, kind, day) for kind in HazardKind]
    standing = [finding for finding in found if finding is not None and finding.value]
    if standing:
        return Finding(True, max(finding.on for finding in standing))
    clear = [finding for finding in found if finding is not None]
    return Finding(False, min(finding.on for finding in clear)) if len(clear) == len(HazardKind) else None
