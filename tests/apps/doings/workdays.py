"""How each service of the calendar is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.workdays import services as workdays
from tests.support.world import NOW, World

DOINGS: dict[str, Callable[[World], object]] = {
    "workdays.services.enter_year": lambda w: workdays.enter_year(
        year=2031, notice="测试〔2030〕1号", off=[date(2031, 1, 1)], worked=[], by=w.people["administrator"], now=NOW
    ),
}
