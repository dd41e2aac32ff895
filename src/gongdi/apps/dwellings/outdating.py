"""Whether the steps of a roll still fit what stands (是否过时): they are worked out before the transaction that writes
them, and people record transfers, corrections and mergers meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

from gongdi.apps.dwellings.books import DWELLING_COLUMNS
from gongdi.apps.dwellings.models import Dwelling, Owner, Ownership
from gongdi.apps.dwellings.steps import Step
from gongdi.apps.places.services import RefusedError
from gongdi.web.turns import wait_turn


class OutdatedError(RefusedError):
    """What the steps of a roll were worked out from has changed; they are to be worked out anew."""


def refuse_outdated(steps: Sequence[Step], follows: bool) -> None:
    """Hold what the steps rest on, and refuse them when it has changed. Call it inside the transaction that writes
    them; `follows` says whether they begin where the last part ended.

    Raises:
        OutdatedError: a dwelling, its holders or an owner is not what the steps took it for.
    """
    # Owners' turns first, then dwellings: the order of record_transfer.
    for compound in sorted({step.book.compound for step in steps}):
        wait_turn(f"dwellings.owners:{compound}")
    known = {step.dwelling.pk: step for step in steps if step.dwelling is not None and step.action != "unchanged"}
    rows = Dwelling.objects.filter(pk__in=known)
    # Locked without the models' order, which would lock the buildings too.
    locked = rows.order_by("pk").select_for_update(of=("self",)).values("pk", "ended_on", *DWELLING_COLUMNS)
    stands = {row.pop("pk"): row for row in locked}
    spells: dict[int, set[tuple[int, int]]] = {pk: set() for pk in known}
    held = Ownership.objects.filter(dwelling__in=known, until=None).order_by()
    for pk, dwelling, owner in held.values_list("pk", "dwelling", "owner"):
        spells[dwelling].add((pk, owner))
    if not follows or _merged(steps) or any(_differs(known[pk], stands.get(pk), spells[pk]) for pk in known):
        raise OutdatedError("写入时房屋或业主又有变更。请撤销这份清册，核对后重新上传。")


def _differs(step: Step, stands: dict[str, object] | None, spells: set[tuple[int, int]]) -> bool:
    assert step.dwelling is not None
    told = {"ended_on": None, **step.dwelling.columns}
    return stands != told or spells != {(each.pk, each.owner) for each in step.dwelling.held}


def _merged(steps: Sequence[Step]) -> bool:
    """Whether an owner that the steps write to was merged into another since."""
    owners = {step.book.resolved(spell.owner) for step in steps for spell in step.begin}
    owners |= {step.book.resolved(change.owner) for step in steps for change in step.owner_changes}
    known = sorted(pk for pk in owners if pk > 0)
    return any(
        Owner.objects.filter(pk__in=known[start : start + _AT_ONCE]).exclude(merged_into=None).exists()
        for start in range(0, len(known), _AT_ONCE)
    )


_AT_ONCE = 10_000
