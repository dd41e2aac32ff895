"""Reads about policy: packs as pages show them, and the places that a person may govern."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any, NamedTuple

from gongdi.apps.accounts.models import User
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.facts import known_of
from gongdi.apps.places.models import Compound, CompoundFact, Division
from gongdi.apps.policy.flag_words import FlagLine, flag_line
from gongdi.apps.policy.models import PackInForce
from gongdi.apps.policy.note_words import SURENESS
from gongdi.apps.policy.packs import Governing, governing_of, library
from gongdi.apps.policy.presenting import worded
from gongdi.core.policy import Answer
from gongdi.core.policy.explaining import shown
from gongdi.core.policy.expressions import Literal
from gongdi.core.policy.falling import WHOLE_NATION
from gongdi.core.policy.packs import MODALITY_ZH, TREATMENT_ZH, Pack
from gongdi.core.policy.rendering import to_chinese, to_sql
from gongdi.core.policy.rendering_english import shown_in_english
from gongdi.core.policy.sections import PARTS
from gongdi.core.values import Period
from gongdi.exchange.workbook import Column, Sheet, write_workbook

LEVELS = {"nation": "国家", "province": "省", "city": "市", "district": "区（县）"}


class Place(NamedTuple):
    """A compound in a list of thousands: its number, name, division code, and what its facts begin with."""

    pk: int
    name: str
    place: str
    households: int | None
    source: str


@dataclass(frozen=True, slots=True)
class ClauseText:
    """One row of a decision table for reading."""

    section: str
    outcome: str
    tone: str
    modality: str
    text: str
    condition: str
    sql: str
    values: tuple[tuple[str, str], ...]
    period: str
    """The days on which it is in force; empty when it always is."""
    flags: tuple[FlagLine, ...]


def clauses_of(pack: Pack, decision: str) -> list[ClauseText]:
    """The clauses by which a pack answers a decision."""
    table, vocabulary = pack.tables[decision], library().vocabulary
    found = []
    for row in table.rows:
        outcome = vocabulary.outcome(decision, row.outcome) if row.outcome else None
        about = table.decision.values
        values = tuple((about[name].zh, worded(to_chinese(each), about[name])) for name, each in row.values.items())
        found.append(
            ClauseText(
                row.section,
                outcome.zh if outcome else "附注",
                outcome.tone if outcome else "",
                MODALITY_ZH[row.modality],
                row.text,
                to_chinese(row.when) if row.outcome or not isinstance(row.when, Literal) else "总是适用",
                to_sql(row.when),
                values,
                _period(row.in_force),
                tuple(flag_line(flag) for flag in row.flags),
            )
        )
    return found


def _period(days: Period) -> str:
    if days.first and days.last:
        return f"{days.first} 至 {days.last}"
    return f"{days.first} 起" if days.first else f"至 {days.last}" if days.last else ""


def catalogue_of(pack: Pack) -> list[tuple[str, list[tuple[str, str, str]]]]:
    """The items of a pack by class: each with its name, section and note."""
    vocabulary = library().vocabulary
    classes = vocabulary.decisions["item_class"].outcomes
    return [
        (
            outcome.zh,
            [
                (vocabulary.items[entry.item].zh, entry.section, entry.note)
                for entry in pack.catalogue
                if entry.item_class == code
            ],
        )
        for code, outcome in classes.items()
        if any(entry.item_class == code for entry in pack.catalogue)
    ]


def places_in_force() -> dict[str, list[tuple[str, PackInForce]]]:
    """For each pack the places that it governs, with their names."""
    rows = list(PackInForce.objects.all())
    names = dict(Division.objects.filter(code__in=[row.place for row in rows]).values_list("code", "name"))
    found: dict[str, list[tuple[str, PackInForce]]] = {}
    for row in rows:
        found.setdefault(row.pack, []).append((names.get(row.place, row.place), row))
    return found


def elsewhere(division: Division, slug: str) -> str:
    """That a pack is of another place than a division, in a sentence; empty when it is of this place or of all."""
    place, names = library().packs[slug].document.place, list[str]()
    at: Division | None = division
    while at is not None:
        names.append(at.name)
        at = at.parent
    whole = "".join(reversed(names))
    if place == WHOLE_NATION or whole.startswith(place) or place.startswith(whole):
        return ""
    return f"请留意：这份文件的地区是{place}，不是{whole}；外地文件只宜试用，不能作为依据。"


def listed(user: User) -> list[Place]:
    """The compounds that a person may see, in the order of the register."""
    rows = visible_compounds(user).values_list("pk", "name", "place", "households", "source")
    return [Place(*row) for row in rows]


def governed(rows: list[Place]) -> list[tuple[Governing, list[Place]]]:
    """Compounds by the pack and the day that govern them; those that no pack governs are left out."""
    grounds = governing_of(row.place for row in rows)
    groups: dict[tuple[str, str], tuple[Governing, list[Place]]] = {}
    for row in rows:
        ground = grounds[row.place]
        if ground is not None:
            groups.setdefault((ground.pack.slug, ground.as_of.isoformat()), (ground, []))[1].append(row)
    return list(groups.values())


def with_divisions(numbers: list[int]) -> dict[int, Compound]:
    """Some compounds by number, with their street and county."""
    return Compound.objects.select_related("street", "county").in_bulk(numbers)


@dataclass(frozen=True, slots=True)
class FactUsed:
    """One fact that a decision read, with where it comes from."""

    word: str
    value: str
    source: str
    day: str
    sureness: str


GIVEN = {False: "提问时给出", True: "given with the question"}


def facts_used(
    compound: Compound, answer: Answer, asked: Mapping[str, Any], *, english: bool = False
) -> list[FactUsed]:
    """The facts that a decision read about a compound, with source and date; what is unknown is left out.

    `asked` are the facts that the question gave itself.
    """
    table = library().packs[answer.pack].tables.get(answer.decision)
    if table is None:
        return []
    known = known_of(compound)
    found, show = [], shown_in_english if english else shown
    for fact in table.reads:
        value = show(fact, answer.facts.get(fact.name))
        row = known.get(fact.name) or known.get(fact.year_fact)
        word = fact.en if english else fact.zh
        if value is not None and fact.name in asked:
            found.append(FactUsed(word, value, GIVEN[english], "", ""))
            continue
        if value is None or row is None:
            continue
        day = row.on.isoformat() if row.on is not None else ""
        sureness = SURENESS[row.sureness] if english else CompoundFact.Sureness(row.sureness).label
        found.append(FactUsed(word, value, row.source, day, sureness))
    return found


@dataclass(frozen=True, slots=True)
class SectionLine:
    """One section of a document and what becomes of it."""

    section: str
    title: str
    treatment: str
    decisions: tuple[str, ...]
    part: str
    note: str


def sections_of(pack: Pack) -> list[SectionLine]:
    """Every section of a document with what becomes of it."""
    decisions = library().vocabulary.decisions
    return [
        SectionLine(
            each.section,
            each.title,
            TREATMENT_ZH[each.treatment],
            tuple(decisions[name].zh for name in each.decisions),
            PARTS.get(each.part, ""),
            each.note,
        )
        for each in pack.sections
    ]


def coverage() -> list[tuple[Pack, dict[str, int]]]:
    """For each pack how many sections go where, by the words of the treatments."""
    return [
        (
            pack,
            {
                word: sum(1 for each in pack.sections if each.treatment is treatment)
                for treatment, word in TREATMENT_ZH.items()
            },
        )
        for pack in library().packs.values()
    ]


def coverage_workbook() -> bytes:
    """Every section of every document with what becomes of it, as a workbook."""
    columns = [
        Column("文件", 30), Column("条款", 12), Column("内容", 36), Column("去向", 10), Column("判定", 30),
        Column("承接部分", 14), Column("说明", 30),
    ]  # fmt: skip
    rows = [
        [pack.document.title, line.section, line.title, line.treatment, "、".join(line.decisions), line.part, line.note]
        for pack in library().packs.values()
        for line in sections_of(pack)
    ]
    stream = BytesIO()
    subtitle = f"共 {len(library().packs)} 份文件，{len(rows)} 个条款"
    write_workbook(stream, [Sheet("政策条款去向", subtitle, columns, rows)])
    return stream.getvalue()
