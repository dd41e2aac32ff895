"""What a listed division is today: the rows as core.divisions reads them, and the code under which a compound lies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from gongdi.apps.accounts.reaches import Ended
from gongdi.apps.places.models import Compound, Division, DivisionChange, DivisionCode
from gongdi.core.divisions import Change, ChangeKind, Naming, Standing, System, division_on, successor_of
from gongdi.web import clock


def changes() -> list[Change[int]]:
    """Every recorded change, by the numbers of the divisions."""
    rows = DivisionChange.objects.prefetch_related("former", "later")
    return [
        Change(
            row.on, ChangeKind(row.kind), frozenset(each.pk for each in row.former.all()),
            frozenset(each.pk for each in row.later.all()),
        )
        for row in rows
    ]  # fmt: skip


def namings_of(system: str, code: str) -> list[Naming[int]]:
    """Which divisions bear a code of a system, and when: by their own code and by the mapping between systems."""
    own = Division.objects.filter(system=system, code=code)
    mapped = DivisionCode.objects.filter(system=system, code=code)
    return [
        *(Naming(row.pk, System(system), code, row.valid_from, row.valid_until) for row in own),
        *(Naming(row.division_id, System(system), code, row.since, row.until) for row in mapped),
    ]


def divisions_by_code(system: str, code: str, day: date) -> list[Division]:
    """The divisions that a code of a system meant on a day; several only when the records clash."""
    found = division_on(code, System(system), day, namings_of(system, code))
    return list(Division.objects.filter(pk__in=found).select_related("parent").order_by("pk"))


def standing_of(division: Division, today: date | None = None) -> Standing[int]:
    """What a division, as once recorded, is today."""
    return successor_of(division.pk, today or clock.today(), changes())


def code_today(county: Division, street: Division | None, community: Division | None) -> str:
    """The code under which a compound of these divisions lies today: of the most exact one that still is.

    A community or street that is no more gives the code of what it became, when that is certain; when it can be
    several, the next larger division counts, so that nothing is guessed.
    """
    for division in (community, street):
        if division is None:
            continue
        if division.valid_until is None:
            return division.code
        sole = standing_of(division).sole
        now = Division.objects.filter(pk=sole, valid_until=None).first() if sole is not None else None
        if now is not None:
            return now.code
    return county.code


def became(divisions: list[Division]) -> dict[int, frozenset[int]]:
    """For each division that is no more, the numbers of what it became."""
    gone = [row for row in divisions if row.valid_until is not None]
    known, today = (changes() if gone else []), clock.today()
    return {row.pk: successor_of(row.pk, today, known).now for row in gone}


def divisions_today(divisions: Iterable[Division]) -> dict[int, Division]:
    """For each of these that is no more, the one division that it certainly is today; others are left out."""
    gone = [row for row in divisions if row.valid_until is not None]
    sole = {pk: next(iter(found)) for pk, found in became(gone).items() if len(found) == 1}
    rows = Division.objects.filter(valid_until=None).in_bulk(sole.values()) if sole else {}
    return {pk: rows[now] for pk, now in sole.items() if now in rows}


def names_today(divisions: list[Division]) -> dict[int, str]:
    """For each division that is no more, what it is today in words: 今外滩街道, or 今为外滩街道或前江街道."""
    standings = became(divisions)
    names = Division.objects.in_bulk({pk for found in standings.values() for pk in found})
    return {
        pk: "已撤销" if found == {pk} else f"今{'或'.join(sorted(names[each].name for each in found))}"
        for pk, found in standings.items()
    }


def ended_places(codes: Collection[str]) -> dict[str, Ended]:
    """Of some codes of the statistics bureau those whose divisions are no more, with what they are today."""
    listed = list(Division.objects.filter(code__in=codes, system="nbs"))
    current = {row.code for row in listed if row.valid_until is None}
    gone = [row for row in listed if row.code not in current]
    if not gone:
        return {}
    words, sole = names_today(gone), divisions_today(gone)
    return {row.code: Ended(words[row.pk], sole[row.pk].code if row.pk in sole else "") for row in gone}


def tell_today(compounds: Iterable[Compound]) -> None:
    """Let the recorded streets and communities of compounds say what they are today; no query while all still are."""
    divisions = [each for row in compounds for each in (row.street, row.community) if each is not None]
    today = names_today(divisions)
    for division in divisions:
        division.today = today.get(division.pk, "")
