"""How each service of the nodes is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.progress import services as progress
from tests.support.nodes import a_node
from tests.support.world import NOW, World

DOINGS: dict[str, Callable[[World], object]] = {
    "progress.services.plan_nodes": a_node,
    "progress.services.reach_node": lambda w: progress.reach_node(
        milestone=a_node(w), on=date(2027, 2, 26), source="表决结果", by=w.people["community_worker"], now=NOW
    ),
    "progress.services.explain_delay": lambda w: progress.explain_delay(
        milestone=a_node(w), why="等待补登面积", by=w.people["community_worker"], now=NOW
    ),
}
