"""What waits for the people of a vote: papers to type in, a vote due to be closed, objections to answer."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.voting.access import ENTER, KEEP, visible_votes
from gongdi.apps.voting.models import Objection, PaperEntry, Vote
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty


def waiting_votes(user: User, now: datetime) -> list[Duty]:
    """Votes whose window is over and that are not closed; those with objections that nobody answered, whose result
    cannot become final before; and, for who types them in, those with papers handed in. One query."""
    if not user.may_anywhere(KEEP) and not user.may_anywhere(ENTER):
        return []
    votes = visible_votes(user).annotate(
        objected=_number(Objection.objects.filter(answered_at=None)), papers_left=_number(_papers_for(user))
    )
    due = Q(state=Vote.State.OPEN, until__lt=now)
    doubted = Q(state=Vote.State.OBJECTIONS, objected__gt=0)
    typed = Q(state__in=(Vote.State.OPEN, Vote.State.CLOSED), papers_left__gt=0)
    columns = ("state", "until", "objections_until", "compound__name", "compound__place")
    found = []
    for vote in votes.filter(due | doubted | typed).select_related("compound").only(*columns):
        if vote.papers_left and vote.state != Vote.State.OBJECTIONS and user.may(ENTER, vote.compound.place):
            found.append(_to_type(vote, vote.papers_left))
        if user.may(KEEP, vote.compound.place):
            if vote.state == Vote.State.OPEN and vote.until < now:
                found.append(_due(vote))
            elif vote.state == Vote.State.OBJECTIONS:
                found.append(_doubted(vote, vote.objected))
    return found


def _number(rows: QuerySet[Any]) -> Coalesce:
    """How many such rows a vote has."""
    of_vote = rows.order_by().filter(vote=OuterRef("pk")).values("vote").annotate(number=Count("pk"))
    return Coalesce(Subquery(of_vote.values("number")), 0)


def _papers_for(user: User) -> QuerySet[PaperEntry]:
    """The papers handed in that a person may type in: not those the person typed or doubted."""
    doubted, theirs = Q(state=PaperEntry.State.DOUBTED), Q(first_by=user.pk) | Q(second_by=user.pk)
    waiting = PaperEntry.objects.exclude(state__in=PaperEntry.OVER)
    return waiting.exclude((doubted & Q(doubted_by=user.pk)) | (~doubted & theirs))


def _to_type(vote: Vote, count: int) -> Duty:
    why = "纸质选票由两个人各录一遍、一致才计入。公示结果之前录完。"
    address = reverse("voting:see_papers", args=[vote.pk])
    return Duty(f"录入或复核选票：{vote.compound}", why, address, "去录入", count, "张", rank=12)


def _due(vote: Vote) -> Duty:
    why = "投票时间已过。先确认交回的选票都已登记，再截止并计票。"
    return Duty(f"截止表决：{vote.compound}", why, reverse("voting:close_vote", args=[vote.pk]), "截止并计票",
                due=local_date(vote.until), rank=10)  # fmt: skip


def _doubted(vote: Vote, count: int) -> Duty:
    why = "公示期内收到的异议要逐条答复，答复完结果才能生效。"
    address = reverse("voting:see_objections", args=[vote.pk])
    return Duty(
        f"答复表决异议：{vote.compound}", why, address, "去答复", count, "条", due=vote.objections_until, rank=11
    )
