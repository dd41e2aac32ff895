"""One question decided by one pack: the outcome, its values, the clauses behind it, and what is missing.

Every outcome has a formula of its own: one of its rows applies and no earlier row with another outcome does. The
outcome whose formula is true is the answer; when none is true the answer is undetermined, and every fact for lack of
which a formula is unknown is missing.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from gongdi.core.policy.evaluation import Span, at_scale, compiled, unknown_facts
from gongdi.core.policy.expressions import references
from gongdi.core.policy.inputs import InputFault, read_facts
from gongdi.core.policy.packs import Library, Pack, Row, Table
from gongdi.core.policy.vocabulary import NOT_REGULATED, UNDETERMINED, Kind, Value
from gongdi.core.values import format_hundredths

SUPPLIED_PARAMETER = "X-01"
OUTSIDE_PERIOD = "X-34"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked (提问): a decision of a pack, for a day, on facts given as JSON values."""

    case: str
    pack: str
    decision: str
    on: date
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ClauseResult:
    """What one clause says on a question: it holds, does not hold, or cannot be told (None)."""

    row: Row
    holds: bool | None
    decided: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a question (判定结果), with all that explains it."""

    case: str
    pack: str
    decision: str
    on: date
    outcome: str
    values: Mapping[str, Any] = field(default_factory=dict)
    clauses: tuple[ClauseResult, ...] = ()
    missing: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    """The facts that were read, in the form in which predicates compare them."""
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A question that cannot be answered because it is ill put (提问有误)."""

    case: str
    faults: tuple[InputFault, ...]


def decide(library: Library, question: Question) -> Answer | Refusal:
    """Answer one question; a refusal only when the question itself is ill put."""
    pack = library.packs.get(question.pack)
    if pack is None:
        known = "、".join(library.packs)
        return _refused(question, "unknown_pack", f"没有名为“{question.pack}”的政策包", f"现有：{known}")
    if question.decision not in library.vocabulary.decisions:
        return _refused(
            question, "unknown_decision", f"没有名为“{question.decision}”的判定", "请运行 gongdi packs show 查看"
        )
    document = pack.document
    if document.first_day and question.on < document.first_day:
        return _not_regulated(question, pack, (OUTSIDE_PERIOD,))
    late = (OUTSIDE_PERIOD,) if document.last_day and question.on > document.last_day else ()
    table = pack.tables.get(question.decision)
    if table is None:
        return _not_regulated(question, pack, late)
    facts, faults = read_facts(table, question.facts, question.on, library.vocabulary)
    if faults:
        return Refusal(question.case, tuple(faults))
    return _by_table(question, pack, table, facts, late)


def _refused(question: Question, code: str, problem: str, remedy: str) -> Refusal:
    return Refusal(question.case, (InputFault(code, "", problem, remedy),))


def _not_regulated(question: Question, pack: Pack, flags: tuple[str, ...]) -> Answer:
    return Answer(
        question.case,
        pack.slug,
        question.decision,
        question.on,
        NOT_REGULATED,
        flags=flags,
        digest=pack.digest,
    )


def _by_table(question: Question, pack: Pack, table: Table, facts: Mapping[str, Any], late: tuple[str, ...]) -> Answer:
    rows = [row for row in table.rows if question.on in row.in_force]
    absent = tuple(name for name in table.selectors if name not in facts)
    if absent:
        clauses = tuple(ClauseResult(row, None, decided=False) for row in rows if row.outcome)
        said = (flag for row in rows if not row.outcome and compiled(row.when)(facts) for flag in row.flags)
        return Answer(
            question.case, pack.slug, question.decision, question.on, UNDETERMINED, clauses=clauses,
            missing=absent, flags=tuple(dict.fromkeys((*late, *said))), facts=facts, digest=pack.digest,
        )  # fmt: skip
    rows = [row for row in rows if all(compiled(part)(facts) is not False for part in row.selects)]
    if not any(row.outcome for row in rows):
        return _not_regulated(question, pack, late)
    held = [(row, compiled(row.when)(facts)) for row in rows]
    outcome, decisive = _outcome(held, table.decision.reports_all)
    if outcome == NOT_REGULATED:
        said = (flag for row in decisive for flag in row.flags)
        return _not_regulated(question, pack, tuple(dict.fromkeys((*late, *said))))
    missing = _missing(held, facts) if outcome == UNDETERMINED else ()
    speaking = [row for row, holds in held if row in decisive or (not row.outcome and holds)]
    read = {name for row in (*_considered(held, decisive), *speaking) for name in _read_by(row)}
    flags = [*late, *(flag for row in speaking for flag in row.flags), *_supplied(question, pack, read)]
    return Answer(
        case=question.case,
        pack=pack.slug,
        decision=question.decision,
        on=question.on,
        outcome=outcome,
        values=_values(speaking, table, facts),
        clauses=tuple(ClauseResult(row, holds, row in decisive) for row, holds in held if row.outcome or holds),
        missing=missing,
        flags=tuple(dict.fromkeys(flags)),
        facts=facts,
        digest=pack.digest,
    )


def outcome_on(table: Table, facts: Mapping[str, Any], on: date) -> str:
    """The outcome alone, on facts that are ready to compare; what tries many facts in turn asks this."""
    if any(name not in facts for name in table.selectors):
        return UNDETERMINED
    rows = [row for row in table.rows if row.outcome and on in row.in_force]
    rows = [row for row in rows if all(compiled(part)(facts) is not False for part in row.selects)]
    if not rows:
        return NOT_REGULATED
    return _outcome([(row, compiled(row.when)(facts)) for row in rows], reports_all=False)[0]


Held = Sequence[tuple[Row, bool | None]]


def _outcome(held: Held, reports_all: bool) -> tuple[str, list[Row]]:
    """The outcome, and the rows that decided it: the first that fires, or all of its outcome that fire."""
    earlier_open: set[str] = set()
    for place, (row, holds) in enumerate(held):
        if not row.outcome:
            continue
        if holds and not earlier_open - {row.outcome}:
            more = [
                other for other, fires in held[place + 1 :] if reports_all and fires and other.outcome == row.outcome
            ]
            return row.outcome, [row, *more]
        if holds:
            return UNDETERMINED, []
        if holds is None:
            earlier_open.add(row.outcome)
    # No row applies for certain: silence, unless a row is still open.
    return (UNDETERMINED, []) if earlier_open - {NOT_REGULATED} else (NOT_REGULATED, [])


def _missing(held: Held, facts: Mapping[str, Any]) -> tuple[str, ...]:
    """Of every outcome formula that is unknown, the facts of its unknown parts."""
    rows = [(row, holds) for row, holds in held if row.outcome]
    found: dict[str, None] = {}
    for place, (row, holds) in enumerate(rows):
        if holds is False:
            continue
        before = [(other, value) for other, value in rows[:place] if other.outcome != row.outcome]
        if any(value for _, value in before) or _adds_nothing(rows, place):
            continue
        for open_row in [row, *(other for other, _ in before)]:
            found.update(dict.fromkeys(sorted(unknown_facts(open_row.when, facts))))
    return tuple(found)


def _adds_nothing(rows: Held, place: int) -> bool:
    """Whether another row already makes sure of the outcome wherever this row would."""
    outcomes, holds = [row.outcome for row, _ in rows], [value for _, value in rows]
    if any(holds[other] for other in earlier_ways(outcomes, place)):
        return True
    return holds[place] is None and any(
        holds[other] and all(holds[at] is False for at in between) for other, between in later_ways(outcomes, place)
    )


def earlier_ways(outcomes: Sequence[str], place: int) -> list[int]:
    """The earlier rows with the outcome of a row: when one holds, the row adds nothing to what is missing."""
    return [other for other in range(place) if outcomes[other] == outcomes[place]]


def later_ways(outcomes: Sequence[str], place: int) -> list[tuple[int, list[int]]]:
    """The later rows with the outcome of a row, each with the rows of other outcomes between.

    When such a row holds and none between may apply, the outcome is sure however the earlier row turns out.
    """
    between: list[int] = []
    ways = []
    for other in range(place + 1, len(outcomes)):
        if outcomes[other] == outcomes[place]:
            ways.append((other, list(between)))
        else:
            between.append(other)
    return ways


def _considered(held: Held, decisive: Sequence[Row]) -> Iterable[Row]:
    """The rows that had to be looked at: those up to the first that decided, and all of them when none did."""
    for row, _ in held:
        yield row
        if decisive and row is decisive[0]:
            return


def _read_by(row: Row) -> Iterable[str]:
    """The facts that a row's condition and values read."""
    return (name for part in (row.when, *row.values.values()) for name in references(part))


def _supplied(question: Question, pack: Pack, read: Container[str]) -> tuple[str, ...]:
    """The flag of an answer that read a masked parameter which the asker supplied (X-01)."""
    masked = (fact.name for fact in pack.parameters.values() if fact.masked)
    given = any(question.facts.get(name) is not None and name in read for name in masked)
    return (SUPPLIED_PARAMETER,) if given else ()


def _values(rows: Iterable[Row], table: Table, facts: Mapping[str, Any]) -> dict[str, Any]:
    found = {}
    for row in rows:
        for name, expression in row.values.items():
            value = table.decision.values[name]
            scale = 2 if value.kind in (Kind.YUAN, Kind.M2) else 0
            computed = (at_scale(expression, scale) if scale else compiled(expression))(facts)
            if computed is not None:
                found[name] = presented(value, computed)
    return found


def presented(value: Value, computed: Any) -> Any:
    """A computed value as JSON: money and areas as decimal strings, dates as text, lists as lists."""
    if value.kind in (Kind.YUAN, Kind.M2):
        return format_hundredths(computed)
    if isinstance(computed, Span):
        return computed.first.isoformat() if computed.exact else None
    if isinstance(computed, tuple):
        return list(computed)
    return computed
