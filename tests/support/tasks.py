"""Tasks for tests."""

from __future__ import annotations

from datetime import date

from gongdi.apps.desk.models import Task
from gongdi.apps.desk.services import NewTask, make_task
from tests.support.world import NOW, STREET, World


def a_task(world: World, due_on: date = date(2027, 3, 10)) -> Task:
    """A thing that the street clerk gave the community worker to do."""
    new = NewTask("补齐产权资料", "第 3 幢缺登记簿", "/pool/register/", due_on)
    people = world.people
    return make_task(new=new, holder=people["community_worker"], place=STREET, by=people["street_clerk"], now=NOW)
