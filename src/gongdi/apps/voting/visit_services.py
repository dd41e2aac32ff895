"""Home visits (上门): a clerk enters the ballot at the door, the owner signs on the screen or on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.ballot_services import cast_ballot
from gongdi.apps.voting.box import Given
from gongdi.apps.voting.evidence import keep_evidence
from gongdi.apps.voting.models import Ballot, Evidence, Unit, Vote
from gongdi.core.voting.ballots import Channel


@dataclass(frozen=True, slots=True)
class Signed:
    """The picture that shows the owner's hand: a drawn signature, or the photo of the signed paper."""

    kind: str
    content: bytes
    media_type: str


@transaction.atomic
def enter_visit(*, vote: Vote, unit: Unit, given: Given, signed: Signed, key: str, by: User, now: datetime) -> Ballot:
    """Take in a ballot given at the door (入户登记) with the owner's signature, sealed.

    Raises:
        RefusedError: whatever refuses a ballot; no signature.
    """
    if not signed.content:
        raise RefusedError("请业主在屏幕上签名，或拍下签了名的选票。")
    assert given.channel is Channel.VISIT
    ballot = cast_ballot(vote=vote, unit=unit, given=given, key=key, by=by, now=now)
    if not ballot.evidence.exists():
        keep_evidence(
            vote=ballot.vote, unit=unit, kind=signed.kind, content=signed.content, media_type=signed.media_type, by=by,
            now=now, ballot=ballot,
        )  # fmt: skip
        after = {"vote": vote.code, "kind": Evidence.Kind(signed.kind).label}
        record("voting.enter_visit", by=by, on=vote, after=after, place=vote.compound.place, at=now)
    return ballot


@transaction.atomic
def see_evidence(*, evidence: Evidence, why: str, by: User, now: datetime) -> None:
    """Note that a person looked at a signature or a signed paper (查看签名), for which purpose."""
    if not why.strip():
        raise RefusedError("查看签名须写明用途。")
    after, place = {"fields": [evidence.get_kind_display()]}, evidence.vote.compound.place
    record("voting.see_evidence", by=by, on=evidence, after=after, why=why.strip(), place=place, at=now)


@transaction.atomic
def see_answers(*, vote: Vote, why: str, by: User, now: datetime) -> None:
    """Note that a person looked at how each unit voted (查看每户意见), for which purpose."""
    if not why.strip():
        raise RefusedError("查看每户意见须写明用途。")
    after = {"fields": ["每户表决意见"]}
    record("voting.see_answers", by=by, on=vote, after=after, why=why.strip(), place=vote.compound.place, at=now)
