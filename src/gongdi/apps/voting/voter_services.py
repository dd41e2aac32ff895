"""Who votes for a unit: the one whom co-owners named, and an agent under a written proxy."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Owner
from gongdi.apps.files.preparing import ReadyFile
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.evidence import keep_evidence
from gongdi.apps.voting.models import AGENT, Evidence, Mandate, Unit, Vote, Voter
from gongdi.apps.voting.services import locked
from gongdi.web.sealing import digest, masked_name, seal

RUNNING = (Vote.State.ROLLED, Vote.State.OPEN, Vote.State.CLOSED)


@transaction.atomic
def name_voter(*, vote: Vote, unit: Unit, owner: Owner, why: str, by: User, now: datetime) -> Voter:
    """Register whom the co-owners of a unit named in writing (推选投票人); one named before is ended.

    Ballots cast before stay, and count by the stated rule.

    Raises:
        RefusedError: the vote is over, or the person is no owner of the unit.
    """
    current = locked(vote, *RUNNING)
    if unit.vote_id != current.pk or not unit.owners.filter(pk=owner.pk).exists():
        raise RefusedError("推选的人须是这一户名册上的业主。")
    unit.voters.filter(ended_at=None).update(ended_at=now)
    row = Voter.objects.create(vote=current, unit=unit, owner=owner, named_at=now, named_by=by, why=why)
    after = {"vote": current.code, "person": owner.name_masked}
    record("voting.name_voter", by=by, on=row, after=after, why=why, place=current.compound.place, at=now)
    return row


@transaction.atomic
def record_mandate(*, vote: Vote, unit: Unit, agent: str, file: ReadyFile, by: User, now: datetime) -> Mandate:
    """Record a written proxy with its photo (登记委托): without one no ballot by an agent is taken in.

    Raises:
        RefusedError: the vote is over, or the unit has one already.
    """
    current = locked(vote, *RUNNING)
    if unit.vote_id != current.pk or not unit.votable:
        raise RefusedError("名册上没有这一票。请核对名册序号。")
    if unit.mandates.exists():
        raise RefusedError("这一户已登记委托书。一次表决一户只能委托一人；登记有误请作废表决前的选票并说明。")
    kept = keep_evidence(
        vote=current, unit=unit, kind=Evidence.Kind.MANDATE, content=file.public, media_type="image/jpeg", by=by,
        now=now,
    )  # fmt: skip
    row = Mandate.objects.create(
        vote=current, unit=unit, agent_sealed=seal(agent, AGENT), agent_masked=masked_name(agent),
        agent_digest=digest(agent, AGENT), evidence=kept, recorded_by=by, recorded_at=now,
    )  # fmt: skip
    after = {"vote": current.code, "to": row.agent_masked}
    record("voting.record_mandate", by=by, on=row, after=after, place=current.compound.place, at=now)
    return row
