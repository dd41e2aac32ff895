"""How each service of the findings is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.inventory import services as inventory
from gongdi.apps.inventory.kinds import KINDS
from tests.support.findings import find, inspection
from tests.support.world import NOW, World

DOINGS: dict[str, Callable[[World], object]] = {
    "inventory.services.record_finding": lambda w: find(w, "works", year=2010, content="平改坡", comprehensive=False),
    "inventory.services.withdraw_finding": lambda w: inventory.withdraw_finding(
        kind=KINDS["inspections"], finding=inspection(w), why="误记", by=w.people["community_worker"], now=NOW
    ),
    "inventory.services.treat_risk": lambda w: inventory.treat_risk(
        inspection=inspection(w), on=date(2027, 2, 20), source="复检报告", by=w.people["community_worker"], now=NOW
    ),
}
