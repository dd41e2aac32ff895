"""What a frozen roll is made of: the dwellings, owners and spells of the vote's scope on a day."""

from __future__ import annotations

import re
from datetime import date

from gongdi.apps.dwellings.figures import as_they_were
from gongdi.apps.dwellings.models import Dwelling, DwellingImport, Owner, Ownership
from gongdi.apps.dwellings.queries import natural
from gongdi.apps.places.models import Compound
from gongdi.apps.voting.models import LeftOff, RollLine, Unit, Vote
from gongdi.core.ownership.spells import Spell
from gongdi.core.voting.heads_rules import read_heads_rule
from gongdi.core.voting.roll import PublicRoll, Roll, RollDwelling, build_roll, public_roll, unit_name
from gongdi.core.voting.rules import Scope
from gongdi.web.bulk import tell_planner

_PLAIN = re.compile(r'["\\\x00-\x1f]')
MOST_ROOMS = 300
"""Letters kept of the rooms of one unit."""


def in_scope(vote: Vote) -> dict[int, Dwelling]:
    """The dwellings of the vote's scope, in the order a person would walk."""
    rows = Dwelling.objects.filter(compound=vote.compound).select_related("building")
    if vote.scope != Scope.COMPOUND.value:
        rows = rows.filter(building=vote.building)
    if vote.scope == Scope.STAIRWELL.value:
        rows = rows.filter(stairwell=vote.stairwell)
    ordered = sorted(rows, key=lambda row: (natural(row.building.name), natural(row.stairwell), natural(row.room)))
    return {row.pk: row for row in ordered}


def roll_of(vote: Vote, on: date) -> tuple[Roll, dict[int, Dwelling]]:
    """The roll as it stands on a day."""
    dwellings = in_scope(vote)
    as_they_were(dwellings.values(), on)
    spells = [
        Spell(row.dwelling_id, row.owner_id, row.share, row.since, row.until)
        for row in Ownership.objects.filter(dwelling__in=list(dwellings))
    ]
    rows = [RollDwelling(row.pk, row.area, row.use, row.ended_on, row.began_on) for row in dwellings.values()]
    return build_roll(on, rows, spells, developers_of(vote.compound), read_heads_rule(vote.heads_rule)), dwellings


def developers_of(compound: Compound) -> dict[int, str]:
    """The owners that are developers, each with its identity: its number; without one that of its only namesake."""
    rows = list(
        Owner.objects.filter(compound=compound, kind=Owner.Kind.DEVELOPER)
        .order_by("pk").values_list("pk", "name_digest", "number_digest")
    )  # fmt: skip
    numbers: dict[str, set[str]] = {}
    for _, name, number in rows:
        numbers.setdefault(name, set()).update({number} - {""})
    return {pk: number or (min(numbers[name]) if len(numbers[name]) == 1 else name) for pk, name, number in rows}


def keep_roll(vote: Vote, roll: Roll, dwellings: dict[int, Dwelling]) -> PublicRoll:
    """Write a roll as it was frozen."""
    places = {pk: place for place, pk in enumerate(dwellings)}
    names = dict(Owner.objects.filter(compound=vote.compound).values_list("pk", "name_masked"))
    ordered = sorted(roll.units, key=lambda unit: places[unit.dwellings[0]])
    made = Unit.objects.bulk_create(
        Unit(
            vote=vote, name=unit_name(bytes(vote.salt), unit), heads=unit.heads, area=unit.area,
            rooms="、".join(str(dwellings[pk]) for pk in sorted(unit.dwellings, key=places.__getitem__))[:MOST_ROOMS],
            owners_masked="、".join(names[pk] for pk in unit.owners)[:200], votable=bool(unit.owners),
            place_on_roll=number,
        )
        for number, unit in enumerate(ordered, start=1)
    )  # fmt: skip
    of_dwelling, of_owner = Unit.dwellings.through, Unit.owners.through
    pairs = list(zip(made, ordered, strict=True))
    of_dwelling.objects.bulk_create(
        of_dwelling(unit_id=row.pk, dwelling_id=pk) for row, unit in pairs for pk in unit.dwellings
    )
    of_owner.objects.bulk_create(of_owner(unit_id=row.pk, owner_id=pk) for row, unit in pairs for pk in unit.owners)
    LeftOff.objects.bulk_create(
        LeftOff(vote=vote, dwelling_id=row.dwelling, area=row.area, reason=row.reason.value) for row in roll.left_off
    )
    # The verifiers read the rooms as plain text: a quotation mark in a room's name would break their line.
    rooms = {row.dwellings: _PLAIN.sub("", unit.rooms) for unit, row in pairs}
    told = (lambda each: rooms[tuple(each)]) if vote.publish_rooms else None
    public = public_roll(roll, bytes(vote.salt), vote.algorithm, told)
    RollLine.objects.bulk_create(
        RollLine(vote=vote, number=number, line=line) for number, line in enumerate(public.lines)
    )
    for model in (Unit, of_dwelling, of_owner, RollLine):
        tell_planner(model, len(ordered))
    return public


def rests_on_roll(roll: DwellingImport) -> str:
    """Why a roll of dwellings cannot be undone: a frozen vote rests on it; "" when none does."""
    brought = Dwelling.objects.filter(brought_by=roll)
    owners = Owner.objects.filter(brought_by=roll)
    votes = Vote.objects.exclude(state=Vote.State.DRAFT)
    resting = (
        votes.filter(units__dwellings__in=brought).first()
        or votes.filter(units__owners__in=owners).first()
        or votes.filter(left_off__dwelling__in=brought).first()
    )
    if resting is None:
        return ""
    return f"表决“{resting}”的名册已按这份清册固定，撤销会使表决失去依据。请改为逐户更正，不影响已固定的名册。"
