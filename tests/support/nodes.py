"""Nodes for tests."""

from __future__ import annotations

from datetime import date

from gongdi.apps.progress.models import Milestone
from gongdi.apps.progress.services import plan_nodes
from gongdi.core.schedule import Due
from tests.support.world import NOW, World


def a_node(world: World, node: str = "voted", due: date = date(2027, 2, 20), compound: str = "梅堰新村") -> Milestone:
    """A node of a compound with its day."""
    by, row = world.people["street_clerk"], world.compounds[compound]
    plan_nodes(compound=row, dues=[Due(node, due)], why="测试", by=by, now=NOW)
    return Milestone.objects.select_related("compound").get(compound=row, node=node)
