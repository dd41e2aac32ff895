"""Undoing a kept roster: what it did is remembered as it is kept, so that it can be taken back as one step.

Compounds that it listed go; figures that it changed are as before; its facts go with it where nothing has followed
them. A fact that a person has updated since stays in that fact's history, since what stands now is not the roster's.
A later app whose rows name a compound without a foreign key adds a guard: GUARDS.append(lambda compounds: [...]).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import ForeignObjectRel, Model

from gongdi.apps.accounts.models import PostObject
from gongdi.apps.places import remapping
from gongdi.apps.places.models import Compound, CompoundFact, RosterChange, RosterImport
from gongdi.apps.places.stages import Stage

COLUMNS = (
    "address", "buildings", "households", "area", "cost_total", "cost_basis", "street", "community", "place",
)  # fmt: skip
"""The columns of a compound that a roster may change."""
TITLES = {
    name: str(Compound._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
    for name in COLUMNS
}
Guard = Callable[[Sequence[Compound]], list[str]]
GUARDS: list[Guard] = []
"""From the compounds that would go to sentences on what else rests on them."""


def figures_of(compound: Compound) -> dict[str, Any]:
    """The columns that a roster may change, as JSON."""
    found = {name: getattr(compound, Compound._meta.get_field(name).attname) for name in COLUMNS}  # type: ignore[union-attr]
    return {**found, "changed_at": compound.changed_at.isoformat()}


def created(roster: RosterImport, compound: Compound) -> RosterChange:
    """The memory of a compound that a roster listed."""
    return RosterChange(roster=roster, compound=compound, created=True, after=figures_of(compound))


def changed(roster: RosterImport, compound: Compound, before: dict[str, Any]) -> RosterChange:
    """The memory of a compound whose figures or facts a roster changed."""
    return RosterChange(roster=roster, compound=compound, created=False, before=before, after=figures_of(compound))


def hindrances(roster: RosterImport) -> list[str]:
    """Why a roster cannot be undone, each with the compounds by name; none when it can."""
    rows = list(RosterChange.objects.filter(roster=roster).select_related("compound"))
    if not rows and (roster.counts.get("created") or roster.counts.get("changed")):
        return ["这份名单入库时还没有留下可撤销的记录，请改为逐个更正。"]
    listed = [row.compound for row in rows if row.created]
    found = [*_later_rosters(roster, rows), *_changed_since(rows), *_moved(listed), *_facts_since(roster, listed)]
    found += _rows_resting_on(listed)
    for guard in GUARDS:
        found += guard(listed)
    return found


def _named(compounds: Sequence[Compound]) -> str:
    names = list(dict.fromkeys(f"“{row.name}”" for row in compounds))
    return "、".join(names[:3]) + (f"等 {len(names)} 个小区" if len(names) > 3 else "")


def _later_rosters(roster: RosterImport, rows: Sequence[RosterChange]) -> list[str]:
    later = RosterChange.objects.filter(
        roster__state=RosterImport.State.KEPT, roster__pk__gt=roster.pk, compound__in=[row.compound_id for row in rows]
    ).select_related("roster", "compound")
    by_file: dict[str, list[Compound]] = defaultdict(list)
    for row in later:
        by_file[row.roster.file_name].append(row.compound)
    return [
        f"后来入库的名单“{name}”又改动了{_named(compounds)}，请先撤销那一份。" for name, compounds in by_file.items()
    ]


def _changed_since(rows: Sequence[RosterChange]) -> list[str]:
    """Figures that somebody has changed since: putting the old ones back would lose what they did."""
    touched: dict[str, list[Compound]] = defaultdict(list)
    for row in rows:
        now = figures_of(row.compound)
        for name in COLUMNS:
            theirs = row.created or row.before.get(name) != row.after[name]
            if theirs and now[name] != row.after[name]:
                touched[TITLES[name]].append(row.compound)
    return [f"{_named(compounds)}的{title}在入库之后又有改动，请先核对。" for title, compounds in touched.items()]


def _moved(listed: Sequence[Compound]) -> list[str]:
    moved = [row for row in listed if row.stage != Stage.CONCEIVED]
    return [f"{_named(moved)}已转入后面的阶段，请先退回。"] if moved else []


def _facts_since(roster: RosterImport, listed: Sequence[Compound]) -> list[str]:
    pks = CompoundFact.objects.filter(compound__in=listed).exclude(brought_by=roster).values_list("compound", flat=True)
    told = set(pks)
    known = [row for row in listed if row.pk in told]
    return [f"{_named(known)}已另外记录了情况，撤销会丢失它们。"] if known else []


def _rows_resting_on(listed: Sequence[Compound]) -> list[str]:
    """Rows of any app that point to a compound which would go, and posts tied to it."""
    by_pk = {row.pk: row for row in listed}
    found = []
    for relation in Compound._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or not (relation.one_to_many or relation.one_to_one):
            continue
        model: type[Model] = relation.related_model
        if model in (CompoundFact, RosterChange):
            continue
        column = relation.field.attname
        rows = model._default_manager.filter(**{f"{relation.field.name}__in": by_pk}).values_list(column, flat=True)
        resting = [by_pk[pk] for pk in sorted(set(rows))]
        if resting:
            found.append(f"{_named(resting)}已有{model._meta.verbose_name}，请先处理。")
    tied = PostObject.objects.filter(object_kind=Compound._meta.label_lower, object_id__in=by_pk)
    held = [by_pk[pk] for pk in sorted(set(tied.values_list("object_id", flat=True)))]
    return [*found, f"{_named(held)}已有岗位对应，请先调整岗位对象。"] if held else found


def take_back(roster: RosterImport) -> dict[str, int]:
    """Take back all that a roster did; what was taken back, counted. Ask `hindrances` before."""
    rows = list(RosterChange.objects.filter(roster=roster).select_related("compound"))
    facts = CompoundFact.objects.filter(brought_by=roster)
    updated = facts.exclude(superseded_by=None).count()
    gone, _ = facts.filter(superseded_by=None).delete()
    laid = {row.compound_id: row.compound.place for row in rows}
    back = [_restored(row) for row in rows if not row.created]
    names = [*COLUMNS, "changed_at"]
    Compound.objects.bulk_update(back, names, batch_size=200)
    remapping.follow([row.pk for row in back if row.place != laid[row.pk]])
    listed = [row.compound_id for row in rows if row.created]
    RosterChange.objects.filter(roster=roster).delete()
    Compound.objects.filter(pk__in=listed).delete()
    return {"compounds_gone": len(listed), "compounds_restored": len(back), "facts_gone": gone, "facts_left": updated}


def _restored(row: RosterChange) -> Compound:
    compound = row.compound
    for name in COLUMNS:
        if row.before[name] != row.after[name]:
            setattr(compound, Compound._meta.get_field(name).attname, row.before[name])  # type: ignore[union-attr]
    if compound.changed_at == datetime.fromisoformat(row.after["changed_at"]):
        compound.changed_at = datetime.fromisoformat(row.before["changed_at"])
    return compound
