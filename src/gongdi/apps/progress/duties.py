"""Late nodes without a reason, for those who report on them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.progress.access import REPORT
from gongdi.apps.progress.models import Milestone
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty
from gongdi.web.few import few


def late_nodes(user: User, now: datetime) -> list[Duty]:
    """Nodes past their day for which nobody has said why."""
    if not user.may_anywhere(REPORT):
        return []
    rows = within_reach(
        Milestone.objects.filter(done_on=None, late_why="", due_on__lt=local_date(now)), user, REPORT, "compound__place"
    )
    first, count = few(
        rows.select_related("compound").only("node", "due_on", "compound__name").order_by("due_on", "pk"), 5
    )
    if not count:
        return []
    return [
        Duty(
            title="说明滞后原因", why="节点已过期限，请登记完成，或说明原因。", url=reverse("progress:see_chart"),
            action="查看挂图", count=count, unit="个节点", due=first[0].due_on, rank=15,
            details=tuple(
                (f"{row.compound}：{row.get_node_display()}，应于 {row.due_on}",
                 reverse("progress:see_nodes", args=[row.compound_id]))
                for row in first
            ),
        )
    ]  # fmt: skip
