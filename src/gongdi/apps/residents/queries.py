"""Reads of bindings and of what a resident's words may mean."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q, QuerySet

from gongdi.apps.dwellings.models import Dwelling, Ownership
from gongdi.apps.dwellings.queries import as_merged
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.web.once import once

UNLINKED = "unlinked"
WANTS_DWELLING = Q(
    Exists(Dwelling.objects.filter(compound=OuterRef("compound"), ended_on=None)),
    state=DwellingBinding.State.CONFIRMED, dwelling=None,
)  # fmt: skip
"""Bindings confirmed before the roll of their compound was kept, which has dwellings now."""

_BUILDING_WORDS = re.compile("(号楼|幢|栋|座|号)$")


def own_bindings(account: Account) -> list[DwellingBinding]:
    """A resident's bindings, those given up left out, newest first."""
    return list(
        account.bindings.exclude(state=DwellingBinding.State.ENDED).select_related(
            "compound__county", "dwelling__building"
        )
    )


def communities_of(bindings: Iterable[DwellingBinding]) -> list[Division]:
    """The communities (社区) in which dwellings lie: where a resident goes who would rather not use a phone."""
    codes = {each.compound.place for each in bindings}
    rows = Division.objects.filter(code__in=codes, level=Division.Level.COMMUNITY, valid_until=None).order_by("code")
    return list({row.name: row for row in rows}.values())


def compounds_called(name: str) -> list[Compound]:
    """The compounds of exactly this name, wherever they are; what residents may choose among."""
    found = Compound.objects.filter(name=unicodedata.normalize("NFKC", name).strip())
    return list(found.select_related("county", "street").order_by("place", "pk")[:20])


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).upper()


def _building_number(text: str) -> str:
    """A building's name without the word for building, so that 3幢, 3号楼 and 3 are one."""
    return _BUILDING_WORDS.sub("", _plain(text))


def candidates(binding: DwellingBinding) -> list[tuple[Dwelling, bool]]:
    """Dwellings of the building that is meant, those of the room first (True): for the worker to choose from."""
    wanted, room = _building_number(binding.building), _plain(binding.room)
    rows = Dwelling.objects.filter(compound=binding.compound, ended_on=None).select_related("building")
    inside = [row for row in rows.iterator() if _building_number(row.building.name) == wanted]
    fits = [(row, _fits(row, room)) for row in inside]
    return sorted(fits, key=lambda each: not each[1])[:400]


def _fits(row: Dwelling, room: str) -> bool:
    own = _plain(row.room)
    return room in (own, _plain(row.stairwell) + own, f"{_plain(row.stairwell)}-{own}")


def has_dwellings(compound: Compound) -> bool:
    """Whether the base database knows the compound's dwellings."""
    return Dwelling.objects.filter(compound=compound).exists()


def with_dwellings(compounds: Iterable[int]) -> set[int]:
    """Those of the compounds whose dwellings the base database knows."""
    rows = Dwelling.objects.filter(compound__in=set(compounds), ended_on=None)
    return set(rows.order_by().values_list("compound", flat=True).distinct())


def in_state(rows: QuerySet[DwellingBinding], state: str) -> QuerySet[DwellingBinding]:
    """Bindings in a state (all when none is named), with what a list shows; "unlinked" are those without dwelling."""
    if state == UNLINKED:
        rows = rows.filter(WANTS_DWELLING)
    elif state in DwellingBinding.State.values:
        rows = rows.filter(state=state)
    return rows.select_related("account", "compound", "decided_by", "dwelling__building")


def changed_owners(rows: Iterable[DwellingBinding]) -> set[int]:
    """The confirmed bindings of owners and their family whose dwelling has lost an owner since: they speak for nobody,
    and want revoking. A tenant's stays: a sale does not end a lease (民法典 art. 725)."""
    kept = [row for row in rows if row.state == row.State.CONFIRMED and row.relation != row.Relation.TENANT]
    holding: dict[int, set[int]] = {}
    held = Ownership.objects.filter(dwelling__in=[row.dwelling_id for row in kept if row.dwelling_id], until=None)
    for dwelling, owner in held.values_list("dwelling", "owner"):
        holding.setdefault(dwelling, set()).add(owner)
    lost = [
        row for row in kept
        if row.dwelling_id and not (row.owners and set(row.owners) <= holding.get(row.dwelling_id, set()))
    ]  # fmt: skip
    if not lost:
        return set()
    # Whose record was merged into another is an owner still.
    stands = as_merged(owner for row in lost for owner in row.owners)
    return {
        row.pk for row in lost
        if not (row.owners and {stands[each] for each in row.owners} <= holding.get(row.dwelling_id or 0, set()))
    }  # fmt: skip


def owners_bound(dwellings: Iterable[int]) -> dict[int, list[DwellingBinding]]:
    """Who is bound to dwellings as their owner and still speaks for them, by dwelling, in two statements."""
    of_owner = {"state": DwellingBinding.State.CONFIRMED, "relation": DwellingBinding.Relation.OWNER}
    rows = list(
        DwellingBinding.objects.filter(dwelling__in=set(dwellings), **of_owner).select_related("account").order_by("pk")
    )
    gone = changed_owners(rows)
    found: dict[int, list[DwellingBinding]] = {}
    for row in rows:
        if row.pk not in gone and row.dwelling_id is not None:
            found.setdefault(row.dwelling_id, []).append(row)
    return found


def other_owners(account: Account, bindings: Iterable[DwellingBinding]) -> dict[int, str]:
    """The numbers of others who are bound as owners to the dwellings of one's own confirmed bindings, by dwelling."""
    own = [row.dwelling_id for row in bindings if row.state == DwellingBinding.State.CONFIRMED and row.dwelling_id]
    found = owners_bound(own) if own else {}
    told = {
        dwelling: "、".join(row.account.phone_masked for row in rows if row.account_id != account.pk)
        for dwelling, rows in found.items()
    }
    return {dwelling: numbers for dwelling, numbers in told.items() if numbers}


def owner_names(dwellings: Iterable[int]) -> dict[int, str]:
    """The present owners of dwellings, masked, as the roll has them."""
    rows = Ownership.objects.filter(dwelling__in=set(dwellings), until=None).order_by("pk")
    found: dict[int, list[str]] = {}
    for dwelling, name in rows.values_list("dwelling", "owner__name_masked"):
        if name not in found.setdefault(dwelling, []):
            found[dwelling].append(name)
    return {dwelling: "、".join(names) for dwelling, names in found.items()}


def standing_bindings(account: Account) -> list[DwellingBinding]:
    """A resident's confirmed bindings that still speak for a home: those of whose owners none has sold it since."""

    def read() -> list[DwellingBinding]:
        rows = list(account.bindings.filter(state=DwellingBinding.State.CONFIRMED))
        gone = changed_owners(rows)
        return [row for row in rows if row.pk not in gone]

    return once(("residents.standing_bindings", account.pk), read)
