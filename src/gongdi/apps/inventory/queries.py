"""Reads of findings: of one compound, of all that a person sees."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery

from gongdi.apps.accounts.models import User
from gongdi.apps.inventory import access
from gongdi.apps.inventory.kinds import KINDS, FindingKind
from gongdi.apps.inventory.models import Facility, Finding, Inspection, NearbyService, SpareSpace
from gongdi.apps.inventory.shown import cells_of, head
from gongdi.apps.places.models import Compound
from gongdi.core.survey.circle import Service, ServiceKind, lacking

LINE_KINDS = ("facilities", "inspections")
"""The kinds of findings that are about lines."""
NEEDS_WORK = (Facility.Condition.WORN, Facility.Condition.BROKEN, Facility.Condition.MISSING)


@dataclass(frozen=True, slots=True)
class Section:
    """The findings of one kind about a compound: rows with the texts of their cells."""

    kind: FindingKind
    heads: tuple[str, ...]
    rows: list[tuple[Finding, list[str]]]
    open_risk: frozenset[int]


def sections_of(compound: Compound, user: User) -> list[Section]:
    """All findings in force about a compound that a person sees, kind by kind; for a utility kinds about lines."""
    kinds = LINE_KINDS if compound.pk in access.touched_only(user) else KINDS
    found = []
    for kind in (KINDS[key] for key in kinds):
        rows = list(access.visible_findings(user, kind.model).filter(compound=compound))
        heads = tuple(head(kind, name) for name in kind.fields)
        risky = frozenset(
            row.pk for row in rows if isinstance(row, Inspection) and row.risk_found and row.treated_on is None
        )
        found.append(Section(kind, heads, [(row, cells_of(kind, row)) for row in rows], risky))
    return found


def circle_of(compound: Compound) -> list[str] | None:
    """The words of the services lacking within 15 minutes; None when nobody has looked."""
    rows = list(NearbyService.objects.filter(compound=compound, withdrawn_at=None))
    if not rows:
        return None
    words = dict(NearbyService.Kind.choices)
    return [words[kind] for kind in lacking(Service(ServiceKind(row.kind), row.minutes) for row in rows)]


def counts_of(compound: Compound, user: User) -> dict[str, int]:
    """For the panel, of what the person sees: facilities that need work, open risks, spare spaces that may be had."""

    def counted(rows: QuerySet[Any]) -> Subquery:
        number = rows.filter(compound=OuterRef("pk")).order_by().values("compound")
        return Subquery(number.annotate(number=Count("pk")).values("number"))

    facilities = access.visible_findings(user, Facility)
    found = Compound.objects.filter(pk=compound.pk).values_list(
        counted(facilities),
        counted(facilities.filter(condition__in=NEEDS_WORK)),
        counted(open_risks(access.visible_findings(user, Inspection))),
        counted(access.visible_findings(user, SpareSpace).exclude(availability="unavailable")),
    )
    return dict(zip(("facilities", "needing", "risks", "spaces"), (each or 0 for each in found.get()), strict=True))


def open_risks(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """The inspections whose risk stands."""
    return rows.filter(risk_found=True, treated_on=None).order_by("found_on", "pk")


def spaces(rows: QuerySet[SpareSpace], kind: str, availability: str) -> QuerySet[SpareSpace]:
    """Spare spaces by kind and availability."""
    if kind:
        rows = rows.filter(kind=kind)
    if availability:
        rows = rows.filter(availability=availability)
    return rows.order_by("compound__place", "compound__pinyin", "name", "pk")
