"""The files that are published with a notice: what each is, carrying them to a corrected version, the rendering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from gongdi.apps.accounts.models import User
from gongdi.apps.files.services import AttachedTo, carry_attachment
from gongdi.apps.notices.models import Notice, NoticeFile, Posting
from gongdi.apps.policy.packs import governing
from gongdi.core.notices.gating import rendering_clause


def attached_to(row: Notice | Posting, notice: Notice) -> AttachedTo:
    """What a file of a notice or of its posting is about."""
    return AttachedTo(row._meta.label_lower, row.pk, f"{notice.title} {row}"[:200], notice.place, notice.compound_id)


def carry_files(*, old: Notice, new: Notice, by: User, now: datetime) -> int:
    """Let a corrected version have the files of the one before it; how many."""
    rows = NoticeFile.objects.filter(notice=old, attachment__withdrawn_at=None).select_related("attachment")
    made = [
        NoticeFile(
            notice=new, part=row.part,
            attachment=carry_attachment(attachment=row.attachment, to=attached_to(new, new), by=by, now=now),
        )
        for row in rows.order_by("attachment__kept_at", "attachment_id")
    ]  # fmt: skip
    return len(NoticeFile.objects.bulk_create(made))


@dataclass(frozen=True, slots=True)
class LacksRendering:
    """A works notice without its rendering: the clause that asks for it, or "" where it is only advised."""

    clause: str

    def __str__(self) -> str:
        if self.clause:
            return f"施工公告要附效果图（{self.clause}）。请先添加附件，种类选“效果图”。"
        return "还没有附效果图。本地文件没有规定必须附；附上效果图，居民更容易看懂。"


def lack_of(notice: Notice) -> LacksRendering | None:
    """What a works notice lacks; None for other kinds, and for one with its rendering."""
    if notice.kind != "works":
        return None
    rows = NoticeFile.objects.filter(notice=notice, part=NoticeFile.Part.RENDERING)
    if rows.filter(attachment__withdrawn_at=None).exists():
        return None
    ground = governing(notice.place)
    clause = rendering_clause(ground.pack.slug if ground else None)
    return LacksRendering(f"{ground.pack.document.title}{clause.section}" if clause and ground else "")
