"""Moving everything from a provisional code to the real one, whatever app it belongs to.

Every row of the house says where it lies in a column `place` (a code) or by a foreign key to a division; both are
found from the models themselves, so that an app added later is moved too. The audit chain alone stays as written.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import CharField, Count, Field, ForeignKey, Model, OuterRef, Q, Subquery, UniqueConstraint, Value
from django.db.models.functions import Concat, Substr

from gongdi.apps.places.models import Compound, Division, DivisionCode

KEPT_AS_WRITTEN = {"audit"}
IN_JSON: dict[tuple[str, str], frozenset[str]] = {}
"""JSON columns that hold codes, by model and column: under which keys. IN_JSON["planning.Budget", "money"] = ..."""


def _columns() -> Iterator[tuple[type[Model], Field]]:  # type: ignore[type-arg]
    """Every column of the house that says where a row lies."""
    for name in settings.HOUSE_APPS:
        if name in KEPT_AS_WRITTEN:
            continue
        for model in apps.get_app_config(name).get_models():
            for field in model._meta.concrete_fields:
                coded = field.name == "place" and isinstance(field, CharField)
                linked = isinstance(field, ForeignKey) and field.related_model is Division
                if (coded or linked) and model not in (Division, DivisionCode):
                    yield model, field


def hindrances(provisional: Division, real: Division) -> list[str]:
    """What stands in the way of moving, in sentences; none when all can be moved."""
    found = []
    if Division.objects.filter(parent=provisional).exists():
        found.append(f"“{provisional}”之下还登记有区划，请先把它们归入。")
    names = Compound.objects.filter(county=real).values_list("name", flat=True)
    same = sorted(set(Compound.objects.filter(county=provisional, name__in=names).values_list("name", flat=True)))
    if same:
        shown = "、".join(f"“{name}”" for name in same[:5])
        more = f"等 {len(same)} 个" if len(same) > 5 else ""
        found.append(f"{real}已有同名小区{shown}{more}，请先核对是否同一小区，必要时撤销其中一份名单。")
    for model, field in _columns():
        if isinstance(field, CharField) and _clashes(model, provisional.code, real.code):
            found.append(f"{real}已有相同的{model._meta.verbose_name}，请先处理其中一份。")
    return found


def _clashes(model: type[Model], old: str, new: str) -> bool:
    """Whether a row at the old code and one at the new would break a constraint that the code is part of."""
    rows = model._default_manager
    alike: list[tuple[tuple[str, ...], Q]] = []
    if model._meta.get_field("place").unique:  # type: ignore[union-attr]
        alike.append(((), Q()))
    for each in model._meta.constraints:
        if isinstance(each, UniqueConstraint) and "place" in each.fields:
            alike.append((tuple(name for name in each.fields if name != "place"), each.condition or Q()))
    for others, condition in alike:
        at_new = set(rows.filter(condition, place=new).values_list("pk", *others))
        told = {row[1:] for row in at_new}
        if any(row[1:] in told for row in rows.filter(condition, place=old).values_list("pk", *others)):
            return True
    return False


def move(provisional: Division, real: Division) -> dict[str, int]:
    """Move every row; how many of each kind. Ask `hindrances` before."""
    moved: dict[str, int] = {}
    for model, field in _columns():
        rows = model._default_manager
        if isinstance(field, CharField):
            tail = Concat(Value(real.code), Substr("place", len(provisional.code) + 1))
            count = rows.filter(place__startswith=provisional.code).update(place=tail)
            if any(each.name == "place_name" for each in model._meta.concrete_fields):
                rows.filter(place=real.code, place_name=provisional.name).update(place_name=real.name)
        else:
            count = rows.filter(**{field.name: provisional}).update(**{field.attname: real.pk})
        if count:
            word = str(model._meta.verbose_name)
            moved[word] = max(moved.get(word, 0), count)
    for (label, column), keys in IN_JSON.items():
        _recode(apps.get_model(label), column, keys, provisional.code, real.code)
    return moved


def _recode(model: type[Model], column: str, keys: frozenset[str], old: str, new: str) -> None:
    """Write the codes inside a JSON column anew, in the rows that hold the old one."""
    changed = []
    for row in model._default_manager.filter(**{f"{column}__icontains": old}).order_by("pk").iterator(50):
        told = getattr(row, column)
        written = recoded(told, old, new, keys)
        if written != told:
            setattr(row, column, written)
            changed.append(row)
    model._default_manager.bulk_update(changed, [column], batch_size=50)


def recoded(value: Any, old: str, new: str, keys: Collection[str], inside: bool = False) -> Any:
    """JSON data with every code that begins with an old one beginning with the new one, under some keys only."""
    if isinstance(value, dict):
        return {
            recoded(key, old, new, keys, inside): recoded(each, old, new, keys, inside or key in keys)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [recoded(each, old, new, keys, inside) for each in value]
    coded = inside and isinstance(value, str) and value.isdecimal() and value.startswith(old)
    return new + value[len(old) :] if coded else value


def counts_at(provisional: Division) -> list[tuple[str, int]]:
    """What lies under a provisional code, by kind in words, for a look before moving it; one query for all kinds."""
    columns = list(_columns())
    counts: dict[str, Subquery] = {}
    for number, (model, field) in enumerate(columns):
        at = Q(place__startswith=provisional.code) if isinstance(field, CharField) else Q(**{field.name: provisional})
        rows = model._default_manager.filter(at).order_by().annotate(all_rows=Value(1)).values("all_rows")
        counts[f"count_{number}"] = Subquery(rows.annotate(how_many=Count("pk")).values("how_many"))
    told = Division.objects.filter(pk=provisional.pk).annotate(**counts).values(*counts).get()
    found: dict[str, int] = {}
    for number, (model, _) in enumerate(columns):
        word, count = str(model._meta.verbose_name), told[f"count_{number}"] or 0
        if count:
            found[word] = max(found.get(word, 0), count)
    return list(found.items())


def follow(compounds: Sequence[int]) -> None:
    """Let the rows of any app that belong to a compound and keep its place follow compounds that lie elsewhere now."""
    if not compounds:
        return
    where = Compound.objects.filter(pk=OuterRef("compound")).values("place")[:1]
    for model, field in _columns():
        linked = next((each for each in model._meta.concrete_fields if each.name == "compound"), None)
        if not isinstance(field, CharField):
            continue
        if linked is not None and linked.related_model is Compound:
            model._default_manager.filter(compound__in=compounds).update(place=Subquery(where))
        elif any(each.name == "compound_pk" for each in model._meta.concrete_fields):
            # Apps below places (files) know a compound by its number alone.
            by_number = Compound.objects.filter(pk=OuterRef("compound_pk")).values("place")[:1]
            model._default_manager.filter(compound_pk__in=compounds).update(place=Subquery(by_number))
