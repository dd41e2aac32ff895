"""Writes about lists of contents and the written application that is filed with them."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.consultation.models import ContentLine, ContentList, Round
from gongdi.apps.consultation.queries import everyone_of, results_of, superseded
from gongdi.apps.consultation.services import locked
from gongdi.apps.notices.queries import hindrances_for
from gongdi.apps.notices.services import hold_notices_about
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.core.consultation.choosing import departures
from gongdi.core.consultation.prices import total_of
from gongdi.core.notices.finishing import Hindrance
from gongdi.web import clock


@transaction.atomic
def fix_content_list(
    *, round: Round, chosen: Collection[int], reasons: Mapping[int, str], by: User, now: datetime
) -> ContentList:  # fmt: skip
    """Fix the list of contents (确定改造内容清单) from a closed round; a new one replaces the last, both stay.

    Raises:
        RefusedError: nothing is chosen, an item departs from the wishes without a reason, an objection to the
            published results waits, or one to a list before this has no answer.
    """
    current = locked(round, Round.State.CLOSED)
    today = clock.local_date(now)
    hold_notices_about(Round._meta.label_lower, [current.pk])
    _must_pass(hindrances_for(Round._meta.label_lower, [current.pk], today, must_end=False))
    # The new list is what an accepted objection to the last one asks for.
    earlier = _all_lists(current.compound)
    hold_notices_about(ContentList._meta.label_lower, earlier)
    _must_pass(hindrances_for(ContentList._meta.label_lower, earlier, today, must_end=False, revising=True))
    results = results_of(current)
    if not set(chosen) & results.whole.cells.keys():
        raise RefusedError("至少列入一项内容。")
    departing = departures(chosen, results.whole.cells)
    bare = [row.name for row in results.items if row.number in departing and not reasons.get(row.number, "").strip()]
    if bare:
        raise RefusedError(f"与居民意愿不一致的内容须写明原因：{'、'.join(bare)}。")
    version = current.content_lists.count() + 1
    made = ContentList.objects.create(
        round=current, compound=current.compound, version=version, fixed_at=now, fixed_by=by
    )
    everyone, cells = everyone_of(current), results.whole.cells
    ContentLine.objects.bulk_create(
        ContentLine(
            content_list=made, menu_item=row, chosen=row.number in chosen, reason=reasons.get(row.number, "")[:300]
            if row.number in departing else "", wants=cells[row.number].wants, without=cells[row.number].without,
            against=cells[row.number].against, total=total_of(row.price, everyone),
        )
        for row in results.items
    )  # fmt: skip
    after = {"version": version, "items": [row.name for row in results.items if row.number in chosen]}
    record("consultation.fix_content_list", by=by, on=made, after=after, place=current.compound.place, at=now)
    return made


def _all_lists(compound: Compound) -> list[int]:
    """The lists of a compound, those replaced too: a new list does not answer what was objected to the last one."""
    return list(ContentList.objects.filter(compound=compound).values_list("pk", flat=True))


def hindrances_of_filing(compound: Compound, today: date) -> list[Hindrance]:
    """Why the written application of a compound cannot be filed yet: notices of any of its lists."""
    return hindrances_for(ContentList._meta.label_lower, _all_lists(compound), today)


def _must_pass(found: Sequence[Hindrance]) -> None:
    if found:
        raise RefusedError("".join(map(str, found)))


@transaction.atomic
def file_application(
    *, content_list: ContentList, filed_on: date, applicant: str, receiver: str, today: date, by: User, now: datetime
) -> ContentList:  # fmt: skip
    """Note that the written application was handed in (登记书面申请): on which day, by whom, to whom.

    Raises:
        RefusedError: it is filed already, or on a day to come, or a later list took its place, or the list is on
            show, or an objection to it or to one before it waits.
    """
    locked(content_list.round)
    current = ContentList.objects.select_for_update(of=("self",)).get(pk=content_list.pk)
    if current.filed_on is not None:
        raise RefusedError(f"书面申请已在 {current.filed_on} 登记。")
    if superseded(current):
        raise RefusedError("后来又确定了新的清单。请在新的清单上登记书面申请。")
    hold_notices_about(ContentList._meta.label_lower, _all_lists(current.compound))
    _must_pass(hindrances_of_filing(current.compound, today))
    if filed_on > today:
        raise RefusedError("申请日期不能晚于今天。")
    current.filed_on, current.applicant, current.receiver = filed_on, applicant, receiver
    current.save(update_fields=["filed_on", "applicant", "receiver"])
    after = {"filed_on": filed_on.isoformat(), "applicant": applicant, "receiver": receiver}
    record("consultation.file_application", by=by, on=current, after=after, place=content_list.compound.place, at=now)
    return current
