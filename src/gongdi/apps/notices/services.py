"""Writes about notices: each one verb, one transaction, one audit event."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.audit.services import record
from gongdi.apps.files.models import Attachment
from gongdi.apps.files.preparing import ReadyFile
from gongdi.apps.files.services import keep_attachment
from gongdi.apps.notices.files import attached_to, carry_files, lack_of
from gongdi.apps.notices.models import IN_FORCE, Notice, NoticeFile, Posting
from gongdi.apps.notices.queries import hindrances_of
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.services import RefusedError
from gongdi.apps.workdays.known import calendar
from gongdi.core.notices.period import Length, Unit, counted_from, last_day
from gongdi.core.workdays import UnknownYear
from gongdi.web import clock

State = Notice.State


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice says: its title, its text, whom to ask; for a list of compounds, these."""

    title: str
    text: str
    contact: str
    listed: Sequence[Compound] = ()


def locked(notice: Notice, *states: str) -> Notice:
    """The notice, locked and fresh, in one of some states.

    With it every version of it, in the order of their keys: a step of one may touch another, and whoever asks what is
    on show holds them in that order too.

    Raises:
        RefusedError: it stands elsewhere by now.
    """
    rows = Notice.objects.select_for_update(of=("self",)).select_related("compound").filter(series=notice.series)
    current = {row.pk: row for row in rows.order_by("pk")}[notice.pk]
    if current.state not in states:
        raise RefusedError(f"这份公示{current.get_state_display()}，不能办理这一步。请刷新页面。")
    return current


def hold_notices_about(object_kind: str, object_ids: Collection[int]) -> None:
    """Hold every notice about some objects until the transaction ends, drafts too, in the order of their keys.

    For whoever goes on with an object only when nothing on show hinders it (`queries.hindrances_for`): an objection
    that is being raised is waited for and then seen, and none is raised until what was decided stands.
    """
    rows = Notice.objects.select_for_update().filter(object_kind=object_kind, object_id__in=object_ids)
    len(rows.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def draft_notice(
    *, kind: str, words: Words, where: Compound | Division, about: NamedObject | None = None, by: User | None,
    now: datetime,
) -> Notice:  # fmt: skip
    """Draft a notice about a compound, or about a street or county (起草公示); it may point at any object."""
    compound = where if isinstance(where, Compound) else None
    code = secrets.token_urlsafe(12)
    notice = Notice.objects.create(
        kind=kind, title=words.title, text=words.text, contact=words.contact, compound=compound,
        place=where.place if isinstance(where, Compound) else where.code, place_name=where.name, code=code, series=code,
        object_kind=about.kind if about else "", object_id=about.id if about else None,
        object_name=about.name[:200] if about else "", made_at=now, made_by=by,
    )  # fmt: skip
    notice.listed.set(words.listed)
    after = {"kind": notice.get_kind_display(), "title": words.title, "about": notice.object_name}
    record("notices.draft_notice", by=by, on=notice, after=after, place=notice.place, at=now)
    return notice


@transaction.atomic
def edit_notice(*, notice: Notice, words: Words, about: NamedObject | None, by: User, now: datetime) -> Notice:
    """Change the words of a draft (修改公示草稿), and what it is about; a correction stays about the same."""
    current = locked(notice, State.DRAFT)
    before = {"title": current.title, "about": current.object_name}
    current.title, current.text, current.contact = words.title, words.text, words.contact
    if current.version == 1:
        current.object_kind, current.object_id = (about.kind, about.id) if about else ("", None)
        current.object_name = about.name[:200] if about else ""
    current.save(update_fields=["title", "text", "contact", "object_kind", "object_id", "object_name"])
    current.listed.set(words.listed)
    after = {"title": words.title, "about": current.object_name}
    record("notices.edit_notice", by=by, on=current, before=before, after=after, place=current.place, at=now)
    return current


@transaction.atomic
def attach_file(
    *, notice: Notice, file: ReadyFile, note: str, by: User | None, now: datetime, part: str = NoticeFile.Part.OTHER
) -> Attachment:
    """Put a file or photo to a draft (添加公示附件): it is published with it, as anybody may have it."""
    current = locked(notice, State.DRAFT)
    row = keep_attachment(file=file, to=attached_to(current, current), by=by, now=now, note=note)
    made = NoticeFile.objects.create(notice=current, attachment=row, part=part)
    after = {"file": row.file_name, "kind": made.get_part_display()}
    record("notices.attach_file", by=by, on=current, after=after, place=current.place, at=now)
    return row


@transaction.atomic
def publish_notice(
    *, notice: Notice, starts_on: date, length: Length, basis: str, by: User | None, now: datetime
) -> Notice:
    """Publish a draft for a length of time with its reason (发布公示); a corrected version takes the old one's place.

    Raises:
        RefusedError: it would start in the past, says no reason for its length, a year's holidays are not known, or
            it is a works notice without the rendering that the policy in force asks for.
    """
    current = locked(notice, State.DRAFT)
    if starts_on < clock.local_date(now):
        raise RefusedError("公示不能从过去的日期开始。请填今天或以后。")
    if not basis.strip():
        raise RefusedError("请写明公示期限的依据：哪份文件哪一条，或怎样商定的。")
    lack = lack_of(current)
    if lack is not None and lack.clause:
        raise RefusedError(str(lack))
    current.starts_on, current.days, current.unit, current.basis = starts_on, length.count, length.unit, basis[:300]
    current.ends_on = _end(current)
    current.state, current.published_at = State.PUBLISHED, now
    current.save(update_fields=["starts_on", "days", "unit", "basis", "ends_on", "state", "published_at"])
    older = Notice.objects.filter(series=current.series, version__lt=current.version, state__in=IN_FORCE)
    older.update(state=State.SUPERSEDED)
    after = {"starts_on": str(starts_on), "ends_on": str(current.ends_on), "version": current.version}
    record("notices.publish_notice", by=by, on=current, after=after, why=basis, place=current.place, at=now)
    return current


def _end(notice: Notice) -> date:
    """The last day, counted from the start or the first posting."""
    assert notice.starts_on is not None
    assert notice.days is not None
    length = Length(notice.days, Unit(notice.unit))
    found = last_day(counted_from(notice.starts_on, notice.started_on), length, calendar())
    if isinstance(found, UnknownYear):
        raise RefusedError(f"{found.why}录入后再办，或改按自然日公示。")
    return found


@transaction.atomic
def correct_notice(*, notice: Notice, words: Words, why: str, by: User, now: datetime) -> Notice:
    """Draft a corrected version (更正公示): once published, it takes the old one's place and the period starts anew.

    It has the files of the old one; those that are wrong are withdrawn from the draft.

    Raises:
        RefusedError: a correction is drafted already.
    """
    current = locked(notice, *IN_FORCE)
    if Notice.objects.filter(series=current.series, version__gt=current.version).exclude(state=State.WITHDRAWN):
        raise RefusedError("这份公示已有更正草稿。请在草稿上修改。")
    latest = Notice.objects.filter(series=current.series).order_by("-version")[0]
    made = Notice.objects.create(
        kind=current.kind, title=words.title, text=words.text, contact=words.contact, compound=current.compound,
        place=current.place, place_name=current.place_name, code=secrets.token_urlsafe(12), series=current.series,
        version=latest.version + 1, why_corrected=why, object_kind=current.object_kind, object_id=current.object_id,
        object_name=current.object_name, made_at=now, made_by=by,
    )  # fmt: skip
    made.listed.set(words.listed)
    carried = carry_files(old=current, new=made, by=by, now=now)
    after = {"version": made.version, "title": words.title, "file": carried}
    record("notices.correct_notice", by=by, on=made, after=after, why=why, place=made.place, at=now)
    return made


@transaction.atomic
def record_posting(
    *, notice: Notice, posted_on: date, spot: str, photos: Sequence[ReadyFile], by: User | None, now: datetime
) -> Posting:
    """Record that a notice was put up (登记张贴), with photos as proof; a first posting late moves the period's end.

    Raises:
        RefusedError: it is no longer shown, or the day lies ahead or before the publication.
    """
    current = locked(notice, State.PUBLISHED, State.ENDED)
    assert current.published_at is not None
    if not clock.local_date(current.published_at) <= posted_on <= clock.local_date(now):
        raise RefusedError("张贴日期应在发布之后、今天之前。请核对。")
    row = Posting.objects.create(
        notice=current, posted_on=posted_on, spot=spot[:100], recorded_at=now, recorded_by=by
    )  # fmt: skip
    for photo in photos:
        keep_attachment(file=photo, to=attached_to(row, current), by=by, now=now, note=f"张贴在{spot}"[:200])
    current.started_on = posted_on if current.started_on is None else min(current.started_on, posted_on)
    current.ends_on = _end(current)
    if current.ended_on is not None and current.ended_on < current.ends_on:
        current.state, current.ended_on = State.PUBLISHED, None
    current.save(update_fields=["started_on", "ends_on", "state", "ended_on"])
    after = {"posted_on": str(posted_on), "spot": spot, "photos": len(photos), "ends_on": str(current.ends_on)}
    record("notices.record_posting", by=by, on=row, after=after, place=current.place, at=now)
    return row


@transaction.atomic
def end_notice(*, notice: Notice, ended_on: date, by: User | None, now: datetime) -> Notice:
    """Record the day on which a notice was taken down after its period (公示期满).

    Raises:
        RefusedError: the period is not over, or the day lies before its end or ahead.
    """
    current = locked(notice, State.PUBLISHED)
    assert current.ends_on is not None
    today = clock.local_date(now)
    if today <= current.ends_on:
        raise RefusedError(f"公示到 {current.ends_on} 为止，期满后第二天再办。")
    if not current.ends_on <= ended_on <= today:
        raise RefusedError(f"撤下日期应在 {current.ends_on} 和今天之间；提前撤下的，请更正后重新公示。")
    current.state, current.ended_on = State.ENDED, ended_on
    current.save(update_fields=["state", "ended_on"])
    record("notices.end_notice", by=by, on=current, after={"ended_on": str(ended_on)}, place=current.place, at=now)
    return current


@transaction.atomic
def finish_notice(*, notice: Notice, by: User | None, now: datetime) -> Notice:
    """Make a notice final (公示生效).

    Raises:
        RefusedError: something keeps it from that: its end, an open objection, no proof of posting.
    """
    current = locked(notice, State.ENDED)
    found = hindrances_of(current, clock.local_date(now))
    if found:
        raise RefusedError("还不能生效。" + "".join(map(str, found)))
    current.state, current.final_at = State.FINAL, now
    current.save(update_fields=["state", "final_at"])
    record("notices.finish_notice", by=by, on=current, after={"state": "已生效"}, place=current.place, at=now)
    return current


@transaction.atomic
def withdraw_notice(*, notice: Notice, why: str, by: User, now: datetime) -> Notice:
    """Withdraw a notice that is not final (撤回公示), with the reason; its public page then says so."""
    current = locked(notice, State.DRAFT, State.PUBLISHED, State.ENDED)
    before = {"state": current.get_state_display()}
    current.state, current.why_withdrawn = State.WITHDRAWN, why
    current.save(update_fields=["state", "why_withdrawn"])
    record("notices.withdraw_notice", by=by, on=current, before=before, why=why, place=current.place, at=now)
    return current
