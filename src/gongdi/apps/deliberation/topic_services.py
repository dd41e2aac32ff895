"""Writes about topics: each one verb, one transaction, one audit event. No event holds what anybody wrote."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.deliberation.models import Reply, Topic, TopicMeeting
from gongdi.apps.organisations.meeting_services import record_meeting
from gongdi.apps.organisations.models import Body, Meeting
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account

By = User | Account
MOST_A_DAY = 20
"""Topics and replies of one resident's account from one midnight to the next."""


def _refuse_flood(by: By, now: datetime) -> None:
    if isinstance(by, Account):
        # Two that one resident sends at the same moment are counted one after the other.
        Account.objects.select_for_update(of=("self",)).get(pk=by.pk)
        since = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
        counts = (model._default_manager.filter(account=by, at__gte=since).count() for model in (Topic, Reply))
        if sum(counts) >= MOST_A_DAY:
            raise RefusedError(f"一天最多发言 {MOST_A_DAY} 次。请明天再来，急事请打社区电话。")


@transaction.atomic
def raise_topic(*, compound: Compound, title: str, text: str, by: By, now: datetime) -> Topic:
    """Raise a topic of a compound (提出议题).

    Raises:
        RefusedError: the same topic is open already, or one resident wrote too much today.
    """
    home = Compound.objects.select_for_update(of=("self",)).get(pk=compound.pk)
    _refuse_flood(by, now)
    if Topic.objects.filter(compound=home, title=title, closed_at=None, hidden_why="").exists():
        raise RefusedError("同名的议题正在议。请到那个议题下发言，或换个名称。")
    row = Topic.objects.create(compound=home, place=home.place, title=title, text=text, at=now, **Topic.columns(by))
    record("deliberation.raise_topic", by=by, on=row, after={"number": row.pk}, place=row.place, at=now)
    return row


def _open(topic: Topic) -> Topic:
    row = Topic.objects.select_for_update(of=("self",)).select_related("compound").get(pk=topic.pk)
    if row.closed_at is not None:
        raise RefusedError("这个议题已经结束。有新情况请另提一个。")
    return row


@transaction.atomic
def reply_topic(*, topic: Topic, text: str, by: By, now: datetime) -> Reply:
    """Ask, say or answer under a topic (发言).

    Raises:
        RefusedError: it is closed, the same words were just sent, or one resident wrote too much today.
    """
    row = _open(topic)
    _refuse_flood(by, now)
    if row.replies.filter(text=text, **Reply.columns(by)).exists():
        raise RefusedError("这段话您已经发过。")
    reply = Reply.objects.create(topic=row, text=text, at=now, **Reply.columns(by))
    record("deliberation.reply_topic", by=by, on=reply, after={"topic": row.pk}, place=row.place, at=now)
    return reply


@transaction.atomic
def hide_topic(*, topic: Topic, why: str, by: User, now: datetime) -> Topic:
    """Hide a topic from other residents, with the reason (隐藏议题); its writer still sees it, with the reason."""
    row = Topic.objects.select_for_update(of=("self",)).get(pk=topic.pk)
    row.hidden_why = why[:300]
    row.save(update_fields=["hidden_why"])
    record("deliberation.hide_topic", by=by, on=row, why=why, place=row.place, at=now)
    return row


@transaction.atomic
def hide_reply(*, reply: Reply, why: str, by: User, now: datetime) -> Reply:
    """Hide a reply from residents, with the reason (隐藏发言)."""
    row = Reply.objects.select_for_update(of=("self",)).select_related("topic").get(pk=reply.pk)
    row.hidden_why = why[:300]
    row.save(update_fields=["hidden_why"])
    record("deliberation.hide_reply", by=by, on=row, why=why, place=row.topic.place, at=now)
    return row


@dataclass(frozen=True, slots=True)
class Attendance:
    """Who came to a meeting: households told (None: not counted), people who came, owners among them."""

    invited: int | None
    came: int
    owners: int | None


@transaction.atomic
def hold_meeting(
    *, topic: Topic, columns: dict[str, Any], bodies: Sequence[Body], attendance: Attendance, agreed: str, by: User,
    now: datetime,
) -> TopicMeeting:  # fmt: skip
    """Keep a meeting of residents about a topic with its minutes (登记议事会); organisations keep the meeting itself.

    Raises:
        RefusedError: the topic is closed, the day lies ahead, or more owners than people came.
    """
    row = _open(topic)
    if attendance.owners is not None and attendance.owners > attendance.came:
        raise RefusedError(f"业主 {attendance.owners} 人多于到会 {attendance.came} 人。请核对。")
    told = {**columns, "kind": Meeting.Kind.DELIBERATION, "place": row.place, "compound": row.compound,
            "audience": attendance.came}  # fmt: skip
    meeting = record_meeting(columns=told, bodies=bodies, by=by, now=now)
    made = TopicMeeting.objects.create(
        topic=row, meeting=meeting, invited=attendance.invited, came=attendance.came, owners=attendance.owners,
        agreed=agreed,
    )  # fmt: skip
    after = {"meeting": meeting.pk, "came": attendance.came}
    record("deliberation.hold_meeting", by=by, on=made, after=after, place=row.place, at=now)
    return made


@transaction.atomic
def close_topic(*, topic: Topic, conclusion: str, by: User, now: datetime) -> Topic:
    """Close a topic with what came of it (结束议题)."""
    row = _open(topic)
    row.closed_at, row.conclusion = now, conclusion
    row.save(update_fields=["closed_at", "conclusion"])
    record("deliberation.close_topic", by=by, on=row, after={"state": "已结束"}, place=row.place, at=now)
    return row
