"""Long work on rolls, done by the worker that `gongdi serve` starts beside the pages.

Work that stops is told on the roll; what was in hand when a worker ended is taken up when the next one starts.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django_tasks import task

from gongdi.apps.dwellings import roll_jobs, roll_services
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock

State = DwellingImport.State
log = logging.getLogger(__name__)


def _do(pk: int, state: str, job: Callable[[DwellingImport], Any]) -> None:
    """Do a job on a roll that stands where the job begins; say on the roll why it stopped, if it did."""
    roll = DwellingImport.objects.select_related("county", "compound", "uploaded_by", "kept_by").get(pk=pk)
    if roll.state != state:
        return
    try:
        job(roll)
    except RefusedError as refused:
        _stop(roll, str(refused))
    except Exception:
        log.exception("work on roll %s stopped", pk)
        _stop(roll, "系统出错，办理中断。重启后会接着办理；也可以撤销，或联系系统管理员。")


def _stop(roll: DwellingImport, why: str) -> None:
    stopped = roll_services.note_stop(roll=roll, why=why, now=clock.now())
    if stopped.state == State.FAULTY:
        # Nothing takes it up again; the names and numbers in it do not stay on the disk.
        roll_jobs.forget_roll_file(stopped)


@task()
def check_roll(pk: int) -> None:
    """Check a roll that was uploaded."""
    _do(pk, State.READING, lambda roll: roll_jobs.check_roll(roll=roll, now=clock.now(), today=clock.today()))


@task()
def write_roll(pk: int) -> None:
    """Write a roll that is to be kept."""
    _do(pk, State.KEEPING, lambda roll: roll_jobs.write_roll(roll=roll, now=clock.now(), today=clock.today()))


@task()
def take_back_roll(pk: int) -> None:
    """Take back a roll that is to be undone."""
    _do(pk, State.UNDOING, lambda roll: roll_jobs.take_back_roll(roll=roll, now=clock.now()))


def resume() -> int:
    """Put the work that was in hand back in the queue; how many rolls.

    Doing it twice does nothing twice: each job looks where its roll stands.
    """
    jobs = {State.READING: check_roll, State.KEEPING: write_roll, State.UNDOING: take_back_roll}
    rows = list(DwellingImport.objects.filter(state__in=jobs).values_list("pk", "state"))
    for pk, state in rows:
        jobs[State(state)].enqueue(pk)
    return len(rows)
