"""Writes about rolls of dwellings (房屋清册): each one verb, one transaction, one audit event.

What takes long (checking, writing, taking back) is led by roll_jobs.py, which calls the parts below one after another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings import undoing
from gongdi.apps.dwellings.access import IMPORT
from gongdi.apps.dwellings.models import Dwelling, DwellingImport, DwellingImportChange, Ownership
from gongdi.apps.dwellings.outdating import refuse_outdated
from gongdi.apps.dwellings.steps import ACTION_WORDS, Step
from gongdi.apps.dwellings.tallies import refresh_tallies
from gongdi.apps.dwellings.writing import write_steps
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.queries import county_of
from gongdi.apps.places.services import RefusedError
from gongdi.exchange.problems import Problem
from gongdi.web.turns import wait_turn

State = DwellingImport.State
MOST_SHOWN_PROBLEMS = 5_000


@transaction.atomic
def upload_roll(
    *,
    file_name: str,
    digest: str,
    compound: Compound | None,
    as_of: date,
    by: User | None,
    now: datetime,
    county: Division | None = None,
) -> DwellingImport:
    """Put a roll on its way (上传房屋清册); the file has been kept under its digest. Checking it is the next step.

    The county is the compound's, else the given one, else that of the person's post.
    """
    if compound is not None:
        county = compound.county
    elif county is None and by is not None:
        county = county_of(by, IMPORT)
    if county is None:
        raise RefusedError("您的岗位没有落到某个区县，不能导入房屋清册。请从某个小区的页面上传。")
    place = compound.place if compound is not None else _reach(by, county)
    again = DwellingImport.objects.filter(digest=digest, place=place, state__in=[State.KEEPING, State.KEPT]).first()
    if again is not None:
        day = f"{again.uploaded_at:%Y-%m-%d}"
        raise RefusedError(f"同一份文件已于 {day} 上传（{again.get_state_display()}），不必再传。")
    roll = DwellingImport.objects.create(
        file_name=file_name[:200], digest=digest, county=county, place=place, compound=compound, as_of=as_of,
        uploaded_by=by, uploaded_at=now,
    )  # fmt: skip
    record("dwellings.upload_roll", by=by, on=roll, after={"digest": digest}, place=place, at=now)
    return roll


def _reach(by: User | None, county: Division) -> str:
    if by is None:
        return county.code
    inside = {place for place in by.places_for(IMPORT) if place.startswith(county.code)}
    widest = [place for place in inside if not any(place != each and place.startswith(each) for each in inside)]
    # Of two streets neither may see or undo what was written in the other: the roll is then the county's.
    return widest[0] if len(widest) == 1 else county.code


@transaction.atomic
def finish_check(
    *,
    roll: DwellingImport,
    problems: Sequence[Problem],
    counts: Counter[str],
    now: datetime,
    foretold: Sequence[tuple[str, str, str]] = (),
) -> DwellingImport:
    """Keep what checking a roll found (房屋清册检查完成): the counts, the problems with the errors first, and what
    would change of dwellings that stand already."""
    roll.state = State.FAULTY if counts["errors"] or not counts["dwellings"] else State.WAITING
    roll.counts = dict(counts)
    roll.done = roll.total = counts["rows"]
    ordered = sorted(problems, key=lambda problem: not problem.is_error)
    roll.problems = [asdict(problem) for problem in ordered[:MOST_SHOWN_PROBLEMS]]
    roll.foretold = list(foretold) if roll.state == State.WAITING else []
    roll.save(update_fields=["state", "counts", "problems", "foretold", "done", "total"])
    record("dwellings.finish_check", by=roll.uploaded_by, on=roll, after=roll.counts, place=roll.place, at=now)
    return roll


@transaction.atomic
def keep_roll(*, roll: DwellingImport, by: User | None, now: datetime) -> DwellingImport:
    """Say that a checked roll is to be kept (确认房屋清册入库); writing it is the next step."""
    current = DwellingImport.objects.select_for_update(of=("self",)).get(pk=roll.pk)
    if current.state != State.WAITING:
        raise RefusedError(f"这份清册{current.get_state_display()}，不能入库。请刷新页面查看最新状态。")
    current.state, current.kept_by, current.kept_at, current.done = State.KEEPING, by, now, 0
    current.save(update_fields=["state", "kept_by", "kept_at", "done"])
    record("dwellings.keep_roll", by=by, on=current, after=current.counts, place=current.place, at=now)
    return current


@transaction.atomic
def write_part(*, roll: DwellingImport, steps: Sequence[Step], through: int, now: datetime) -> None:
    """Write some thousand dwellings of a roll (写入一批房屋); `through` is how many are written after it.

    Raises:
        OutdatedError: what the steps were worked out from has changed since; nothing is written.
    """
    current = DwellingImport.objects.select_for_update(of=("self",)).get(pk=roll.pk)
    if current.state != State.KEEPING:
        raise RefusedError(f"这份清册{current.get_state_display()}，不再写入。")
    refuse_outdated(steps, through - len(steps) == current.kept_through)
    write_steps(steps, roll)
    current.kept_through = through
    current.done = steps[-1].entry.row if steps else current.done
    current.save(update_fields=["kept_through", "done"])
    after = {"through": through, **Counter(ACTION_WORDS[step.action] for step in steps)}
    record("dwellings.write_part", by=roll.kept_by, on=roll, after=after, place=roll.place, at=now)


@transaction.atomic
def finish_writing(*, roll: DwellingImport, now: datetime) -> DwellingImport:
    """Say that a roll is kept whole (房屋清册入库完成)."""
    current = DwellingImport.objects.select_for_update(of=("self",)).get(pk=roll.pk)
    if current.state != State.KEEPING:
        raise RefusedError(f"这份清册{current.get_state_display()}，不再写入。")
    refresh_tallies(_compounds_of(roll), now)
    roll.state = State.KEPT
    roll.save(update_fields=["state"])
    record("dwellings.finish_writing", by=roll.kept_by, on=roll, after=roll.counts, place=roll.place, at=now)
    return roll


def _compounds_of(roll: DwellingImport) -> list[int]:
    """The compounds that a roll brought something to."""
    # Without the models' own order, which would join its way into every row and keep them apart.
    brought = Dwelling.objects.filter(brought_by=roll).order_by().values_list("compound", flat=True).distinct()
    held = Ownership.objects.filter(brought_by=roll).order_by().values_list("dwelling__compound", flat=True).distinct()
    changed = DwellingImportChange.objects.filter(brought_by=roll, kind="dwelling").values("row_id")
    corrected = Dwelling.objects.filter(pk__in=changed).order_by().values_list("compound", flat=True).distinct()
    return sorted({*brought, *held, *corrected})


@transaction.atomic
def note_stop(*, roll: DwellingImport, why: str, now: datetime) -> DwellingImport:
    """Keep why the work on a roll stopped (房屋清册办理中断).

    A check that failed makes it faulty; a writing or an undoing stays where it is, to be taken up again or undone.
    """
    current = DwellingImport.objects.select_for_update(of=("self",)).get(pk=roll.pk)
    if current.state == State.READING:
        current.state = State.FAULTY
    current.stopped_why = why[:500]
    current.save(update_fields=["state", "stopped_why"])
    record("dwellings.note_stop", by=current.kept_by, on=current, after={"why": why}, place=current.place, at=now)
    return current


@transaction.atomic
def discard_roll(*, roll: DwellingImport, by: User, now: datetime) -> None:
    """Put a roll aside that was not kept (放弃房屋清册)."""
    current = DwellingImport.objects.select_for_update(of=("self",)).get(pk=roll.pk)
    if current.state not in (State.WAITING, State.FAULTY):
        raise RefusedError(f"这份清册{current.get_state_display()}，不能放弃。请刷新页面查看最新状态。")
    current.state = State.DISCARDED
    current.save(update_fields=["state"])
    record("dwellings.discard_roll", by=by, on=current, place=current.place, at=now)


@transaction.atomic
def undo_roll(*, roll: DwellingImport, why: str, by: User | None, now: datetime) -> DwellingImport:
    """Say that a kept roll is to be undone as one step (撤销房屋清册); taking it back is the next step."""
    current = DwellingImport.objects.select_for_update(of=("self",)).get(pk=roll.pk)
    if current.state not in (State.KEPT, State.KEEPING):
        raise RefusedError(f"这份清册{current.get_state_display()}，没有可撤销的内容。")
    touched = _compounds_of(current)
    for compound in touched:
        wait_turn(f"dwellings.owners:{compound}")
    hindrance = undoing.hindrance(current)
    if hindrance:
        raise RefusedError(hindrance)
    current.state, current.compounds = State.UNDOING, touched
    current.save(update_fields=["state", "compounds"])
    record("dwellings.undo_roll", by=by, on=current, why=why, place=current.place, at=now)
    return current


@transaction.atomic
def call_off_undo(*, roll: DwellingImport, now: datetime) -> bool:
    """Call an undoing off (中止撤销房屋清册) when something came to rest on the roll after it was asked for and before
    anything was taken back; whether it was."""
    current = DwellingImport.objects.select_for_update(of=("self",)).get(pk=roll.pk)
    if current.state != State.UNDOING or undoing.has_begun(current):
        return False
    why = undoing.hindrance(current)
    if why:
        current.state, current.stopped_why = State.KEPT, why[:500]
        current.save(update_fields=["state", "stopped_why"])
        record("dwellings.call_off_undo", by=current.kept_by, on=current, after={"why": why}, place=current.place,
               at=now)  # fmt: skip
    return bool(why)


@transaction.atomic
def take_back_part(*, roll: DwellingImport, kind: str, now: datetime) -> int:
    """Take back some thousand rows of one kind (撤回一批); how many, 0 when none is left."""
    taken = dict(undoing.STEPS)[kind](roll)
    if taken:
        DwellingImport.objects.filter(pk=roll.pk).update(done=roll.done + taken)
        roll.done += taken
        record("dwellings.take_back_part", by=roll.kept_by, on=roll, after={kind: taken}, place=roll.place, at=now)
    return taken


@transaction.atomic
def finish_taking_back(*, roll: DwellingImport, now: datetime) -> DwellingImport:
    """Say that nothing of a roll is left (撤回房屋清册完成)."""
    refresh_tallies(roll.compounds, now)
    roll.state = State.UNDONE
    roll.save(update_fields=["state"])
    record("dwellings.finish_taking_back", by=roll.kept_by, on=roll, place=roll.place, at=now)
    return roll
