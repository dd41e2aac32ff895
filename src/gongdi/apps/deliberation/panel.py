"""What deliberation shows on the page of a compound, and on the home of a resident."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, F, Window
from django.http import HttpRequest

from gongdi.apps.accounts.access import person
from gongdi.apps.deliberation import access, queries
from gongdi.apps.deliberation.models import OPEN_STATES, Issue, Topic
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.core.issues.gates import State
from gongdi.web import clock


def on_compound(request: HttpRequest, compound: Compound) -> dict[str, Any]:
    """The compound's open issues, the way to its topics, and what the person may add."""
    user, today = person(request), clock.today()
    rows = access.visible_issues(user).filter(compound=compound, state__in=OPEN_STATES)
    # The counts of all stand with each of the few that are shown: one statement.
    counted = rows.annotate(open=Window(Count("pk")), late=Window(Count("pk", filter=queries.late(today))))
    shown = list(counted.order_by(F("due_on").asc(nulls_last=True), "-pk")[:5])
    return {
        "compound": compound, "issues": shown, "open": shown[0].open if shown else 0,
        "late": shown[0].late if shown else 0,
        "sees_topics": user.may(access.TOPICS, compound.place, compound),
        "may_report": access.may_report(user, compound), "may_raise": user.may(access.KEEP_TOPIC, compound.place),
    }  # fmt: skip


def on_home(request: HttpRequest, account: Account) -> dict[str, Any] | None:
    """The resident's issues that were handled and wait for their word; None without any."""
    rows = list(Issue.objects.filter(account=account, state=State.HANDLED.value).order_by("pk"))
    return {"to_confirm": rows} if rows else None


def open_topics_on_home(request: HttpRequest, account: Account) -> dict[str, Any]:
    """How many topics are open at the resident's homes."""
    own = access.own_topics(account).values("pk")
    return {"open_topics": Topic.objects.filter(pk__in=own, closed_at=None).count()}
