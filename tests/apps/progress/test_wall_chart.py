"""The wall chart counts by street and stage, and names what is late and why."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import RefusedError
from gongdi.apps.progress import queries, services
from gongdi.apps.progress.duties import late_nodes
from gongdi.apps.progress.models import Milestone
from gongdi.apps.progress.nodes import SAMPLE
from gongdi.apps.progress.queries import wall_chart
from gongdi.core.schedule import Due
from tests.support.divisions import former_street, lying_in, merge, split
from tests.support.nodes import a_node
from tests.support.world import NOW, STREET, TODAY, World

SignIn = Callable[[str], Client]


def test_each_street_has_its_compounds_by_stage_and_those_with_a_late_node(world: World) -> None:
    a_node(world)
    a_node(world, due=date(2027, 4, 1), compound="翠柏花园")
    chart = wall_chart(world.people["district_officer"], "", TODAY)
    rows = {row.name: row for row in chart.rows}
    assert {name: row.total.count for name, row in rows.items()} == {"外滩街道": 1, "文教街道": 3}
    cell = rows["文教街道"].cells["conceived"]
    assert (cell.count, cell.late) == (1, 1)
    assert rows["文教街道"].cells["formed"].late == 0
    assert [node.row.compound.name for node in queries.late_nodes(chart.late, TODAY)] == ["梅堰新村"]
    assert (chart.foot.total.count, chart.unscheduled) == (4, 2)


def test_a_place_narrows_the_chart_and_nobody_sees_beyond_their_own(world: World) -> None:
    a_node(world)
    assert wall_chart(world.people["district_officer"], STREET, TODAY).foot.total.count == 3
    assert wall_chart(world.people["community_worker"], "", TODAY).foot.total.count == 2
    assert wall_chart(world.people["officer_elsewhere"], "", TODAY).late == []


def test_the_first_day_stays_as_the_baseline_and_another_needs_a_reason(world: World) -> None:
    node = a_node(world)
    clerk, again = world.people["street_clerk"], [Due("voted", date(2027, 3, 20))]
    with pytest.raises(RefusedError, match="理由"):
        services.plan_nodes(compound=node.compound, dues=again, why="", by=clerk, now=NOW)
    services.plan_nodes(compound=node.compound, dues=again, why="补登面积", by=clerk, now=NOW)
    node.refresh_from_db()
    assert (node.first_due_on, node.due_on) == (date(2027, 2, 20), date(2027, 3, 20))


def test_a_node_reached_keeps_its_days(world: World) -> None:
    node = a_node(world)
    services.reach_node(milestone=node, on=TODAY, source="结果", by=world.people["community_worker"], now=NOW)
    later = [Due("voted", date(2027, 9, 1))]
    services.plan_nodes(compound=node.compound, dues=later, why="重排", by=world.people["street_clerk"], now=NOW)
    node.refresh_from_db()
    assert (node.due_on, node.done_on) == (date(2027, 2, 20), TODAY)


def test_a_late_node_is_a_duty_until_somebody_says_why(world: World) -> None:
    node = a_node(world)
    worker = world.people["community_worker"]
    assert late_nodes(worker, NOW)[0].count == 1
    services.explain_delay(milestone=node, why="等待补登面积", by=worker, now=NOW)
    assert late_nodes(worker, NOW) == []
    assert queries.late_nodes(wall_chart(worker, "", TODAY).late, TODAY)[0].row.late_why == "等待补登面积"


def test_a_schedule_is_made_backwards_from_a_day_by_working_days(world: World, signed_in: SignIn) -> None:
    client, row = signed_in("street_clerk"), world.compounds["梅堰新村"]
    steps = ("surveyed", "wishes", "scheme", "voted", "reviewed", "funded", "started", "basic_done", "all_done",
             "accepted", "archived")  # fmt: skip
    fields = {f"days_{name}": "5" for name in steps}
    told = {"last": "scheme", "finish": "2026-06-30", "why": "补排已过的节点", **fields}
    assert client.post(reverse("progress:plan_nodes", args=[row.pk]), told).status_code == 302
    found = dict(Milestone.objects.filter(compound=row).values_list("node", "due_on"))
    # The Dragon Boat holiday of 2026 takes Friday 19 June.
    assert found == {"scheme": date(2026, 6, 30), "wishes": date(2026, 6, 23), "surveyed": date(2026, 6, 15)}


def test_a_schedule_that_would_begin_in_the_past_needs_a_reason(world: World, signed_in: SignIn) -> None:
    client, row = signed_in("street_clerk"), world.compounds["梅堰新村"]
    told = {"last": "wishes", "finish": "2026-06-30", "why": " ", "days_surveyed": "5", "days_wishes": "5"}
    fields = {f"days_{step.node}": "5" for step in SAMPLE} | told
    answer = client.post(reverse("progress:plan_nodes", args=[row.pk]), fields)
    assert answer.status_code == 422
    assert "“摸底完成”应在 2026-06-23 完成，已经过了" in answer.content.decode()
    assert not Milestone.objects.filter(compound=row).exists()


def test_a_compound_of_a_merged_street_stands_in_the_row_of_the_street_of_today(world: World) -> None:
    lying_in(world, former_street(world))
    merge(world)
    lying_in(world, former_street(world, "白沙街道"), "分设的")
    split(world)
    rows = {row.name: row.total.count for row in wall_chart(world.people["district_officer"], "", TODAY).rows}
    assert rows == {"外滩街道": 2, "文教街道": 3, "白沙街道": 1}
