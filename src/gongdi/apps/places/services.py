"""Writes about compounds: each one verb, one transaction, one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places.fact_names import BY_NAME, fault_of
from gongdi.apps.places.models import Compound, CompoundFact, Division, SavedView
from gongdi.apps.places.stages import Stage, find_move
from gongdi.apps.places.standing import code_today
from gongdi.web.bulk import tell_planner
from gongdi.web.columns import columns
from gongdi.web.pinyin import sound
from gongdi.web.refusing import RefusedError as RefusedError


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact to be kept: where it comes from, of which day, how sure."""

    name: str
    value: Any
    source: str
    recorded_on: date
    sureness: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class NewCompound:
    """A compound to be listed, with its facts. `columns` are model fields other than names of divisions."""

    name: str
    county: Division
    street: Division | None = None
    community: Division | None = None
    columns: dict[str, Any] = field(default_factory=dict)
    facts: tuple[NewFact, ...] = ()


@transaction.atomic
def add_divisions(*, divisions: Sequence[Division], by: User | None, now: datetime) -> int:
    """List divisions, parents before their parts (登记区划)."""
    for division in divisions:
        if division.parent is not None:
            division.parent_id = division.parent.pk
        division.save()
    if divisions:
        after = {"count": len(divisions), "codes": [division.code for division in divisions][:50]}
        record("places.add_divisions", by=by, on=divisions[0], after=after, at=now)
    return len(divisions)


@transaction.atomic
def add_compounds(*, compounds: Sequence[NewCompound], by: User | None, now: datetime, why: str) -> list[Compound]:
    """List many compounds with their facts at once (批量登记小区), in a few statements however many there are."""
    rows = Compound.objects.bulk_create([_row_of(new, now) for new in compounds], batch_size=500)
    for row, new in zip(rows, compounds, strict=True):
        _refuse_faults(new.facts, row.name)
    facts = [
        _fact_row(row, fact, by, now, None) for row, new in zip(rows, compounds, strict=True) for fact in new.facts
    ]
    CompoundFact.objects.bulk_create(facts, batch_size=1000)
    tell_planner(Compound, len(rows))
    tell_planner(CompoundFact, len(facts))
    if rows:
        after = {"compounds": len(rows), "facts": len(facts), "first": rows[0].name}
        record("places.add_compounds", by=by, on=rows[0], after=after, why=why, place=rows[0].place[:6], at=now)
    return rows


def _row_of(new: NewCompound, now: datetime) -> Compound:
    pinyin, initials = sound(new.name)
    row = Compound(
        name=new.name, pinyin=pinyin, initials=initials, county=new.county, street=new.street,
        community=new.community, place=code_today(new.county, new.street, new.community), listed_at=now,
        changed_at=now, **new.columns,
    )  # fmt: skip
    set_total_cost(row)
    return row


def set_total_cost(row: Compound) -> None:
    """Keep the total estimate equal to the sum of its classes, where any class is known."""
    known = [cost for cost in (row.cost_basic, row.cost_improvement, row.cost_upgrade) if cost is not None]
    if known:
        row.cost_total = sum(known)


def _refuse_faults(facts: Sequence[NewFact], where: str) -> None:
    for fact in facts:
        fault = fault_of(fact.name, fact.value)
        if fault:
            raise RefusedError(f"{where}：{fault}")


def _fact_row(
    compound: Compound, new: NewFact, by: User | None, now: datetime, supersedes: CompoundFact | None
) -> CompoundFact:
    return CompoundFact(
        compound=compound, name=new.name, value=new.value, source=new.source[:300], recorded_on=new.recorded_on,
        recorded_at=now, recorded_by=by, sureness=new.sureness, note=new.note[:500], supersedes=supersedes,
    )  # fmt: skip


@transaction.atomic
def record_fact(*, compound: Compound, fact: NewFact, by: User, now: datetime) -> CompoundFact:
    """Keep a fact of a compound (记录情况); what was known before stays in the history."""
    _refuse_faults([fact], compound.name)
    earlier = (
        CompoundFact.objects.select_for_update(of=("self",))
        .filter(compound=compound, name=fact.name, superseded_by=None)
        .first()
    )
    row = _fact_row(compound, fact, by, now, earlier)
    row.save(force_insert=True)
    Compound.objects.filter(pk=compound.pk).update(changed_at=now)
    record(
        "places.record_fact",
        by=by,
        on=compound,
        before={"fact": fact.name, "value": earlier.value} if earlier else None,
        after={"fact": fact.name, "title": BY_NAME[fact.name].title, "value": fact.value, "source": fact.source},
        why=fact.note,
        place=compound.place,
        at=now,
    )
    return row


@transaction.atomic
def move_compound(*, compound: Compound, target: str, why: str, by: User, now: datetime) -> Compound:
    """Move a compound to another stage of the pool (调整阶段) along one of the allowed moves."""
    row = Compound.objects.select_for_update().get(pk=compound.pk)
    move = find_move(row.stage, target)
    if move is None:
        wanted = Stage(target).label if target in Stage.values else target
        raise RefusedError(
            f"“{row.name}”现为“{Stage(row.stage).label}”，不能直接转为“{wanted}”。请刷新页面后按所列去向办理。"
        )
    if move.reason_needed and not why.strip():
        raise RefusedError(f"“{move.word}”须写明理由，以便街道和社区知道要补什么。请填写理由后再提交。")
    doubt = _doubt_of_works(row.pk) if move.target is Stage.UNDERWAY else ""
    if doubt and not why.strip():
        raise RefusedError(
            f"“{row.name}”的纳入范围判定为“{doubt}”，转入实施须写明理由。请补充事实，或填写理由后再提交。"
        )
    row.stage, row.changed_at = move.target, now
    row.save(update_fields=["stage", "changed_at"])
    before, after = {"stage": move.source.label}, {"stage": move.target.label}
    record("places.move_compound", by=by, on=row, before=before, after=after, why=why, place=row.place, at=now)
    return row


def _doubt_of_works(pk: int) -> str:
    """The outcome that makes works on a compound doubtful; empty when it is in, may be, or nobody decides it."""
    cell = columns.cells("register", "outcome", [pk]).get(pk)
    return cell.text if cell is not None and cell.meaning not in {"", "in", "optional"} else ""


@transaction.atomic
def save_view(*, name: str, query: str, by: User, now: datetime) -> SavedView:
    """Save a view of the register under a name (保存视图); the same name replaces."""
    view, _ = SavedView.objects.update_or_create(
        owner=by, name=name[:40], defaults={"query": query[:1000], "saved_at": now}
    )
    record("places.save_view", by=by, on=view, after={"query": view.query}, at=now)
    return view


@transaction.atomic
def delete_view(*, view: SavedView, by: User, now: datetime) -> None:
    """Delete one's own saved view (删除视图)."""
    record("places.delete_view", by=by, on=view, before={"query": view.query}, at=now)
    view.delete()
