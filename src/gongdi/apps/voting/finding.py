"""Finding a unit of a roll by what stands on the door: 3幢2单元201, 3-2-201, or 201 alone."""

from __future__ import annotations

import re

from gongdi.apps.voting.models import Unit, Vote

_TOKEN = re.compile(r"\d+|[A-Za-z]+|[\u4e00-\u9fff]+")
MOST_FOUND = 60


def pattern_of(words: str) -> re.Pattern[str] | None:
    """The tokens of what was typed, in their order, within one door; a number matches a whole number.

    None where nothing was typed.
    """
    tokens = [
        rf"(?<!\d)0*{int(each)}(?!\d)" if each.isascii() and each.isdecimal() else re.escape(each)
        for each in _TOKEN.findall(words)
    ]
    return re.compile("[^、]*?".join(tokens), re.IGNORECASE) if tokens else None


def find_units(vote: Vote, words: str) -> list[Unit]:
    """The units whose rooms match, as one walks; a plain number is also the place on the roll, which stands first."""
    found = list[Unit]()
    plain = words.strip()
    if plain.isascii() and plain.isdecimal() and len(plain) < 10:
        found = list(vote.units.filter(place_on_roll=int(plain)))
    pattern = pattern_of(words)
    if pattern is None:
        return found
    rows = vote.units.order_by("place_on_roll").only("pk", "vote", "place_on_roll", "rooms", "owners_masked", "votable")
    seen = {unit.pk for unit in found}
    return found + [row for row in rows if row.pk not in seen and pattern.search(row.rooms)][:MOST_FOUND]
