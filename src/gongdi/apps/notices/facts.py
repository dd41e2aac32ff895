"""What notices tell the rules: the scheme's notice (CD-15), and the works notice before the start (CD-36)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q

from gongdi.apps.notices.models import IN_FORCE, Notice, Objection
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
    _from_schemes(compounds, today, found)
    _from_works(compounds, today, found)
    return found


def _latest(compounds: Sequence[int], kind: str) -> dict[int, Notice]:
    """The latest published version of a kind by compound, withdrawn ones included."""
    rows = Notice.objects.filter(compound__in=compounds, kind=kind, published_at__isnull=False)
    rows = rows.exclude(state=Notice.State.SUPERSEDED).annotate(posted=Count("postings"))
    return {row.compound_id: row for row in rows.order_by("published_at", "pk") if row.compound_id is not None}


def _from_schemes(compounds: Sequence[int], today: date, found: dict[int, dict[str, Known]]) -> None:
    notices = _latest(compounds, "scheme")
    against = _open_objections([row.series for row in notices.values()])
    for pk, row in notices.items():
        source = f"公示：{row.title}（第 {row.version} 版）"[:300]
        stands = row.state in IN_FORCE
        ended = stands and row.ends_on is not None and today > row.ends_on
        for name, value in (
            ("notice_published", stands), ("notice_ended", ended), ("objections_open", against.get(row.series, 0)),
        ):  # fmt: skip
            found[pk][name] = Known(value, source, today, VERIFIED, counted=True)


def _open_objections(series: Sequence[str]) -> dict[str, int]:
    """How many objections stand, by series: those to the version in force, and unanswered ones to any before it."""
    rows = Objection.objects.filter(standing(), notice__series__in=series)
    rows = rows.filter(Q(outcome="") | Q(notice__state__in=IN_FORCE))
    return dict(rows.order_by().values_list("notice__series").annotate(number=Count("pk")))


def _from_works(compounds: Sequence[int], today: date, found: dict[int, dict[str, Known]]) -> None:
    for pk, row in _latest(compounds, "works").items():
        source = f"公示：{row.title}"[:300]
        posted = row.state in IN_FORCE and row.posted > 0  # type: ignore[attr-defined]
        found[pk]["notice_posted"] = Known(posted, source, today, VERIFIED, counted=True)
