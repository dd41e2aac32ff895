"""What waits because facts are missing: one reading of a person's compounds, one look at what is kept of them."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.places.fact_names import BY_NAME, ESSENTIAL
from gongdi.apps.policy.kept import kept_facts_of, kept_survey, kept_verdicts
from gongdi.apps.policy.queries import Place, governed, listed
from gongdi.core.policy.vocabulary import UNDETERMINED
from gongdi.web.duties import Duty

EXAMPLES = 5


def facts_to_find(user: User, now: datetime) -> list[Duty]:
    """For those who may record facts: compounds that lack what every scope needs, and those left undetermined."""
    if not user.may_anywhere("places.record_fact"):
        return []
    rows, facts = kept_facts_of(lambda: listed(user))
    found, told = [], set[int]()
    for ground, compounds in governed(rows):
        decided = kept_verdicts([row.pk for row in compounds], "scope")
        undecided = [row for row in compounds if (each := decided[row.pk]) and each.outcome == UNDETERMINED]
        told |= {row.pk for row in undecided}
        if undecided:
            needs = kept_survey([row.pk for row in undecided], ground)[:3]
            title = ground.pack.document.title
            why = f"按{title}，纳入范围待定；最该先查：{'、'.join(need.zh for need in needs)}。"
            found.append(_undetermined(undecided, why))
    # A compound that waits above for what decides it is not told of a second time.
    lacking = [(row, names) for row in rows if row.pk not in told and (names := _missing(facts[row.pk]))]
    return [*found, *_lacking(lacking)]


def _missing(facts: dict[str, object]) -> list[str]:
    return [BY_NAME[name].title for name in ESSENTIAL if name not in facts]


def _lacking(rows: list[tuple[Place, list[str]]]) -> list[Duty]:
    if not rows:
        return []
    return [
        Duty(
            title="补充小区情况", why="缺少判定是否纳入改造所需的情况，政策判定只能给出“待补充”。",
            url=f"{reverse('places:see_register')}?missing=1", action="查看清单", count=len(rows), unit="个小区",
            rank=20,
            details=tuple(
                (f"{row.name}：缺{'、'.join(names)}", reverse("places:see_compound", args=[row.pk]))
                for row, names in rows[:EXAMPLES]
            ),
        )
    ]  # fmt: skip


def _undetermined(rows: list[Place], why: str) -> Duty:
    details = tuple((row.name, reverse("places:see_compound", args=[row.pk])) for row in rows[:EXAMPLES])
    return Duty(
        "补充事实以判定纳入范围", why, reverse("policy:see_survey"), "查看摸底清单", count=len(rows), unit="个小区",
        rank=10, details=details,
    )  # fmt: skip
