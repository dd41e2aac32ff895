"""Writes about policy: each one verb, one transaction, one audit event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places.facts import facts_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.deciding import answer_for, answering_pack
from gongdi.apps.policy.models import DecisionRecord, PackDraft, PackInForce, PackText
from gongdi.apps.policy.packs import governing, library
from gongdi.apps.policy.queries import facts_used
from gongdi.core.policy import Refusal
from gongdi.core.policy.explaining import answer_as_json
from gongdi.exchange.packfiles import texts_of

SILENT = "此处没有适用的政策，或政策没有规定这项判定，不能留存。请先设定适用政策。"


@transaction.atomic
def set_pack(*, place: str, pack: str, as_of: date | None, by: User | None, now: datetime) -> PackInForce:
    """Say which pack governs a place (设定适用政策), and for which day decisions are taken there."""
    if pack not in library().packs:
        raise RefusedError(f"没有名为“{pack}”的政策包。请从列表中选择。")
    before = PackInForce.objects.filter(place=place).first()
    earlier = {"pack": before.pack, "as_of": _day(before.as_of)} if before else None
    row, _ = PackInForce.objects.update_or_create(
        place=place, defaults={"pack": pack, "as_of": as_of, "set_at": now, "set_by": by}
    )
    after = {"pack": pack, "as_of": _day(as_of)}
    record("policy.set_pack", by=by, on=row, before=earlier, after=after, place=place, at=now)
    return row


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


@transaction.atomic
def store_decision(
    *, compound: Compound, decision: str, by: User, now: datetime, asked: Mapping[str, Any] = MappingProxyType({})
) -> DecisionRecord:
    """Keep a decision about a compound as it stands now (留存判定), so that it can be replayed later.

    `asked` are the facts that the question gave itself, such as which permit.
    """
    ground = governing(compound.place)
    if ground is None or answering_pack(ground, decision) is None:
        raise RefusedError(SILENT)
    facts = {**facts_of_many([compound])[compound.pk], **asked}
    answer = answer_for(compound, decision, ground, facts)
    if isinstance(answer, Refusal):
        raise RefusedError(f"有事实不能使用：{answer.faults[0]}。请先更正。")
    pack = library().packs[answer.pack]
    if decision not in pack.tables:
        raise RefusedError(SILENT)
    if not PackText.objects.filter(digest=pack.digest).exists() and (texts := texts_of(pack)) is not None:
        PackText.objects.get_or_create(digest=pack.digest, defaults={"pack": pack.slug, "texts": texts})
    read = {fact.name for fact in pack.tables[decision].reads}
    read |= {fact.year_fact for fact in pack.tables[decision].reads if fact.year_fact}
    told = {
        "zh": [asdict(each) for each in facts_used(compound, answer, asked)],
        "en": [asdict(each) for each in facts_used(compound, answer, asked, english=True)],
    }
    row = DecisionRecord.objects.create(
        compound=compound, place=compound.place, pack=pack.slug, pack_version=pack.version,
        pack_digest=pack.digest, decision=decision, as_of=ground.as_of, outcome=answer.outcome,
        facts={name: value for name, value in facts.items() if name in read},
        answer={**answer_as_json(answer, library().vocabulary, explain=True), "facts_told": told},
        decided_at=now, decided_by=by,
    )  # fmt: skip
    after = {"decision": decision, "outcome": answer.outcome, "pack": pack.slug, "digest": pack.digest}
    record("policy.store_decision", by=by, on=compound, after=after, place=compound.place, at=now)
    return row


@transaction.atomic
def upload_draft(
    *, file_name: str, digest: str, title: str, texts: Mapping[str, str], place: str, by: User, now: datetime
) -> PackDraft:
    """Keep a draft that could be read (上传政策草案), to be compared with what is in force; it never decides."""
    row = PackDraft.objects.create(
        place=place, title=title[:200], file_name=file_name[:200], digest=digest, texts=dict(texts),
        uploaded_at=now, uploaded_by=by,
    )  # fmt: skip
    record("policy.upload_draft", by=by, on=row, after={"title": row.title, "digest": digest}, place=place, at=now)
    return row


@transaction.atomic
def discard_draft(*, draft: PackDraft, by: User, now: datetime) -> PackDraft:
    """Take a draft away (放弃政策草案); what it held stays with the record of it."""
    row = PackDraft.objects.select_for_update().get(pk=draft.pk)
    if row.state != PackDraft.State.KEPT:
        raise RefusedError("这份草案已经放弃。")
    row.state, row.discarded_at = PackDraft.State.DISCARDED, now
    row.save(update_fields=["state", "discarded_at"])
    record("policy.discard_draft", by=by, on=row, before={"digest": row.digest}, place=row.place, at=now)
    return row
