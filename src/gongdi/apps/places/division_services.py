"""Writes about divisions: codes mapped between systems, changes recorded, provisional codes given up for real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places import remapping
from gongdi.apps.places.models import Compound, Division, DivisionChange, DivisionCode
from gongdi.apps.places.services import RefusedError
from gongdi.apps.places.standing import changes, code_today, namings_of
from gongdi.core.divisions import Change, ChangeKind, Naming, System, fault_of_change
from gongdi.web import clock


@transaction.atomic
def map_code(  # noqa: PLR0913 -- a row of the mapping, said whole
    *,
    division: Division,
    system: str,
    code: str,
    source: str,
    by: User | None,
    now: datetime,
    since: date | None = None,
    until: date | None = None,
) -> DivisionCode:
    """Say which code a division bears in a system, from when to when, and where that is from (登记代码对照)."""
    if since is not None and until is not None and until < since:
        raise RefusedError("停用日期早于启用日期。请核对两个日期。")
    new = Naming(division.pk, System(system), code, since, until)
    for known in namings_of(system, code):
        if known.meets(new):
            other = Division.objects.get(pk=known.division)
            raise RefusedError(f"代码 {code} 在这段时间内已是“{other}”的。请核对代码体系和起止日期。")
    row = DivisionCode.objects.create(
        division=division, system=system, code=code, since=since, until=until, source=source[:200]
    )
    after = {"division": division.name, "system": row.get_system_display(), "code": code, "source": source}
    record("places.map_code", by=by, on=division, after=after, place=division.code, at=now)
    return row


@dataclass(frozen=True, slots=True)
class NewChange:
    """A change of divisions to be recorded; `day_known` is false when only the rough time is."""

    kind: str
    on: date
    former: Sequence[Division]
    later: Sequence[Division]
    notice: str
    note: str = ""
    day_known: bool = True


@transaction.atomic
def record_change(*, change: NewChange, by: User | None, now: datetime) -> DivisionChange:
    """Record a change of divisions (登记区划调整): the former ones end the day before, compounds in them lie where
    these became something certain; their recorded street stays."""
    former, later = frozenset(row.pk for row in change.former), frozenset(row.pk for row in change.later)
    told = Change(change.on, ChangeKind(change.kind), former, later)
    fault = fault_of_change(told)
    if fault is None and told in changes():
        fault = "同样的调整已经登记过。"
    if fault is None and len({row.level for row in (*change.former, *change.later)}) > 1:
        fault = "调整前后的区划不是同一级别。请分别登记。"
    fault = fault or _fault_of_day(change, clock.local_date(now))
    if fault is not None:
        raise RefusedError(fault)
    row = DivisionChange.objects.create(
        kind=change.kind, on=change.on, day_known=change.day_known, notice=change.notice[:200], note=change.note[:500],
        recorded_at=now, recorded_by=by,
    )  # fmt: skip
    row.former.set(change.former)
    row.later.set(change.later)
    ended = former - later
    Division.objects.filter(pk__in=ended, valid_until=None).update(valid_until=change.on - timedelta(days=1))
    Division.objects.filter(pk__in=later - former, valid_from=None).update(valid_from=change.on)
    moved = _lay_again(ended)
    after = {
        "kind": row.get_kind_display(), "former": [each.name for each in change.former],
        "later": [each.name for each in change.later], "on": str(change.on), "notice": change.notice,
        "compounds": moved,
    }  # fmt: skip
    place = change.later[0].code
    record("places.record_change", by=by, on=row, after=after, why=change.note, place=place, at=now)
    return row


def _fault_of_day(change: NewChange, today: date) -> str | None:
    """Why a change cannot be of its day: compounds are laid again at once, and what has ended cannot end."""
    if change.on > today:
        return "生效日期不能晚于今天：小区会立即按调整后的计。请生效以后再登记。"
    gone = {pk: told.on for told in changes() for pk in told.sources - told.targets}
    for each in change.former:
        if each.pk in gone:
            return f"“{each.name}”已于 {gone[each.pk]} 并入或撤销，不能再调整。请核对调整前的区划。"
    return None


def _lay_again(ended: frozenset[int]) -> int:
    """Lay the compounds of ended divisions where they are today; how many came to another code."""
    inside = Compound.objects.filter(street__in=ended) | Compound.objects.filter(community__in=ended)
    rows = list(inside.select_related("county", "street", "community").order_by("pk"))
    known: dict[tuple[int | None, int | None], str] = {}
    moved = []
    for row in rows:
        key = row.street_id, row.community_id
        if key not in known:
            known[key] = code_today(row.county, row.street, row.community)
        if row.place != known[key]:
            row.place = known[key]
            moved.append(row)
    Compound.objects.bulk_update(moved, ["place"], batch_size=500)
    remapping.follow([row.pk for row in moved])
    return len(moved)


@transaction.atomic
def remap_division(*, provisional: Division, real: Division, why: str, by: User | None, now: datetime) -> int:
    """Give all that lies under a provisional code (暂编代码) to the real division (归入正式区划); how many rows moved.

    Compounds, posts, plans, packs in force and whatever else names the code or the division move in one transaction.

    Raises:
        RefusedError: something stands in the way, named.
    """
    locked = list(Division.objects.select_for_update().filter(pk__in=[provisional.pk, real.pk]))
    if len(locked) < 2 or provisional.system != System.OWN or real.system == System.OWN:
        raise RefusedError("只能把暂编代码的区划归入有正式代码的区划。请核对两者。")
    if provisional.level != real.level or real.valid_until is not None:
        raise RefusedError(f"“{real}”已撤销或级别不同，不能归入。请选择现行的同级区划。")
    hindrances = remapping.hindrances(provisional, real)
    if hindrances:
        raise RefusedError(f"没有归入，什么都没有改动。{''.join(hindrances)}")
    moved = remapping.move(provisional, real)
    before = {"code": provisional.code, "name": provisional.name}
    after = {"code": real.code, "name": real.name, **moved}
    record("places.remap_division", by=by, on=real, before=before, after=after, why=why, place=real.code, at=now)
    provisional.delete()
    return sum(moved.values())
