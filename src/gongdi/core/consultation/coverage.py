"""Coverage of a consultation (居民征求意见率): households reached over all households. It is no consent (X-13)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongdi.core.consultation.answers import Answer


class LeftOff(StrEnum):
    """Why a dwelling is no household of the round."""

    ENDED = "ended"
    """已注销"""
    NOT_HOME = "not_home"
    """不是住宅"""


class NotReached(StrEnum):
    """Why a household has not been reached."""

    NOT_TRIED = "not_tried"
    """尚未联系"""
    NOBODY_HOME = "nobody_home"
    """上门无人"""
    VACANT = "vacant"
    """空置"""
    NO_CONTACT = "no_contact"
    """联系不上"""
    DECLINED = "declined"
    """不愿答复"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Households reached and all of them. Every household is reached, or stands under a reason."""

    reached: int
    total: int
    reasons: Mapping[NotReached, int]

    def short(self, needed: int) -> int:
        """How many households are still to be reached for the number that a document asks for."""
        return max(needed - self.reached, 0)


def left_off(use: str, *, ended: bool) -> LeftOff | None:
    """Why a dwelling is no household: it has ended, or nobody lives in it by its use."""
    if ended:
        return LeftOff.ENDED
    return None if use == "residence" else LeftOff.NOT_HOME


def coverage_of(
    households: Iterable[int], answers: Iterable[Answer], tried: Mapping[int, NotReached] | None = None
) -> Coverage:
    """Count coverage: a household is reached once anybody of it, owner or user, has answered.

    `tried` says for a household why the last attempt reached nobody.
    """
    everyone, reached = set(households), {each.household for each in answers}
    reasons = dict.fromkeys(NotReached, 0)
    for household in everyone - reached:
        reasons[(tried or {}).get(household, NotReached.NOT_TRIED)] += 1
    return Coverage(len(everyone & reached), len(everyone), reasons)
