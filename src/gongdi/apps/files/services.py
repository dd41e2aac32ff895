"""Writes about attachments: each one verb, one transaction, one audit event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.files.models import Attachment
from gongdi.apps.files.preparing import ReadyFile
from gongdi.web.refusing import RefusedError as RefusedError
from gongdi.web.uploads import keep_file


@dataclass(frozen=True, slots=True)
class AttachedTo:
    """The object a file is about: its model's label, its number, its name; where it lies; its compound, if any."""

    kind: str
    pk: int
    name: str
    place: str
    compound_pk: int | None = None


@transaction.atomic
def keep_attachment(
    *, file: ReadyFile, to: AttachedTo, by: User | None, now: datetime, note: str = "", device_digest: str = ""
) -> Attachment:
    """Keep a prepared file with the object it is about (上传附件)."""
    about, taken = file.about, file.taken
    kept = keep_file([file.content])
    row = Attachment.objects.create(
        kind=Attachment.Kind.PHOTO if about.is_photo else Attachment.Kind.DOCUMENT,
        digest=kept.digest,
        public_digest=keep_file([file.public]).digest if file.public else "",
        thumbnail_digest=keep_file([file.thumbnail]).digest if about.is_photo else "",
        device_digest=device_digest,
        media_type=about.media_type,
        file_name=file.name,
        size=kept.size,
        width=about.width,
        height=about.height,
        taken_at=taken.at,
        longitude=taken.longitude,
        latitude=taken.latitude,
        object_kind=to.kind,
        object_id=to.pk,
        object_name=to.name[:200],
        compound_pk=to.compound_pk,
        place=to.place,
        note=note[:200],
        kept_by=by,
        kept_at=now,
    )
    after = {"digest": kept.digest, "size": kept.size, "object": f"{to.kind} {to.pk}", "name": to.name}
    record("files.keep_attachment", by=by, on=row, after=after, why=note, place=to.place, at=now)
    return row


@transaction.atomic
def carry_attachment(*, attachment: Attachment, to: AttachedTo, by: User, now: datetime) -> Attachment:
    """Let another object have a file too (沿用附件): the same bytes, a row of its own that may be withdrawn alone."""
    row = Attachment.objects.get(pk=attachment.pk)
    row.pk, row._state.adding = None, True
    row.object_kind, row.object_id, row.object_name = to.kind, to.pk, to.name[:200]
    row.place, row.compound_pk, row.kept_by, row.kept_at = to.place, to.compound_pk, by, now
    row.save(force_insert=True)
    after = {"digest": row.digest, "object": f"{to.kind} {to.pk}", "name": to.name}
    record("files.carry_attachment", by=by, on=row, after=after, place=to.place, at=now)
    return row


@transaction.atomic
def withdraw_attachment(*, attachment: Attachment, why: str, by: User, now: datetime) -> Attachment:
    """Withdraw a file that should not be shown (撤下附件), with the reason; the record keeps it."""
    row = Attachment.objects.select_for_update(of=("self",)).get(pk=attachment.pk)
    if row.withdrawn_at is not None:
        raise RefusedError("这份附件已经撤下。请刷新页面。")
    row.withdrawn_at, row.withdrawn_why = now, why[:300]
    row.save(update_fields=["withdrawn_at", "withdrawn_why"])
    record("files.withdraw_attachment", by=by, on=row, before={"digest": row.digest}, why=why, place=row.place, at=now)
    return row


@transaction.atomic
def see_original(*, attachment: Attachment, why: str, by: User, now: datetime) -> None:
    """Note that a person took out a photo's original, which tells when and where it was taken (查看原件)."""
    if not why.strip():
        raise RefusedError("查看原件须写明用途。")
    after = {"fields": ["original", "taken_at", "position"], "digest": attachment.digest}
    record("files.see_original", by=by, on=attachment, after=after, why=why, place=attachment.place, at=now)
