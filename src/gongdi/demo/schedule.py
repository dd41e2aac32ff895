"""Made-up nodes for the compounds under way, a register of the year, findings of one compound."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db.models import Count, Max

from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Building
from gongdi.apps.dwellings.services import record_building
from gongdi.apps.inventory.kinds import KINDS
from gongdi.apps.inventory.services import record_finding
from gongdi.apps.places.facts import facts_of
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.progress.models import Milestone
from gongdi.apps.progress.nodes import ORDER, SAMPLE
from gongdi.apps.progress.services import explain_delay, plan_nodes, reach_node
from gongdi.apps.registers.services import add_to_register, open_register
from gongdi.apps.workdays.known import calendar
from gongdi.core.schedule import Step, schedule_backwards
from gongdi.core.workdays import UnknownYear

LEDGER = "进度台账（虚构）"


def hang_chart(compounds: Sequence[Compound], by: User, now: datetime) -> None:
    """Schedule compounds to be done by the end of the year, the earlier nodes mostly reached, one delay explained."""
    today = now.date()
    steps = [Step(step.node.value, step.workdays) for step in SAMPLE if ORDER[step.node] <= ORDER["all_done"]]
    dues = schedule_backwards(date(today.year, 12, 28), steps, calendar())
    if isinstance(dues, UnknownYear):
        return
    for number, compound in enumerate(compounds):
        plan_nodes(compound=compound, dues=dues, why="", by=by, now=now)
        past = [row for row in Milestone.objects.filter(compound=compound).order_by("due_on") if row.due_on < today]
        open_nodes = past[len(past) - number % 3 :] if number % 3 else []
        for row in past[: len(past) - len(open_nodes)]:
            reach_node(milestone=row, on=row.due_on - timedelta(days=number % 4), source=LEDGER, by=by, now=now)
        if open_nodes and number % 2:
            explain_delay(milestone=open_nodes[0], why="等待管线单位确认迁改方案（虚构）", by=by, now=now)


def draw_up_register(county: Division, compounds: Sequence[Compound], by: User, now: datetime) -> None:
    """The register of this year with the compounds under way."""
    year = now.year
    title = f"{county.name}{year}年老旧小区改造清册（演示）"
    register = open_register(county=county, year=year, title=title, by=by, now=now)
    add_to_register(register=register, compounds=compounds, why="", by=by, now=now)


def tell_buildings(compound: Compound, by: User, now: datetime) -> None:
    """What the buildings of one compound are, as far as its roll tells; structure and lifts are made up."""
    rows, year = Building.objects.filter(compound=compound).order_by("pk"), facts_of(compound).get("completed_year")
    for row in rows.annotate(top=Max("dwellings__floor"), wings=Count("dwellings__stairwell", distinct=True)):
        columns = {
            "structure": "brick_concrete", "floors": row.top, "stairwells": row.wings, "completed_year": year,
            "lifts": 0, "source": "竣工备案资料（虚构）",
        }  # fmt: skip
        record_building(compound=compound, name=row.name, columns=columns, by=by, now=now)


def survey_one(compound: Compound, by: User, now: datetime) -> None:
    """What a survey found about one compound."""
    on = now.date() - timedelta(days=60)

    def found(key: str, **columns: object) -> None:
        told = {"found_on": on, "source": "社区现场核查（虚构）", "sureness": "verified", "note": ""}
        record_finding(kind=KINDS[key], compound=compound, columns={**told, **columns}, by=by, now=now)

    found("facilities", item="roof_repair", condition="broken", quantity="6 栋")
    found("facilities", item="stairwell_lighting", condition="worn", quantity="24 个单元")
    found("facilities", item="water_supply", condition="worn", quantity="立管 48 根")
    found("facilities", item="drainage", condition="broken", quantity="320 米")
    found(
        "inspections", kind="gas", body="某某燃气检测公司（虚构）", qualified=True, risk_found=True, where="3幢立管",
        treated_on=None,
    )  # fmt: skip
    found(
        "spaces", kind="idle_house", name="原锅炉房", owner_unit="街道办事处", area=18_050, inside=True,
        present_use="空置", proposed_use="老年食堂", availability="available", means="use_right",
    )  # fmt: skip
    found("services", kind="shop", name="便利店（虚构）", minutes=4)
    found("services", kind="park", name="口袋公园（虚构）", minutes=12)
    found("works", year=2014, content="背街小巷整治", comprehensive=False, cost=12_000_000, funder="区城管局")
