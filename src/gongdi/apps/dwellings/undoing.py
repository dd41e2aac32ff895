"""Taking back what a roll brought. Each step takes some thousand rows and says how many; none left, the next begins.

A later app that rests on dwellings (a vote's roll) adds a guard: GUARDS.append(lambda roll: "为什么不能撤销" or "").
"""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Exists, ForeignKey, OuterRef, QuerySet

from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings.models import (
    Building,
    Dwelling,
    DwellingImport,
    DwellingImportChange,
    FormerFigures,
    Owner,
    Ownership,
)
from gongdi.apps.dwellings.writing import restored

AT_ONCE = 5_000
Guard = Callable[[DwellingImport], str]
GUARDS: list[Guard] = []


def has_begun(roll: DwellingImport) -> bool:
    """Whether something of a roll has been taken back."""
    label = DwellingImport._meta.label_lower
    return Event.objects.filter(verb="dwellings.take_back_part", object_kind=label, object_id=str(roll.pk)).exists()


def hindrance(roll: DwellingImport) -> str:
    """Why a roll cannot be undone; "" when it can."""
    after = Ownership.objects.filter(dwelling__brought_by=roll).exclude(brought_by=roll)
    later = Dwelling.objects.filter(pk__in=after.values("dwelling"))
    if later.exists():
        where = _named(later)
        return (
            f"清册入库之后，其中的房屋又有新的产权变更（{where}），撤销会丢失它们。请改为逐户更正，或先撤销后来的清册。"
        )
    # Whichever was uploaded first: a roll may wait long before it is kept.
    other = DwellingImportChange.objects.exclude(brought_by=roll).filter(brought_by__state__in=["kept", "keeping"])
    touched = (
        ("dwelling", Dwelling.objects.filter(brought_by=roll)),
        ("owner", Owner.objects.filter(brought_by=roll)),
        ("ownership", Ownership.objects.filter(brought_by=roll)),
    )
    for kind, rows in touched:
        found = (
            other.filter(kind=kind, row_id__in=rows.values_list("pk", flat=True)).select_related("brought_by").first()
        )
        if found is not None:
            return f"后来入库的清册“{found.brought_by.file_name}”改动了这份清册带来的内容。请先撤销那一份。"
    resold = _passed_on(roll)
    if resold.exists():
        return f"清册变更过的房屋之后又办理了过户（{_named(resold)}）。请改为逐户更正，或先撤销后来的清册。"
    corrected = _corrected_since(roll) or _corrected_by_hand(roll)
    if corrected:
        return f"清册入库之后，其中的房屋或业主又有更正（{corrected}），撤销会丢失它们。请改为逐户更正。"
    resting = _resting_on(roll)
    if resting:
        return f"清册带来的房屋或业主已被“{resting}”使用，不能撤销。请先办理那里的事项，或改为逐户更正。"
    return next((why for guard in GUARDS if (why := guard(roll))), "")


def _passed_on(roll: DwellingImport) -> QuerySet[Dwelling]:
    """The dwellings of which the roll ended a spell that somebody else's has followed since, by hand or by another
    roll: were the old spell open again, a dwelling would be held twice."""
    ended = DwellingImportChange.objects.filter(brought_by=roll, kind="ownership").values("row_id")
    following = Ownership.objects.filter(dwelling=OuterRef("dwelling"), since__gte=OuterRef("until"))
    taken_up = Ownership.objects.filter(Exists(following.exclude(brought_by=roll)), pk__in=ended)
    return Dwelling.objects.filter(pk__in=taken_up.values("dwelling"))


def _named(rows: QuerySet[Dwelling]) -> str:
    """The dwelling that stands in the way, and how many more do."""
    first = rows.select_related("compound", "building").order_by("pk")[:1].get()
    count = rows.count()
    return f"{first.compound}{first}{f'等 {count} 户' if count > 1 else ''}"


def _row_named(row: Dwelling | Owner) -> str:
    return f"{row.compound}{row}" if isinstance(row, Dwelling) else f"{row.compound}业主 {row}"


def _corrected_since(roll: DwellingImport) -> str:
    """A row of which a value that the roll wrote over is no longer the one it wrote; "" for none."""
    for kind, model in (("dwelling", Dwelling), ("owner", Owner)):
        changes = DwellingImportChange.objects.filter(brought_by=roll, kind=kind).order_by("row_id", "pk")
        last = {change.row_id: change.after for change in changes.iterator(2000)}
        keys = list(last)
        for start in range(0, len(keys), AT_ONCE):
            rows = model._default_manager.in_bulk(keys[start : start + AT_ONCE])
            for pk, row in rows.items():
                if any(getattr(row, name) != value for name, value in last[pk].items()):
                    return _row_named(row)
    return ""


def _corrected_by_hand(roll: DwellingImport) -> str:
    """An owner or a dwelling that the roll itself brought and somebody corrected; "" for none."""
    verbs = (("correct_owner", Owner), ("merge_owner", Owner), ("correct_dwelling", Dwelling))
    for verb, model in ((f"dwellings.{verb}", model) for verb, model in verbs):
        told = Event.objects.filter(verb=verb, at__gte=roll.uploaded_at).values_list("object_id", flat=True)
        keys = [int(each) for each in told]
        for start in range(0, len(keys), AT_ONCE):
            row = model._default_manager.filter(brought_by=roll, pk__in=keys[start : start + AT_ONCE]).first()
            if row is not None:
                return _row_named(row)
    return ""


def _resting_on(roll: DwellingImport) -> str:
    """The name of what rests on a row that the roll brought, whichever app it belongs to; "" when nothing does."""
    own = {Building, Dwelling, Owner, Ownership, DwellingImportChange}
    for model in (Building, Dwelling, Owner):
        for relation in model._meta.related_objects:
            if relation.related_model in own or not isinstance(relation.field, ForeignKey):
                continue
            rows = relation.related_model._default_manager.filter(**{f"{relation.field.name}__brought_by": roll})
            if rows.exists():
                return str(relation.related_model._meta.verbose_name)
    return ""


def _some(rows: QuerySet) -> list[int]:  # type: ignore[type-arg]
    return list(rows.values_list("pk", flat=True)[:AT_ONCE])


def _spells(roll: DwellingImport) -> int:
    taken = _some(Ownership.objects.filter(brought_by=roll).order_by("pk"))
    return Ownership.objects.filter(pk__in=taken).delete()[0] if taken else 0


def _changes(roll: DwellingImport) -> int:
    models = {"dwelling": Dwelling, "owner": Owner, "ownership": Ownership}
    # The latest change of a row goes back first, so that the first value known wins.
    changes = list(DwellingImportChange.objects.filter(brought_by=roll).order_by("-pk")[:AT_ONCE])
    for change in changes:
        models[change.kind]._default_manager.filter(pk=change.row_id).update(**restored(change.before))
    DwellingImportChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
    return len(changes)


def _former_figures(roll: DwellingImport) -> int:
    taken = _some(FormerFigures.objects.filter(brought_by=roll).order_by("pk"))
    return FormerFigures.objects.filter(pk__in=taken).delete()[0] if taken else 0


def _dwellings(roll: DwellingImport) -> int:
    taken = _some(Dwelling.objects.filter(brought_by=roll).order_by("pk"))
    return Dwelling.objects.filter(pk__in=taken).delete()[0] if taken else 0


def _owners(roll: DwellingImport) -> int:
    idle = Owner.objects.filter(brought_by=roll).exclude(Exists(Ownership.objects.filter(owner=OuterRef("pk"))))
    taken = _some(idle.order_by("pk"))
    return Owner.objects.filter(pk__in=taken).delete()[0] if taken else 0


def _buildings(roll: DwellingImport) -> int:
    # What the roll did not tell of a building, somebody found out since; it stays with the building.
    lived_in = Exists(Dwelling.objects.filter(building=OuterRef("pk")))
    idle = Building.objects.filter(brought_by=roll, structure="", **dict.fromkeys(_FOUND_OUT)).exclude(lived_in)
    taken = _some(idle.order_by("pk"))
    return Building.objects.filter(pk__in=taken).delete()[0] if taken else 0


_FOUND_OUT = ("floors", "stairwells", "completed_year", "lifts", "area")
"""What of a building no roll of dwellings tells."""


def _forget(roll: DwellingImport) -> int:
    """Owners and buildings that something else rests on by now, or of which more is known, stay, no longer as this
    roll's."""
    kept = Owner.objects.filter(brought_by=roll).update(brought_by=None)
    return kept + Building.objects.filter(brought_by=roll).update(brought_by=None)


STEPS: tuple[tuple[str, Callable[[DwellingImport], int]], ...] = (
    ("产权", _spells),
    ("改动", _changes),
    ("沿革", _former_figures),
    ("房屋", _dwellings),
    ("业主", _owners),
    ("楼栋", _buildings),
    ("留用", _forget),
)
"""The steps in order, each with its word."""
