"""What notices tell the rules: the scheme's notice (CD-15), and the works notice before the start (CD-36)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from gongdi.apps.notices.models import IN_FORCE, Notice, Objection, Posting
from gongdi.apps.notices.queries import standing
from gongdi.apps.places.facts import Known
from gongdi.apps.places.models import CompoundFact
from gongdi.web import clock

NAMES = frozenset({"notice_published", "notice_ended", "objections_open", "notice_posted"})
VERIFIED = CompoundFact.Sureness.VERIFIED


def known_of(compounds: Sequence[int]) -> dict[int, dict[str, Known]]:
    """The facts that notices tell, by compound, as of today; a compound without such a notice is left out."""
    today = clock.today()
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    beside: dict[int, int] = defaultdict(int)
    for row in _latest(compounds):
        assert row.compound_id is not None
        source = f"公示：{row.title}（第 {row.version} 版）"[:300]
        told = _told(row, today)
        if "objections_open" in told:
            # A later notice does not answer what was raised about one before it; a withdrawn one has nothing to revise.
            told["objections_open"] += beside[row.compound_id]
            beside[row.compound_id] += row.against if row.state in IN_FORCE else row.unanswered
        for name, value in told.items():
            found[row.compound_id][name] = Known(value, source, today, VERIFIED, counted=True)
    return found


def _latest(compounds: Sequence[int]) -> list[Any]:
    """The published versions about schemes and works, withdrawn ones included, the latest last: one statement.

    With each go how many objections stand against it (those that nobody answered also of versions before it), and
    whether it was posted.
    """
    unmet = Q(outcome="") | Q(notice=OuterRef("pk")) | Q(answered_at__gt=OuterRef("published_at"))
    rows = Notice.objects.filter(compound__in=compounds, kind__in=("scheme", "works"), published_at__isnull=False)
    rows = rows.exclude(state=Notice.State.SUPERSEDED).order_by("published_at", "pk")
    return list(
        rows.annotate(
            against=_number(unmet), unanswered=_number(Q(outcome="")),
            posted=Exists(Posting.objects.filter(notice=OuterRef("pk"))),
        )
    )  # fmt: skip


def _number(which: Q) -> Coalesce:
    """How many objections to any version of a notice stand and are such."""
    rows = Objection.objects.filter(standing(), which, notice__series=OuterRef("series")).order_by()
    return Coalesce(Subquery(rows.values("notice__series").annotate(number=Count("pk")).values("number")), 0)


def _told(row: Any, today: date) -> dict[str, Any]:
    """What a notice tells."""
    stands = row.state in IN_FORCE
    if row.kind == "works":
        return {"notice_posted": stands and row.posted}
    ended = stands and row.ends_on is not None and today > row.ends_on
    return {"notice_published": stands, "notice_ended": ended, "objections_open": row.against}
