"""Writing the steps of a roll, a few thousand dwellings in one transaction. Rows go in bulk (web/bulk.py)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gongdi.apps.dwellings.figures import keep_formers
from gongdi.apps.dwellings.models import (
    NAME,
    NUMBER,
    PHONE,
    Building,
    Dwelling,
    DwellingImport,
    DwellingImportChange,
    Owner,
    Ownership,
)
from gongdi.apps.dwellings.steps import OwnerChange, Step
from gongdi.web.bulk import insert_rows, take_numbers
from gongdi.web.sealing import masked_name, masked_number, seal

_BUILDING = ("id", "compound", "name", "structure", "source", "brought_by")
_DWELLING = (
    "id", "compound", "building", "stairwell", "room", "floor", "area", "area_basis", "use", "unit_number",
    "ended_why", "brought_by",
)  # fmt: skip
_OWNER = (
    "id", "compound", "kind", "name_sealed", "name_masked", "name_digest", "number_sealed", "number_masked",
    "number_digest", "phone_sealed", "phone_masked", "phone_digest", "brought_by",
)  # fmt: skip
_SPELL = (
    "id", "dwelling", "owner", "part", "whole", "joint", "since", "until", "certificate", "basis", "source",
    "brought_by",
)  # fmt: skip


def write_steps(steps: Sequence[Step], roll: DwellingImport) -> None:
    """Write what the steps ask for, and what must be known to undo it. Call it inside a transaction."""
    source = f"房屋清册“{roll.file_name}”"[:300]
    _write_buildings(steps, roll, source)
    _write_owners(steps, roll)
    dwellings = _write_dwellings(steps, roll)
    _write_spells(steps, dwellings, roll, source)
    _write_changes(steps, roll)


def _write_buildings(steps: Sequence[Step], roll: DwellingImport, source: str) -> None:
    new = [step for step in steps if step.new_building]
    numbers = take_numbers(Building, len(new))
    rows = []
    for number, step in zip(numbers, new, strict=True):
        step.book.real[step.building] = number
        step.book.buildings[step.entry.building] = number
        rows.append((number, step.book.compound, step.entry.building, "", source, roll.pk))
    insert_rows(Building, _BUILDING, rows)


def _write_owners(steps: Sequence[Step], roll: DwellingImport) -> None:
    new = [(step, owner) for step in steps for owner in step.new_owners]
    numbers = take_numbers(Owner, len(new))
    rows = []
    for number, (step, owner) in zip(numbers, new, strict=True):
        step.book.real[owner.key] = number
        entry, who = owner.entry, owner.identity
        rows.append((
            number, step.book.compound, entry.kind, seal(entry.name, NAME), masked_name(entry.name), who.name,
            seal(entry.number, NUMBER), masked_number(entry.number), who.number,
            seal(entry.phone, PHONE), masked_number(entry.phone), who.phone, roll.pk,
        ))  # fmt: skip
    insert_rows(Owner, _OWNER, rows)


def _write_dwellings(steps: Sequence[Step], roll: DwellingImport) -> dict[int, int]:
    """New dwellings; the number of each by its step's position."""
    new = [(index, step) for index, step in enumerate(steps) if step.dwelling is None]
    numbers = take_numbers(Dwelling, len(new))
    found: dict[int, int] = {}
    rows = []
    for number, (index, step) in zip(numbers, new, strict=True):
        found[index] = number
        entry = step.entry
        rows.append((
            number, step.book.compound, step.book.resolved(step.building), entry.stairwell, entry.room, entry.floor,
            entry.area, entry.area_basis or "registered", entry.use or "residence", entry.unit_number, "", roll.pk,
        ))  # fmt: skip
    insert_rows(Dwelling, _DWELLING, rows)
    return found


def _write_spells(steps: Sequence[Step], dwellings: dict[int, int], roll: DwellingImport, source: str) -> None:
    new = [(index, step, spell) for index, step in enumerate(steps) for spell in step.begin]
    numbers = take_numbers(Ownership, len(new))
    rows = []
    for number, (index, step, spell) in zip(numbers, new, strict=True):
        dwelling = step.dwelling.pk if step.dwelling is not None else dwellings[index]
        rows.append((
            number, dwelling, step.book.resolved(spell.owner), spell.share.numerator, spell.share.denominator,
            spell.joint, spell.since, None, spell.certificate, "", source, roll.pk,
        ))  # fmt: skip
    insert_rows(Ownership, _SPELL, rows)


def _write_changes(steps: Sequence[Step], roll: DwellingImport) -> None:
    changes: list[DwellingImportChange] = []
    told: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}

    def noted(kind: str, pk: int, before: dict[str, Any], after: dict[str, Any]) -> None:
        changes.append(DwellingImportChange(brought_by=roll, kind=kind, row_id=pk, before=before, after=after))

    for step in steps:
        for held in step.end:
            noted("ownership", held.pk, {"until": None}, {})
            Ownership.objects.filter(pk=held.pk).update(until=step.end_on)
        if step.columns and step.dwelling is not None:
            told[step.dwelling.pk] = (step.dwelling.columns, step.columns)
            noted(
                "dwelling", step.dwelling.pk, {name: step.dwelling.columns[name] for name in step.columns}, step.columns
            )
            Dwelling.objects.filter(pk=step.dwelling.pk).update(**step.columns)
        for change in step.owner_changes:
            _write_owner_change(step, change, roll, noted)
    DwellingImportChange.objects.bulk_create(changes, batch_size=1000)
    keep_formers(told, roll)


def _write_owner_change(step: Step, change: OwnerChange, roll: DwellingImport, noted: Any) -> None:
    owner = Owner.objects.get(pk=step.book.resolved(change.owner))
    new: dict[str, Any] = {}
    if change.number and not owner.number_digest:
        number = change.entry.number
        new |= {
            "number_sealed": seal(number, NUMBER),
            "number_masked": masked_number(number),
            "number_digest": change.identity.number,
        }
    if change.phone:
        phone = change.entry.phone
        new |= {
            "phone_sealed": seal(phone, PHONE),
            "phone_masked": masked_number(phone),
            "phone_digest": change.identity.phone,
        }
    if owner.brought_by_id != roll.pk:
        before = {name: getattr(owner, name) for name in new}
        digests = {name: value for name, value in new.items() if name.endswith("_digest")}
        noted("owner", owner.pk, {name: _kept(value) for name, value in before.items()}, digests)
    Owner.objects.filter(pk=owner.pk).update(**new)


def _kept(value: Any) -> Any:
    """Sealed bytes as text that JSON can hold."""
    return {"hex": bytes(value).hex()} if isinstance(value, bytes | memoryview) else value


def restored(before: dict[str, Any]) -> dict[str, Any]:
    """The values of a change, as they were."""
    return {name: bytes.fromhex(value["hex"]) if isinstance(value, dict) else value for name, value in before.items()}
