"""What the findings tell the rules: gas risk, hazards, structure, works done before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from gongdi.apps.inventory.models import Inspection, PastWorks
from gongdi.apps.places.facts import Known
from gongdi.apps.places.models import CompoundFact
from gongdi.core.survey import inspections as core
from gongdi.core.survey.inspections import Finding, HazardKind
from gongdi.web import clock

NAMES = frozenset({"gas_risk_found", "safety_hazard", "structure_safe", "ever_renewed", "years_since_renewal"})
VERIFIED = CompoundFact.Sureness.VERIFIED


def known_of(compounds: Sequence[int]) -> dict[int, dict[str, Known]]:
    """The facts that findings tell, by compound, as of today."""
    today = clock.today()
    found: dict[int, dict[str, Known]] = defaultdict(dict)
    _from_inspections(compounds, today, found)
    _from_works(compounds, today, found)
    return found


def _from_inspections(compounds: Sequence[int], today: date, found: dict[int, dict[str, Known]]) -> None:
    rows: dict[int, list[Inspection]] = defaultdict(list)
    for row in Inspection.objects.filter(compound__in=compounds, withdrawn_at=None):
        rows[row.compound_id].append(row)
    for pk, own in rows.items():
        series = [
            core.Inspection(HazardKind(row.kind), row.found_on, row.qualified, row.risk_found, row.treated_on)
            for row in own
        ]
        gas = core.risk(series, HazardKind.GAS, today)
        structure = core.risk(series, HazardKind.STRUCTURE, today)
        hazard = core.any_hazard(series, today)
        _put(found[pk], "gas_risk_found", gas, "燃气管道检测")
        _put(found[pk], "safety_hazard", hazard, "隐患检测")
        safe = Finding(not structure.value, structure.on) if structure is not None else None
        _put(found[pk], "structure_safe", safe, "房屋结构检测")


def _put(known: dict[str, Known], name: str, finding: Finding | None, source: str) -> None:
    if finding is not None:
        known[name] = Known(finding.value, source, finding.on, VERIFIED, counted=True)


def _from_works(compounds: Sequence[int], today: date, found: dict[int, dict[str, Known]]) -> None:
    rows = PastWorks.objects.filter(compound__in=compounds, withdrawn_at=None, comprehensive=True)
    for row in rows.order_by("year", "pk"):
        if row.year <= today.year:
            source = f"改造沿革：{row.year}年{row.content}"[:300]
            found[row.compound_id]["ever_renewed"] = Known(True, source, row.found_on, VERIFIED, counted=True)
            years = today.year - row.year
            found[row.compound_id]["years_since_renewal"] = Known(years, source, row.found_on, VERIFIED, counted=True)
