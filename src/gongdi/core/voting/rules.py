"""What a vote must reach (表决规则), as data: taking part and agreement, each by heads and by area.

Sources: 民法典 art. 278 (from 2021-01-01), 物权法 art. 76 (before), 宁波市江北区三年行动方案（2020—2022年） 四(二),
河南省驻马店 2021 四(二) (heads alone, X-12), and for lifts the voting body of one stairwell. The legal floor and the
condition of a local document have different bases and are never mixed (X-11): a matter names one rule, and may be
shown under another beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from gongdi.core.values import Citation, Period
from gongdi.core.voting.counting import Bound, Count, How


class Base(StrEnum):
    """Of whom a share is taken (基数)."""

    ALL = "all"
    PARTICIPANTS = "participants"


class Scope(StrEnum):
    """Whose owners vote (表决范围)."""

    COMPOUND = "compound"
    BUILDING = "building"
    STAIRWELL = "stairwell"


class Subject(StrEnum):
    """What a matter is about (表决事项), as the fact `matter` of the vocabulary."""

    ORDINARY = "ordinary"
    USE_FUND = "use_fund"
    RAISE_FUND = "raise_fund"
    REBUILD = "rebuild"
    CHANGE_COMMON_USE = "change_common_use"


_ALWAYS = Period()


@dataclass(frozen=True, slots=True)
class Bar:
    """One hurdle (关口): both bounds must be met. A side that the document does not ask for is None (X-12)."""

    base: Base
    heads: Bound | None
    area: Bound | None

    def met(self, have: Count, of: Count) -> bool:
        """Whether a count reaches both bounds of its base."""
        by_heads = self.heads is None or self.heads.met(have.heads, of.heads)
        return by_heads and (self.area is None or self.area.met(have.area, of.area))


@dataclass(frozen=True, slots=True)
class Rule:
    """A voting rule with where it stands. `taking_part` is of all owners; `approval` names its base.

    `early_end` says whether a vote that is mathematically decided may be closed before its time.
    """

    slug: str
    title: str
    clause: Citation
    approval: Bar
    taking_part: Bar | None = None
    valid: Period = _ALWAYS
    scopes: frozenset[Scope] = frozenset(Scope)
    early_end: bool = False

    def passed(self, *, everyone: Count, participating: Count, agreeing: Count) -> bool:
        """The verdict on three counts."""
        if self.taking_part is not None and not self.taking_part.met(participating, everyone):
            return False
        return self.approval.met(agreeing, everyone if self.approval.base is Base.ALL else participating)


CIVIL_CODE_SINCE = date(2021, 1, 1)
_HALF = Bound(Fraction(1, 2), How.MORE_THAN)
_TWO_THIRDS = Bound(Fraction(2, 3))
_THREE_QUARTERS = Bound(Fraction(3, 4))
_FOUR_FIFTHS = Bound(Fraction(4, 5))
_BEFORE, _SINCE = Period(last=date(2020, 12, 31)), Period(first=CIVIL_CODE_SINCE)
_CODE_TAKING_PART = Bar(Base.ALL, _TWO_THIRDS, _TWO_THIRDS)

PROPERTY_LAW_ORDINARY = Rule(
    "property-law-2007-ordinary", "《物权法》一般事项：全体业主人数和面积均过半数",
    Citation("cn", "物权法76"), Bar(Base.ALL, _HALF, _HALF), valid=_BEFORE,
)  # fmt: skip
PROPERTY_LAW_SPECIAL = Rule(
    "property-law-2007-special", "《物权法》特别事项：全体业主人数和面积均三分之二以上",
    Citation("cn", "物权法76"), Bar(Base.ALL, _TWO_THIRDS, _TWO_THIRDS), valid=_BEFORE,
)  # fmt: skip
CIVIL_CODE_ORDINARY = Rule(
    "civil-code-2021-ordinary", "《民法典》一般事项：三分之二以上参与，参与者过半数同意",
    Citation("cn", "民法典278"), Bar(Base.PARTICIPANTS, _HALF, _HALF), _CODE_TAKING_PART, _SINCE,
)  # fmt: skip
CIVIL_CODE_SPECIAL = Rule(
    "civil-code-2021-special", "《民法典》特别事项：三分之二以上参与，参与者四分之三以上同意",
    Citation("cn", "民法典278"), Bar(Base.PARTICIPANTS, _THREE_QUARTERS, _THREE_QUARTERS), _CODE_TAKING_PART, _SINCE,
)  # fmt: skip
_JIANGBEI, _WHOLE = "zhejiang-ningbo-jiangbei-2020", frozenset({Scope.COMPOUND})
"""All owners of the compound are the base of its two steps (四(二)): no building or stairwell takes them alone."""
JIANGBEI_WISH = Rule(
    "jiangbei-2020-wish", "江北改造意愿：全体业主人数和面积均三分之二以上",
    Citation(_JIANGBEI, "四(二)1"), Bar(Base.ALL, _TWO_THIRDS, _TWO_THIRDS), valid=Period(first=date(2020, 5, 8)),
    scopes=_WHOLE,
)  # fmt: skip
JIANGBEI_SCHEME = Rule(
    "jiangbei-2020-scheme", "江北初步方案：全体业主人数和面积均三分之二以上",
    Citation(_JIANGBEI, "四(二)3"), Bar(Base.ALL, _TWO_THIRDS, _TWO_THIRDS), valid=Period(first=date(2020, 5, 8)),
    scopes=_WHOLE,
)  # fmt: skip
ZHUMADIAN_FACILITY = Rule(
    "zhumadian-2021-facility", "驻马店配建服务设施：全体业主人数的80%以上（面积未作规定）",
    Citation("henan-zhumadian-2021", "四(二)"), Bar(Base.ALL, _FOUR_FIFTHS, None),
)  # fmt: skip
LIFT_BEFORE_2021 = Rule(
    "lift-stairwell-before-2021", "加装电梯：本单元全体业主人数和面积均三分之二以上",
    Citation("cn", "物权法76"), Bar(Base.ALL, _TWO_THIRDS, _TWO_THIRDS), valid=_BEFORE,
    scopes=frozenset({Scope.STAIRWELL}),
)  # fmt: skip
LIFT_SINCE_2021 = Rule(
    "lift-stairwell-2021", "加装电梯：本单元三分之二以上参与，参与者四分之三以上同意",
    Citation("cn", "民法典278"), Bar(Base.PARTICIPANTS, _THREE_QUARTERS, _THREE_QUARTERS), _CODE_TAKING_PART, _SINCE,
    scopes=frozenset({Scope.STAIRWELL}),
)  # fmt: skip

RULES: dict[str, Rule] = {
    rule.slug: rule
    for rule in (
        CIVIL_CODE_ORDINARY, CIVIL_CODE_SPECIAL, JIANGBEI_WISH, JIANGBEI_SCHEME, ZHUMADIAN_FACILITY,
        LIFT_SINCE_2021, LIFT_BEFORE_2021, PROPERTY_LAW_ORDINARY, PROPERTY_LAW_SPECIAL,
    )
}  # fmt: skip
"""Every rule that comes with the project, by its slug."""

_SPECIAL_BEFORE = frozenset({Subject.USE_FUND, Subject.RAISE_FUND, Subject.REBUILD})
_SPECIAL_SINCE = frozenset({Subject.RAISE_FUND, Subject.REBUILD, Subject.CHANGE_COMMON_USE})


def national_rule(subject: Subject, on: date) -> Rule:
    """The rule of national law for a matter, by the day on which the vote is held."""
    if on < CIVIL_CODE_SINCE:
        return PROPERTY_LAW_SPECIAL if subject in _SPECIAL_BEFORE else PROPERTY_LAW_ORDINARY
    return CIVIL_CODE_SPECIAL if subject in _SPECIAL_SINCE else CIVIL_CODE_ORDINARY


def rules_on(day: date, scope: Scope, packs: frozenset[str]) -> list[Rule]:
    """The rules that may be chosen for a vote held on a day: national law, and those of the packs in force there."""
    known = packs | {"cn"}
    return [r for r in RULES.values() if r.clause.pack in known and day in r.valid and scope in r.scopes]


def floors(rule: Rule, on: date) -> tuple[Rule, ...]:
    """The rules of national law beside which a local one is reported (X-11), ordinary and special matters; none for a
    rule of national law itself.

    Two thirds of all may agree and yet be less than three quarters of those who took part: a local condition that is
    met does not say that the law's is.
    """
    if rule.clause.pack == "cn":
        return ()
    if on < CIVIL_CODE_SINCE:
        return PROPERTY_LAW_ORDINARY, PROPERTY_LAW_SPECIAL
    return CIVIL_CODE_ORDINARY, CIVIL_CODE_SPECIAL
