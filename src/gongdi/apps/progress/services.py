"""Writes about nodes: each one verb, one transaction, one audit event."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.progress.models import Milestone
from gongdi.core.schedule import Due


@transaction.atomic
def plan_nodes(*, compound: Compound, dues: Sequence[Due], why: str, by: User, now: datetime) -> list[Milestone]:
    """Set by when a compound reaches its nodes (排定节点). A node reached keeps its days; the first days stay as the
    baseline, and setting others later needs a reason."""
    known = {row.node: row for row in Milestone.objects.select_for_update().filter(compound=compound)}
    moved = [due for due in dues if due.key in known and known[due.key].due_on != due.on]
    if moved and not why.strip():
        raise RefusedError("节点期限已经排定，调整须写明理由。请填写理由后再提交。")
    before = {due.key: known[due.key].due_on.isoformat() for due in moved}
    for due in dues:
        row = known.get(due.key) or Milestone(compound=compound, node=due.key, first_due_on=due.on)
        if row.done_on is None:
            row.due_on, row.changed_at = due.on, now
            row.save()
    after = {due.key: due.on.isoformat() for due in dues}
    record("progress.plan_nodes", by=by, on=compound, before=before or None, after=after, why=why,
           place=compound.place, at=now)  # fmt: skip
    return list(Milestone.objects.filter(compound=compound))


@transaction.atomic
def reach_node(*, milestone: Milestone, on: date, source: str, by: User, now: datetime) -> Milestone:
    """Say that a node was reached (节点完成), on which day and by what proof."""
    row = Milestone.objects.select_for_update(of=("self",)).select_related("compound").get(pk=milestone.pk)
    if row.done_on is not None:
        raise RefusedError(f"这个节点已于 {row.done_on} 完成。请刷新页面。")
    row.done_on, row.done_source, row.changed_at = on, source[:300], now
    row.save(update_fields=["done_on", "done_source", "changed_at"])
    record("progress.reach_node", by=by, on=row, after={"done_on": on.isoformat(), "source": source},
           place=row.compound.place, at=now)  # fmt: skip
    return row


@transaction.atomic
def explain_delay(*, milestone: Milestone, why: str, by: User, now: datetime) -> Milestone:
    """Say why a node is late (说明滞后原因); it stands on the wall chart."""
    row = Milestone.objects.select_for_update(of=("self",)).select_related("compound").get(pk=milestone.pk)
    before = {"late_why": row.late_why}
    row.late_why, row.changed_at = why[:300], now
    row.save(update_fields=["late_why", "changed_at"])
    record("progress.explain_delay", by=by, on=row, before=before, after={"late_why": why},
           place=row.compound.place, at=now)  # fmt: skip
    return row
