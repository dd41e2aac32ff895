"""How each service of the desk is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.desk import services as desk
from tests.support.tasks import a_task
from tests.support.world import NOW, World

DOINGS: dict[str, Callable[[World], object]] = {
    "desk.services.make_task": a_task,
    "desk.services.hand_over_task": lambda w: desk.hand_over_task(
        task=a_task(w), to=w.people["district_officer"], why="休假", by=w.people["community_worker"], now=NOW
    ),
    "desk.services.move_task": lambda w: desk.move_task(
        task=a_task(w), due_on=date(2027, 3, 20), why="等资料", by=w.people["street_clerk"], now=NOW
    ),
    "desk.services.urge_task": lambda w: desk.urge_task(task=a_task(w), by=w.people["street_clerk"], now=NOW),
    "desk.services.finish_task": lambda w: desk.finish_task(
        task=a_task(w), note="已补齐", by=w.people["community_worker"], now=NOW
    ),
}
