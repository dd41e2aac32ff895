"""The past of dwellings' areas and uses (房屋沿革): kept when they change, read back for the roll of an earlier day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from gongdi.apps.dwellings.models import Dwelling, DwellingImport, FormerFigures
from gongdi.apps.places.services import RefusedError
from gongdi.core.ownership.figures import Figures, Former, figures_on

FIGURES = ("area", "area_basis", "use")
_AT_ONCE = 900


def as_they_were(rows: Iterable[Dwelling], day: date) -> list[Dwelling]:
    """The dwellings with the area and use that they had on a day. The rows are for reading; do not save them."""
    found = list(rows)
    former: dict[int, list[Former]] = {}
    compounds = {row.compound_id for row in found}
    ended = FormerFigures.objects.filter(dwelling__compound__in=compounds, until__gt=day)
    for pk, until, *values in ended.values_list("dwelling", "until", *FIGURES):
        former.setdefault(pk, []).append(Former(until, Figures(*values)))
    for row in found:
        if row.pk in former:
            held = figures_on(day, Figures(row.area, row.area_basis, row.use), former[row.pk])
            row.area, row.area_basis, row.use = held.area, held.area_basis, held.use
    return found


def keep_former(row: Dwelling, columns: Mapping[str, Any], on: date, why: str) -> None:
    """Keep the area and use that a dwelling had before a day, when one of them changes on it.

    Raises:
        RefusedError: a change on that day or a later one is already kept.
    """
    if all(columns.get(name, getattr(row, name)) == getattr(row, name) for name in FIGURES):
        return
    last = FormerFigures.objects.filter(dwelling=row).order_by("-until").first()
    if last is not None and on <= last.until:
        raise RefusedError(f"{row} 的面积或用途在 {last.until} 已变更过一次，新的变更日期须晚于它。请核对日期。")
    values = {name: getattr(row, name) for name in FIGURES}
    FormerFigures.objects.create(dwelling=row, until=on, why=why[:500], **values)


def keep_formers(told: Mapping[int, tuple[Mapping[str, Any], Mapping[str, Any]]], roll: DwellingImport) -> None:
    """Keep what dwellings were before the day of a roll that changes them: by key, the columns before and the new ones.

    A roll older than the last change of a dwelling corrects it and begins no new spell.
    """
    changed = [pk for pk, (_, new) in told.items() if any(name in new for name in FIGURES)]
    later: set[int] = set()
    for start in range(0, len(changed), _AT_ONCE):
        kept = FormerFigures.objects.filter(dwelling__in=changed[start : start + _AT_ONCE], until__gte=roll.as_of)
        later.update(kept.values_list("dwelling", flat=True))
    FormerFigures.objects.bulk_create(
        (
            FormerFigures(
                dwelling_id=pk, until=roll.as_of, why=f"房屋清册“{roll.file_name}”"[:500], brought_by=roll,
                **{name: told[pk][0][name] for name in FIGURES},
            )
            for pk in changed if pk not in later
        ),
        batch_size=1000,
    )  # fmt: skip
