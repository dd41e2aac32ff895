"""Writes about rosters: uploaded, kept, discarded. Nothing of a roster with an error is kept."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places import queries, remapping, roster_undo
from gongdi.apps.places.access import IMPORT
from gongdi.apps.places.fact_names import shown
from gongdi.apps.places.models import Compound, Division, RosterChange, RosterImport
from gongdi.apps.places.roster_facts import keep_facts
from gongdi.apps.places.roster_plan import ImportPlan, RowPlan, plan_import
from gongdi.apps.places.services import RefusedError
from gongdi.apps.places.standing import code_today
from gongdi.exchange.problems import Problem
from gongdi.exchange.roster import RosterReading
from gongdi.web.pinyin import sound

MOST_NAMED = 5


class RosterRefusedError(RefusedError):
    """A roster that cannot be kept, with every problem that stands against it."""

    def __init__(self, problems: list[Problem]) -> None:
        first = problems[0]
        place = f"{first.sheet}{first.cell}".strip()
        more = f"另有 {len(problems) - 1} 处。" if len(problems) > 1 else ""
        super().__init__(f"名单没有入库：{place}{'：' if place else ''}{first.why}{first.remedy}{more}")
        self.problems = problems


def reach_of(by: User) -> tuple[Division, str]:
    """The county into which a person imports, and how far their post reaches within it."""
    county = queries.county_of(by, IMPORT)
    if county is None:
        raise RefusedError("您的岗位没有落到某个区县，不能导入名单。请联系系统管理员核对岗位的管辖范围。")
    inside = sorted(place for place in by.places_for(IMPORT) if place.startswith(county.code))
    return county, inside[0]


@transaction.atomic
def upload_roster(*, file_name: str, content: bytes, digest: str, by: User, now: datetime) -> RosterImport:
    """Keep an uploaded file for a look before anything is kept of it (上传名单)."""
    _, reach = reach_of(by)
    waiting = RosterImport.objects.filter(digest=digest, place=reach, state=RosterImport.State.WAITING).first()
    roster = waiting or RosterImport.objects.create(
        file_name=file_name[:200], digest=digest, content=content, place=reach, uploaded_by=by, uploaded_at=now
    )
    record("places.upload_roster", by=by, on=roster, after={"digest": digest}, place=reach, at=now)
    return roster


@transaction.atomic
def import_roster(
    *,
    reading: RosterReading,
    file_name: str,
    digest: str,
    by: User | None,
    now: datetime,
    upload: RosterImport | None = None,
    county: Division | None = None,
) -> RosterImport:
    """Keep a roster of one county (名单入库), all of it or nothing; the same file a second time changes nothing.

    The county is that of the person's post; when the system imports (`by` is None) it must be given. Raises
    `RosterRefusedError` with all problems when any of them is an error.
    """
    if by is not None:
        county, reach = reach_of(by)
    else:
        assert county is not None
        reach = county.code
    # Two imports into one county wait for each other, or both would add the same compound.
    Division.objects.select_for_update().get(pk=county.pk)
    if upload is not None:
        upload = RosterImport.objects.select_for_update().get(pk=upload.pk)
        if upload.state != RosterImport.State.WAITING:
            raise RefusedError(f"这份名单{upload.get_state_display()}，不能再入库。如需重新导入，请重新上传原文件。")
    kept = RosterImport.objects.filter(digest=digest, place=reach, state=RosterImport.State.KEPT).first()
    if kept is not None:
        record("places.import_roster", by=by, on=kept, after={"created": 0, "changed": 0}, place=reach, at=now,
               why="同一文件此前已入库，本次没有改动")  # fmt: skip
        return kept
    plan = plan_import(reading, county, reach)
    if plan.errors or not reading.readable:
        raise RosterRefusedError(plan.errors or list(reading.problems))
    roster = upload or RosterImport(
        file_name=file_name[:200], digest=digest, place=reach, uploaded_by=by, uploaded_at=now
    )
    roster.state, roster.kept_by, roster.kept_at = RosterImport.State.KEPT, by, now
    roster.counts = plan.counts
    roster.save()
    before, after = _keep(plan, roster, by, now)
    record(
        "places.import_roster",
        by=by,
        on=roster,
        before={"compounds": before} if before else None,
        after={**plan.counts, "file_name": roster.file_name, "digest": digest, "compounds": after},
        place=reach,
        at=now,
    )
    return roster


def _keep(
    plan: ImportPlan, roster: RosterImport, by: User | None, now: datetime
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Write what the plan says; old and new figures of the changed compounds by id."""
    created = [row for row in plan.rows if row.action == "created"]
    changed = [row for row in plan.rows if row.action == "changed"]
    made = Compound.objects.bulk_create([_new(row, plan.county, roster, now) for row in created], batch_size=500)
    for row, compound in zip(created, made, strict=True):
        row.compound = compound
    before: dict[str, Any] = {}
    after: dict[str, Any] = {}
    moved: list[int] = []
    traces = [roster_undo.created(roster, compound) for compound in made]
    for row in changed:
        assert row.compound is not None
        former = roster_undo.figures_of(row.compound)
        stood = row.compound.place
        before[str(row.compound.pk)] = {
            **{each.title: each.old_text for each in row.changes},
            **{each.title: shown(each.name, each.old.value if each.old else None) for each in row.facts},
        }
        after[str(row.compound.pk)] = {
            **{each.title: each.new_text for each in row.changes},
            **{each.title: shown(each.name, each.value) for each in row.facts},
        }
        _apply(row, row.compound)
        row.compound.changed_at = now
        if row.compound.place != stood:
            moved.append(row.compound.pk)
        traces.append(roster_undo.changed(roster, row.compound, former))
    columns = [*roster_undo.COLUMNS, "changed_at"]
    Compound.objects.bulk_update([row.compound for row in changed if row.compound], columns, batch_size=200)
    remapping.follow(moved)
    RosterChange.objects.bulk_create(traces, batch_size=500)
    told = [(row.compound, row.row, row.facts) for row in (*created, *changed) if row.compound is not None]
    keep_facts(told, roster, by, now)
    return before, after


def _new(row: RowPlan, county: Division, roster: RosterImport, now: datetime) -> Compound:
    pinyin, initials = sound(row.row.name)
    compound = Compound(
        name=row.row.name[:100], pinyin=pinyin, initials=initials, county=county, street=row.street,
        community=row.community, source=f"名单“{roster.file_name}”{row.row.sheet}第{row.row.row}行"[:300],
        listed_at=now, changed_at=now,
    )  # fmt: skip
    _apply(row, compound)
    return compound


def _apply(row: RowPlan, compound: Compound) -> None:
    for change in row.changes:
        setattr(compound, change.column, change.new[:200] if isinstance(change.new, str) else change.new)
        if change.column == "cost_total":
            compound.cost_basis = "名单所列计划投资"
    compound.place = code_today(compound.county, compound.street, compound.community)


@transaction.atomic
def discard_roster(*, roster: RosterImport, by: User, now: datetime) -> None:
    """Put an uploaded roster aside (放弃名单); the file stays as evidence."""
    current = RosterImport.objects.select_for_update().defer("content").get(pk=roster.pk)
    if current.state != RosterImport.State.WAITING:
        raise RefusedError(f"这份名单{current.get_state_display()}，不能再放弃。请刷新页面查看最新状态。")
    current.state = RosterImport.State.DISCARDED
    current.save(update_fields=["state"])
    record("places.discard_roster", by=by, on=current, place=current.place, at=now)


@transaction.atomic
def undo_roster(*, roster: RosterImport, why: str, by: User, now: datetime) -> RosterImport:
    """Undo a kept roster as one step (撤销名单): what it listed goes, what it changed is as it was before.

    Raises `RefusedError` naming the compounds, when something rests on what it brought.
    """
    current = RosterImport.objects.select_for_update(of=("self",)).defer("content").get(pk=roster.pk)
    if current.state != RosterImport.State.KEPT:
        raise RefusedError(f"这份名单{current.get_state_display()}，没有可撤销的内容。")
    # As with an import: two writes about one county's compounds wait for each other.
    Division.objects.select_for_update().filter(code=current.place[:6]).first()
    hindrances = roster_undo.hindrances(current)
    if hindrances:
        more = f"另有 {len(hindrances) - MOST_NAMED} 项。" if len(hindrances) > MOST_NAMED else ""
        raise RefusedError(f"名单没有撤销，什么都没有改动。{''.join(hindrances[:MOST_NAMED])}{more}")
    before = current.counts
    after = roster_undo.take_back(current)
    current.state = RosterImport.State.UNDONE
    current.save(update_fields=["state"])
    record("places.undo_roster", by=by, on=current, before=before, after=after, why=why, place=current.place, at=now)
    return current
