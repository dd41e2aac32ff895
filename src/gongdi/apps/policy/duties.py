"""What waits because a decision is open."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.places.facts import facts_of_many
from gongdi.apps.policy.deciding import survey, verdicts_under
from gongdi.apps.policy.queries import governed
from gongdi.core.policy.vocabulary import UNDETERMINED
from gongdi.web.duties import Duty


def undetermined(user: User, now: datetime) -> list[Duty]:
    """Compounds whose scope cannot be told yet, for those who may record facts."""
    if not user.may_anywhere("places.record_fact"):
        return []
    found = []
    for ground, compounds in governed(user):
        known = facts_of_many(compounds)
        decided = verdicts_under(ground, compounds, "scope", known)
        open_rows = [row for row in compounds if (each := decided[row.pk]) and each.outcome == UNDETERMINED]
        if not open_rows:
            continue
        needs = survey(open_rows, ground, known=known)[:3]
        why = f"按{ground.pack.document.title}，纳入范围待定；最该先查：{'、'.join(need.zh for need in needs)}。"
        details = tuple((row.name, reverse("places:see_compound", args=[row.pk])) for row in open_rows[:5])
        found.append(
            Duty(
                "补充事实以判定纳入范围",
                why,
                reverse("policy:see_survey"),
                "查看摸底清单",
                count=len(open_rows),
                unit="个小区",
                rank=10,
                details=details,
            )
        )
    return found
