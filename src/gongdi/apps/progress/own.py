"""What residents see of the progress of their compounds (改造进度), in the words of the street."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from gongdi.apps.places.models import Compound
from gongdi.apps.places.stages import Stage
from gongdi.apps.progress.models import Milestone
from gongdi.apps.progress.nodes import ORDER, Node
from gongdi.apps.residents.access import resident, resident_page
from gongdi.apps.residents.models import Account
from gongdi.apps.residents.queries import standing_bindings
from gongdi.web import clock

PLAINLY = {
    Node.SURVEYED: "看清小区的情况",
    Node.WISHES: "问大家想改什么",
    Node.SCHEME: "做出改造方案",
    Node.VOTED: "业主投票通过方案",
    Node.REVIEWED: "各部门一起审方案",
    Node.FUNDED: "钱到位",
    Node.STARTED: "开工",
    Node.BASIC_DONE: "水、电、气、路、排水改好",
    Node.ALL_DONE: "全部完工",
    Node.ACCEPTED: "验收，交给管理单位",
    Node.ARCHIVED: "资料存档",
}
"""Each node as one would say it at the door."""
STAGES = {
    Stage.CONCEIVED: "正在了解情况，还没有定下要不要改造。",
    Stage.RESERVED: "已经排队，等着定哪一年改造。",
    Stage.FORMED: "已经列入，正在准备方案。",
    Stage.UNDERWAY: "正在改造。",
}
"""Each stage of the pool as one would say it."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, when it was done or is due, whether it is late and why."""

    words: str
    done_on: date | None
    due_on: date
    late: bool
    why: str


@dataclass(frozen=True, slots=True)
class Way:
    """The way of one compound."""

    compound: Compound
    stage: str
    steps: list[Step]

    @property
    def following(self) -> Step | None:
        """The first step not done."""
        return next((step for step in self.steps if step.done_on is None), None)


def ways_of(account: Account, today: date) -> list[Way]:
    """The ways of the compounds in which a resident has a dwelling, confirmed and not sold since."""
    bound = {row.compound_id for row in standing_bindings(account)}
    compounds = list(Compound.objects.filter(pk__in=bound).select_related("county").order_by("place", "pk"))
    rows = sorted(Milestone.objects.filter(compound__in=compounds), key=lambda row: ORDER[row.node])
    found = []
    for compound in compounds:
        steps = [
            Step(PLAINLY[Node(row.node)], row.done_on, row.due_on, row.done_on is None and row.due_on < today,
                 row.late_why)
            for row in rows if row.compound_id == compound.pk
        ]  # fmt: skip
        found.append(Way(compound, STAGES[Stage(compound.stage)], steps))
    return found


@require_GET
@resident_page
def see_own_progress(request: HttpRequest) -> HttpResponse:
    """How far the renewal of one's compounds is."""
    return render(request, "progress/own.html", {"ways": ways_of(resident(request).account, clock.today())})
