"""The long work on a roll: checking it, writing it, taking it back, each in parts that can be left and taken up again.

A roll is written a few thousand dwellings in one transaction, so that nobody waits for the database meanwhile; what
stands between is finished at the next try, or undone whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from itertools import islice

from django.db import IntegrityError

from gongdi.apps.dwellings import roll_services, undoing
from gongdi.apps.dwellings.access import importable_compounds
from gongdi.apps.dwellings.books import Books, ScatteredError
from gongdi.apps.dwellings.foretelling import MOST, change_line
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.apps.dwellings.outdating import OutdatedError
from gongdi.apps.dwellings.steps import Step, Stepper
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.exchange.dwelling_roll import DwellingEntry, RollReader
from gongdi.exchange.problems import CannotReadError, Problem
from gongdi.web.bulk import make_room
from gongdi.web.sealing import masked_name
from gongdi.web.uploads import forget_file, path_of

AT_ONCE = 4_000
"""Dwellings written in one transaction."""
Progress = Callable[[int, int], None]


def check_roll(*, roll: DwellingImport, now: datetime, today: date, progress: Progress | None = None) -> DwellingImport:
    """Read a roll to its end and work out what keeping it would change; nothing is kept of it."""
    counts: Counter[str] = Counter()
    foretold: list[tuple[str, str, str]] = []
    reader = _reader(roll, today, progress or _tell(roll))
    try:
        compounds = known_compounds(roll)
        stepper = Stepper(Books(compounds), roll.as_of)
        for entry in reader.dwellings():
            if entry.compound not in compounds:
                _report_unknown(entry, roll, reader)
                continue
            try:
                step = stepper.step(entry)
            except ScatteredError:
                _report_scattered(entry, reader)
            else:
                _count(step, counts, reader)
                line = change_line(step) if len(foretold) < MOST else None
                foretold += [line] if line else []
        problems = list(reader.problems.finished())
    except CannotReadError as fault:
        problems = [fault.problem]
    counts["dwellings"], counts["rows"] = reader.count, reader.rows
    counts["errors"] = sum(problem.is_error for problem in problems) + reader.problems.dropped_errors
    done = roll_services.finish_check(roll=roll, problems=problems, counts=counts, foretold=foretold, now=now)
    if done.state == DwellingImport.State.FAULTY:
        forget_roll_file(done)
    return done


def write_roll(*, roll: DwellingImport, now: datetime, today: date, progress: Progress | None = None) -> DwellingImport:
    """Write a roll that is to be kept, going on where an earlier try stopped."""
    make_room()
    reader = _reader(roll, today, progress)
    stepper = _stepper(roll)
    through = roll.kept_through
    entries = islice(reader.dwellings(), through, None)
    while chunk := list(islice(entries, AT_ONCE)):
        through += len(chunk)
        try:
            _write(roll, stepper, chunk, through, now)
        except (OutdatedError, IntegrityError):
            # Somebody changed a dwelling or an owner since it was read: once more from what stands now.
            stepper = _stepper(roll)
            _write(roll, stepper, chunk, through, now)
    done = roll_services.finish_writing(roll=roll, now=now)
    forget_roll_file(done)
    return done


def _stepper(roll: DwellingImport) -> Stepper:
    return Stepper(Books(known_compounds(roll)), roll.as_of)


def _write(roll: DwellingImport, stepper: Stepper, chunk: list[DwellingEntry], through: int, now: datetime) -> None:
    steps = [_sound(stepper, entry) for entry in chunk]
    roll_services.write_part(roll=roll, steps=steps, through=through, now=now)


def _sound(stepper: Stepper, entry: DwellingEntry) -> Step:
    """The step of a dwelling; what has changed since the check stops the writing and is told."""
    where = f"{entry.compound}{entry.building}{entry.stairwell}{entry.room}"
    if entry.compound not in stepper.books.compounds:
        raise RefusedError(f"检查之后，“{entry.compound}”已不在可导入的小区里。请撤销这份清册后重新上传。")
    step = stepper.step(entry)
    if step.conflict:
        raise RefusedError(f"检查之后情况有变，{where}：{step.conflict}请撤销这份清册，核对后重新上传。")
    return step


def take_back_roll(*, roll: DwellingImport, now: datetime) -> DwellingImport:
    """Take back everything that a roll brought; nothing of it when something rests on it by now."""
    if roll_services.call_off_undo(roll=roll, now=now):
        return DwellingImport.objects.get(pk=roll.pk)
    for kind, _ in undoing.STEPS:
        while roll_services.take_back_part(roll=roll, kind=kind, now=now):
            pass
    done = roll_services.finish_taking_back(roll=roll, now=now)
    forget_roll_file(done)
    return done


def forget_roll_file(roll: DwellingImport) -> None:
    """Take a roll's file off the disk once it is needed no more: it holds names and numbers in clear, the digest stays.
    A file that another roll still waits for stays."""
    states = (DwellingImport.State.READING, DwellingImport.State.WAITING, DwellingImport.State.KEEPING)
    if not DwellingImport.objects.filter(digest=roll.digest, state__in=states).exists():
        forget_file(roll.digest)


def known_compounds(roll: DwellingImport) -> dict[str, Compound]:
    """The compounds that the roll may name; a name that two compounds share is none."""
    if roll.compound is not None:
        return {roll.compound.name: roll.compound}
    found: dict[str, list[Compound]] = {}
    for row in importable_compounds(roll.uploaded_by, roll.county.code).only("name", "place"):
        found.setdefault(row.name, []).append(row)
    return {name: rows[0] for name, rows in found.items() if len(rows) == 1}


def _reader(roll: DwellingImport, today: date, progress: Progress | None) -> RollReader:
    compound = roll.compound.name if roll.compound is not None else ""
    return RollReader(path_of(roll.digest), roll.file_name, today, compound, progress)


def _tell(roll: DwellingImport) -> Progress:
    def tell(done: int, total: int) -> None:
        DwellingImport.objects.filter(pk=roll.pk).update(done=done, total=total)

    return tell


def _report_unknown(entry: DwellingEntry, roll: DwellingImport, reader: RollReader) -> None:
    if entry.compound in reader.unknown:
        return
    reader.unknown.add(entry.compound)
    if roll.compound is not None:
        why = f"这份清册从“{roll.compound}”的页面上传，却有“{entry.compound}”的房屋。"
        remedy = "请删去其他小区的行，或从“房屋清册导入”上传。"
    else:
        why = f"“{entry.compound}”不在您辖区的小区清册里，或有同名小区。"
        remedy = "请先核对小区名称，或先导入小区名单；同名的请从各小区的页面分别上传。"
    reader.problems.add(Problem(entry.sheet, f"第{entry.row}行", entry.compound, why, remedy))


def _report_scattered(entry: DwellingEntry, reader: RollReader) -> None:
    if entry.compound not in reader.unknown:
        reader.unknown.add(entry.compound)
        why = f"“{entry.compound}”的行分散在文件各处。"
        reader.problems.add(
            Problem(entry.sheet, f"第{entry.row}行", entry.compound, why, "请按小区排序，同一小区的行放在一起。")
        )


def _count(step: Step, counts: Counter[str], reader: RollReader) -> None:
    entry = step.entry
    counts[step.action] += 1
    counts["new_owners"] += len(step.new_owners)
    counts["new_buildings"] += step.new_building
    counts["unknown_owner"] += not entry.owners
    for why, remedy in _warnings(step):
        reader.problems.add(Problem(entry.sheet, f"第{entry.row}行", _where(entry), why, remedy, "warning"))
    if step.conflict:
        reader.problems.add(Problem(entry.sheet, f"第{entry.row}行", _where(entry), step.conflict, step.remedy))


def _where(entry: DwellingEntry) -> str:
    return f"{entry.building}{entry.stairwell}{entry.room}"


def _warnings(step: Step) -> Iterator[tuple[str, str]]:
    """What may be counted twice, each with what to do."""
    for name in step.namesakes:
        yield (
            f"本小区已有同名业主（{masked_name(name)}），有一处没有证件号码，认不出是不是同一人，按两位业主计。",
            "是同一人的，补上证件号码或电话后重新上传；确是两人的不用改。",
        )
    if step.newer:
        yield step.newer, "现有的记录有误的，请在房屋页面更正。"
    if step.passed_over:
        yield step.passed_over, "确已拆除或合并的，不用处理；注销有误的，请联系区县办公室核对。"
    if step.doubt:
        yield step.doubt, "请核对；确是同一户的，请改成与清册一致的单元后重新上传，免得多算一户。"
