"""Reads of compounds: the board, the map, the page of one compound. The register has its own module."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Avg, Count, F, Max, Q, QuerySet, Sum
from django.db.models.functions import Substr

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.audit.models import Event
from gongdi.apps.audit.queries import events_about
from gongdi.apps.places.access import visible_compounds
from gongdi.apps.places.division_words import short_code
from gongdi.apps.places.fact_names import BY_NAME, ESSENTIAL, FACT_NAMES, FactName, shown_grouped
from gongdi.apps.places.facts import Known, known_of
from gongdi.apps.places.models import Compound, CompoundFact, Division, RosterImport, SavedView
from gongdi.apps.places.stages import Stage
from gongdi.apps.places.standing import divisions_by_code
from gongdi.web import clock

AGE_FACTS = ("delivered_on", "completed_on", "completed_year")


@dataclass(frozen=True, slots=True)
class StageColumn:
    """One column of the board: a stage, its sums (None where nothing is known), and its cards."""

    stage: Stage
    count: int
    households: int | None
    area: int | None
    cost: int | None
    cards: list[Compound]


def board(user: User, place: str, most_cards: int) -> list[StageColumn]:
    """The columns of the board within a place ("" for all that the person may see)."""
    rows = visible_compounds(user).filter(place__startswith=place)
    sums = {
        each["stage"]: each
        for each in rows.order_by()
        .values("stage")
        .annotate(n=Count("pk"), h=Sum("households"), a=Sum("area"), c=Sum("cost_total"))
    }
    columns = []
    for stage in Stage:
        found = sums.get(stage.value, {"n": 0, "h": None, "a": None, "c": None})
        cards = list(rows.filter(stage=stage).select_related("county", "street", "community")[:most_cards])
        columns.append(StageColumn(stage, found["n"] or 0, found["h"], found["a"], found["c"], cards))
    return columns


def streets_of(user: User) -> list[tuple[str, str]]:
    """The streets (or, without one, the counties) of the compounds a person sees: code and name."""
    # By where compounds lie today: a street that is no more is found under what it became.
    codes = visible_compounds(user).order_by().annotate(at=Substr("place", 1, 9)).values_list("at", flat=True)
    found = Division.objects.filter(code__in=set(codes.distinct()), valid_until=None)
    return sorted(set(found.values_list("code", "name")))


def communities_of(user: User, street: str) -> list[tuple[str, str]]:
    """The communities of a street in which the person sees compounds."""
    rows = visible_compounds(user).order_by().filter(street__code=street, community__isnull=False)
    return sorted(set(rows.values_list("community__code", "community__name")))


def mapped(rows: QuerySet[Compound]) -> QuerySet[Compound]:
    """The compounds that have coordinates."""
    return rows.filter(longitude__isnull=False, latitude__isnull=False)


def street_labels(rows: QuerySet[Compound]) -> list[tuple[str, float, float]]:
    """Each street's name, to stand above its northernmost compound on the plain ground of the map."""
    found = (
        mapped(rows)
        .order_by()
        .filter(street__isnull=False)
        .values("street__name")
        .annotate(longitude=Avg("longitude"), latitude=Max("latitude"))
    )
    return [(each["street__name"], float(each["longitude"]), float(each["latitude"])) for each in found]


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line of a compound's facts: the fact recorded last (None: none), the rows before it, and what is counted.

    `counted` is told where a count is in force instead of what was recorded (清点), as the rules read it.
    """

    about: FactName
    fact: CompoundFact | None
    earlier: list[CompoundFact]
    counted: Known | None

    @property
    def counted_words(self) -> str:
        """The counted value as people read it."""
        return shown_grouped(self.about.name, self.counted.value) if self.counted is not None else ""


def fact_groups(compound: Compound) -> list[tuple[str, list[FactLine]]]:
    """The facts of a compound by group, each with its history (newest first): all that a survey asks for, known or
    not, and those beyond it that are known.
    """
    history: dict[str, list[CompoundFact]] = {}
    for row in compound.facts.select_related("recorded_by").order_by("-pk"):
        history.setdefault(row.name, []).append(row)
    counted = {name: known for name, known in known_of(compound).items() if known.counted}
    groups: dict[str, list[FactLine]] = {}
    told = dict.fromkeys((*history, *counted))
    beyond = [BY_NAME[name] for name in told if name in BY_NAME and BY_NAME[name] not in FACT_NAMES]
    for about in (*FACT_NAMES, *beyond):
        rows, count = history.get(about.name, []), counted.get(about.name)
        line = (
            FactLine(about, None, rows, count) if count else FactLine(about, rows[0] if rows else None, rows[1:], None)
        )
        groups.setdefault(about.group, []).append(line)
    return list(groups.items())


def lacking(groups: list[tuple[str, list[FactLine]]]) -> list[str]:
    """The words of the essential facts that nobody recorded and nothing counts, from the lines of `fact_groups`."""
    lines = {line.about.name: line for _, group in groups for line in group}
    found = []
    for name in ESSENTIAL:
        line = lines[name]
        if line.counted is None and (line.fact is None or line.fact.value is None):
            found.append(line.about.title)
    return found


def current_fact(compound: Compound, name: str) -> CompoundFact | None:
    """The fact in force under a name."""
    return compound.facts.filter(name=name, superseded_by=None).first()


def missing_essentials(rows: QuerySet[Compound]) -> QuerySet[Compound]:
    """Compounds that lack one of the facts without which the scope cannot be told; `known` counts those present."""
    known = Count("facts", filter=Q(facts__name__in=ESSENTIAL, facts__superseded_by=None, facts__value__isnull=False))
    return rows.annotate(known=known).filter(known__lt=len(ESSENTIAL))


def ages(compounds: list[int]) -> dict[int, tuple[str, str]]:
    """For each compound the best known day or year of completion, and which fact it is."""
    found: dict[int, dict[str, str]] = {}
    rows = CompoundFact.objects.filter(compound__in=compounds, name__in=AGE_FACTS, superseded_by=None)
    for pk, name, value in rows.values_list("compound_id", "name", "value"):
        if value is not None:
            found.setdefault(pk, {})[name] = str(value)
    best = {pk: next(name for name in AGE_FACTS if name in facts) for pk, facts in found.items()}
    return {pk: (found[pk][name], name) for pk, name in best.items()}


def events_of(compound: Compound) -> list[Event]:
    """The latest audit events about a compound."""
    return events_about(compound)


def saved_views(user: User) -> list[SavedView]:
    """The views that a person saved."""
    return list(SavedView.objects.filter(owner=user))


def county_of(user: User, permission: str) -> Division | None:
    """The county in which a person's post for a permission lies; None for posts above a county."""
    codes = {place[:6] for place in user.places_for(permission) if len(place) >= 6}
    return Division.objects.filter(system="nbs", code__in=codes).order_by("code").first()


def places() -> list[tuple[str, str]]:
    """Every listed division: code and name."""
    rows = Division.objects.filter(system="nbs", valid_until=None).order_by("code")
    return list(rows.values_list("code", "name"))


def codes_in(system: str, code: str) -> list[str]:
    """The codes of the statistics bureau of what a code of a system means today."""
    return [row.code for row in divisions_by_code(system, short_code(code), clock.today()) if row.system == "nbs"]


def compounds_meant(words: list[str], place: str) -> tuple[list[NamedObject], list[str]]:
    """The compounds inside a place that words mean (a name or a number each), and what is wrong with the others."""
    numbers = {int(word) for word in words if word.isascii() and word.isdigit() and len(word) < 10}
    inside = Compound.objects.filter(place__startswith=place)
    rows = list(inside.filter(Q(name__in=words) | Q(pk__in=numbers)).order_by("pk"))
    found: list[NamedObject] = []
    faults: list[str] = []
    for word in dict.fromkeys(words):
        same = [row for row in rows if word in (row.name, str(row.pk))]
        if not same:
            faults.append(f"“{word}”：此区划内没有这个小区，请核对名称")
        elif len(same) > 1:
            faults.append(
                f"“{word}”：有 {len(same)} 个同名小区，请改填编号 {'、'.join(str(row.pk) for row in same)} 之一"
            )
        else:
            found.append(NamedObject(Compound._meta.label_lower, same[0].pk, same[0].name))
    return list(dict.fromkeys(found)), faults


def waiting_rosters(rows: QuerySet[RosterImport]) -> QuerySet[RosterImport]:
    """Imports that wait for someone to confirm them."""
    return rows.filter(state=RosterImport.State.WAITING).select_related("uploaded_by")


def latest_rosters(rows: QuerySet[RosterImport]) -> list[RosterImport]:
    """The latest imports, with who uploaded and who confirmed them."""
    return list(rows.select_related("uploaded_by", "kept_by")[:50])


def latest_change(rows: QuerySet[Compound]) -> QuerySet[Compound]:
    """Compounds, those changed last first."""
    return rows.order_by(F("changed_at").desc(), "-pk")


def counties_within(user: User, permission: str) -> QuerySet[Division]:
    """The counties for which a person may use a permission on the whole."""
    reach = Q(pk__in=[])
    for place in user.places_for(permission):
        if len(place) <= 6:
            reach |= Q(code__startswith=place)
    return Division.objects.filter(reach, level=Division.Level.COUNTY).order_by("code")
