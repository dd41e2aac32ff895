"""Writes about planning: each one verb, one transaction, one audit event."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.planning.making import Made
from gongdi.apps.planning.models import AnnualPlanRecord, Budget


@transaction.atomic
def set_budget(
    *, place: str, title: str, money: dict[str, Any], source: str, by: User | None, now: datetime, made_up: bool = False
) -> Budget:
    """Keep next years' money of a place (设定年度资金); what was set before stays."""
    row = Budget.objects.create(
        place=place, title=title, money=money, source=source[:300], made_up=made_up, set_at=now, set_by=by
    )
    totals = {fund["name"]: sum(fund["budget"]) for fund in money["funds"]}
    record("planning.set_budget", by=by, on=row, after={"years": money["years"], "yuan": totals}, place=place, at=now)
    return row


@transaction.atomic
def make_plan(
    *, place: str, title: str, budget: Budget, made: Made, by: User | None, now: datetime
) -> AnnualPlanRecord:
    """Keep an annual plan that has been made (编制年度计划)."""
    document = made.document
    row = AnnualPlanRecord.objects.create(
        place=place, title=title, budget=budget, pack=document["pack"]["slug"], pack_digest=document["pack"]["digest"],
        as_of=document["on"], scheme=document["scheme"]["id"], scheme_version=document["scheme"]["version"],
        document=document, considered=made.considered, listed=made.listed, chosen=made.chosen, made_up=made.made_up,
        made_at=now, made_by=by,
    )  # fmt: skip
    after = {"pack": row.pack, "as_of": document["on"], "considered": made.considered, "chosen": made.chosen}
    record("planning.make_plan", by=by, on=row, after=after, place=place, at=now)
    return row
