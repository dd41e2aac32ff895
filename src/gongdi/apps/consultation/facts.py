"""What consultations tell the rules: coverage, the will as it was judged, the written application.

How many households there are, the base database tells; the round's own number stands in the source beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Count

from gongdi.apps.consultation.models import ContentList, Round
from gongdi.apps.consultation.services import WILL_FACTS
from gongdi.apps.places.facts import Known
from gongdi.apps.places.models import CompoundFact
from gongdi.web import clock

NAMES = frozenset({"households_consulted", "written_application", *WILL_FACTS})
VERIFIED = CompoundFact.Sureness.VERIFIED


def known_of(compounds: Sequence[int]) -> dict[int, dict[str, Known]]:
    """The facts that the latest round of each compound tells; one that still runs tells what it has reached so far."""
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    rows = Round.objects.filter(compound__in=compounds, state__in=Round.RUN)
    for row in rows.annotate(reached=Count("responses__household", distinct=True)).order_by("opened_at", "pk"):
        _from_round(row, row.reached, found[row.compound_id])
    filed = ContentList.objects.filter(compound__in=compounds).exclude(filed_on=None)
    for compound, on, receiver in filed.order_by("filed_on", "pk").values_list("compound", "filed_on", "receiver"):
        source = f"书面申请：{on:%Y-%m-%d}向{receiver}提出"[:300]
        found[compound]["written_application"] = Known(True, source, on, VERIFIED, counted=True)
    return found


def _from_round(row: Round, reached: int, known: dict[str, Known]) -> None:
    day = clock.local_date(row.closed_at) if row.closed_at is not None else clock.today()
    source = f"意愿征询：{row.title}（{row.get_state_display()}，共 {row.household_count} 户）"[:280]
    known["households_consulted"] = Known(reached, source, day, VERIFIED, counted=True)
    for name, value in row.judged.items():
        known[name] = Known(value, f"{source}，据征询结果认定", row.judged_on, VERIFIED, counted=True)
