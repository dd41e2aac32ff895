"""Long work on rolls, done by the worker that `gongdi serve` starts beside the pages."""

from __future__ import annotations

from django_tasks import task

from gongdi.apps.dwellings import roll_jobs
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.web import clock

State = DwellingImport.State


def _roll(pk: int) -> DwellingImport:
    return DwellingImport.objects.select_related("county", "compound", "uploaded_by", "kept_by").get(pk=pk)


@task()
def check_roll(pk: int) -> None:
    """Check a roll that was uploaded."""
    roll = _roll(pk)
    if roll.state == State.READING:
        roll_jobs.check_roll(roll=roll, now=clock.now(), today=clock.today())


@task()
def write_roll(pk: int) -> None:
    """Write a roll that is to be kept."""
    roll = _roll(pk)
    if roll.state == State.KEEPING:
        roll_jobs.write_roll(roll=roll, now=clock.now(), today=clock.today())


@task()
def take_back_roll(pk: int) -> None:
    """Take back a roll that is to be undone."""
    roll = _roll(pk)
    if roll.state == State.UNDOING:
        roll_jobs.take_back_roll(roll=roll, now=clock.now())
