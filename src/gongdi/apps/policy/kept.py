"""Decisions kept between pages (留用判定): the map, the board, the register and the desk ask the same of a whole city.

A process keeps the facts and verdicts that it has worked out until the audit chain tells that something they rest on
was written (audit.watching), or the day changes. Nothing of it is stored, and nothing is written by it; a decision that
is recorded (store_decision) is always taken anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model

from gongdi.apps.audit.watching import Watch, Written
from gongdi.apps.places.facts import Listed, facts_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.policy import deciding
from gongdi.apps.policy.deciding import Facts, Verdict
from gongdi.apps.policy.packs import Governing, governing_of
from gongdi.engines.survey_list import SurveyNeed
from gongdi.web import clock
from gongdi.web.once import once

IDLE = frozenset(
    {
        "accounts", "audit", "deliberation", "desk", "files", "mobilisation", "organisations", "planning", "progress",
        "registers", "residents", "workdays",
    }
)  # fmt: skip
"""Apps whose writes change no fact of a compound; a test does every service of every app and compares."""
IDLE_VERBS = frozenset({"places.save_view", "places.delete_view", "dwellings.search_owner", "dwellings.reveal_owner"})
"""What people keep for themselves, and what they only look at."""
BELONGS = {
    "consultation.response": "round__compound",
    "consultation.menuitem": "round__compound",
    "consultation.attempt": "household__round__compound",
    "notices.objection": "notice__compound",
    "notices.posting": "notice__compound",
}
"""How objects without a compound of their own belong to one: what is told of them concerns that compound alone."""
MOST_SURVEYS = 64
PART = 10_000
"""Compounds that are read at a time; SQLite takes at most 32,766 numbers in one question."""

Ground = tuple[str, date]
Row = TypeVar("Row", bound=Listed)


@dataclass(slots=True)
class Kept:
    """What one process keeps. One at a time works it out; the others wait, since they would do the same work."""

    watch: Watch = field(default_factory=Watch)
    day: date | None = None
    facts: Facts = field(default_factory=dict)
    places: dict[int, str] = field(default_factory=dict)
    verdicts: dict[tuple[Ground, str], dict[int, Verdict | None]] = field(default_factory=dict)
    surveys: OrderedDict[tuple[Ground, tuple[int, ...]], list[SurveyNeed]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def forget(self) -> None:
        """Forget all that was worked out."""
        for each in (self.facts, self.places, self.verdicts, self.surveys):
            each.clear()

    def catch_up(self) -> None:
        """Forget what was written since, and all on another day: some facts hold as of today."""
        try:
            today, written = clock.today(), self.watch.since()
            touched = None if written is None or today != self.day else _compounds_of(written)
        except BaseException:
            # The watch may have moved past what was written; nothing that is kept can be trusted.
            self.watch = Watch()
            self.forget()
            raise
        self.day = today
        if touched is None:
            self.forget()
        elif touched:
            self.surveys.clear()
            kept: list[dict[int, Any]] = [self.facts, self.places, *self.verdicts.values()]
            for rows in kept:
                for pk in touched:
                    rows.pop(pk, None)

    def read(self, compounds: Sequence[int], listed: Sequence[Listed] = ()) -> None:
        """Have the facts of some compounds at hand. Rows that are `listed` must have been read under the lock, after
        what was written was forgotten: older ones would be kept as if they were of now."""
        lacking = [pk for pk in compounds if pk not in self.facts]
        if lacking:
            known = {row.pk: row for row in listed}
            few = Compound.objects.order_by().only("pk", "place", "households", "source")
            told = all(pk in known for pk in lacking)
            for begin in range(0, len(lacking), PART):
                part = lacking[begin : begin + PART]
                rows: list[Listed] = [known[pk] for pk in part] if told else list(few.filter(pk__in=part))
                self.facts |= facts_of_many(rows)
                self.places |= {row.pk: row.place for row in rows}

    def decide(self, compounds: Sequence[int], decision: str) -> dict[int, Verdict | None]:
        """One decision about some compounds."""
        grounds = governing_of(self.places[pk] for pk in compounds if pk in self.places)
        found: dict[int, Verdict | None] = {}
        lacking: dict[Ground, tuple[Governing, list[int]]] = {}
        for pk in compounds:
            ground = grounds.get(self.places.get(pk, ""))
            if ground is None:
                found[pk] = None
                continue
            key = (ground.pack.slug, ground.as_of)
            known = self.verdicts.setdefault((key, decision), {})
            if pk in known:
                found[pk] = known[pk]
            else:
                lacking.setdefault(key, (ground, []))[1].append(pk)
        for key, (ground, group) in lacking.items():
            decided = deciding.verdicts_under(ground, [Compound(pk=pk) for pk in group], decision, self.facts)
            self.verdicts[key, decision] |= decided
            found |= decided
        return found


def _compounds_of(written: list[Written]) -> set[int] | None:
    """The compounds that events tell of; None when one may concern any compound."""
    kinds: dict[str, set[int]] = {}
    for each in written:
        if each.verb.partition(".")[0] not in IDLE and each.verb not in IDLE_VERBS:
            if not each.object_id.isdecimal():
                return None
            kinds.setdefault(each.object_kind, set()).add(int(each.object_id))
    found = kinds.pop(Compound._meta.label_lower, set())
    for kind, numbers in kinds.items():
        of = _by_compound(kind, numbers)
        if len(of) < len(numbers) or None in of.values():
            return None
        found |= {pk for pk in of.values() if pk is not None}
    return found


def _by_compound(kind: str, numbers: Iterable[int]) -> dict[int, int | None]:
    """For objects that belong to a compound, which; nothing for other kinds."""
    try:
        model: type[Model] = apps.get_model(kind)
    except LookupError:
        return {}
    way = "compound" if any(each.name == "compound" for each in model._meta.get_fields()) else BELONGS.get(kind)
    return dict(model._default_manager.filter(pk__in=numbers).values_list("pk", way)) if way else {}


_kept = Kept()


def forget() -> None:
    """Forget all that this process keeps."""
    with _kept.lock:
        _kept.watch = Watch()
        _kept.forget()


def _current(compounds: Sequence[int]) -> Kept:
    once("policy.kept", _kept.catch_up)
    _kept.read(compounds)
    return _kept


def kept_facts(compounds: Sequence[int]) -> dict[int, dict[str, Any]]:
    """The facts of some compounds as the rules read them, by compound; one that was taken away since is left out."""
    with _kept.lock:
        kept = _current(compounds)
        return {pk: kept.facts[pk] for pk in compounds if pk in kept.facts}


def kept_facts_of(read: Callable[[], list[Row]]) -> tuple[list[Row], dict[int, dict[str, Any]]]:
    """Rows of compounds with their facts; `read` reads them once what was written since is forgotten."""
    with _kept.lock:
        kept = _current(())
        rows = read()
        kept.read([row.pk for row in rows], rows)
        return rows, {row.pk: kept.facts[row.pk] for row in rows if row.pk in kept.facts}


def kept_verdicts(compounds: Sequence[int], decision: str) -> dict[int, Verdict | None]:
    """One decision about some compounds, each under the pack that governs it; None where no pack does."""
    with _kept.lock:
        return _current(compounds).decide(compounds, decision)


def kept_survey(compounds: Sequence[int], ground: Governing) -> list[SurveyNeed]:
    """What a survey of some compounds under one pack should find out first."""
    key = ((ground.pack.slug, ground.as_of), tuple(compounds))
    with _kept.lock:
        kept = _current(compounds)
        if key not in kept.surveys:
            rows = [Compound(pk=pk) for pk in compounds]
            kept.surveys[key] = deciding.survey(rows, ground, known=kept.facts)
            if len(kept.surveys) > MOST_SURVEYS:
                kept.surveys.popitem(last=False)
        kept.surveys.move_to_end(key)
        return kept.surveys[key]
