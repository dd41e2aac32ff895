"""What waits for the people of a vote: papers to type in, the next step that is due, objections to answer."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.voting.access import CONFIRM, ENTER, KEEP, RECEIVE, visible_votes
from gongdi.apps.voting.models import Objection, PaperEntry, ResultStep, Vote
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty

State = Vote.State


def waiting_votes(user: User, now: datetime) -> list[Duty]:
    """What waits in the votes a person keeps, types papers of, or confirms and receives the results of. One query."""
    if not any(user.may_anywhere(each) for each in (KEEP, ENTER, CONFIRM, RECEIVE)):
        return []
    today = local_date(now)
    votes = visible_votes(user).annotate(
        objected=_number(Objection.objects.filter(answered_at=None)), papers_left=_number(_papers_for(user)),
        untyped=_number(PaperEntry.objects.exclude(state__in=PaperEntry.OVER)), done=_number(ResultStep.objects.all()),
    )  # fmt: skip
    typed = Q(state__in=(State.OPEN, State.CLOSED), papers_left__gt=0)
    begins = Q(state=State.ROLLED, since__lt=now)
    due = Q(state=State.OPEN, until__lt=now) | Q(state=State.CLOSED, untyped=0)
    published = Q(state=State.OBJECTIONS) & (Q(objected__gt=0) | Q(objections_until__lt=today))
    final = Q(state=State.FINAL, done__lt=len(AFTERWARDS))
    columns = ("state", "since", "until", "objections_until", "compound__name", "compound__place")
    found: list[Duty] = []
    for vote in votes.filter(typed | begins | due | published | final).select_related("compound").only(*columns):
        if vote.papers_left and vote.state in (State.OPEN, State.CLOSED) and user.may(ENTER, vote.compound.place):
            found.append(_to_type(vote, vote.papers_left))
        if vote.state == State.FINAL:
            found += _afterwards(vote, user)
        elif user.may(KEEP, vote.compound.place):
            found += _to_keep(vote, now)
    return found


def _to_keep(vote: Vote, now: datetime) -> list[Duty]:
    """The step that is due for whoever keeps a vote."""
    if vote.state == State.ROLLED:
        return [
            _step(vote, "开始表决", "open_vote", "名册已固定，投票开始的时间已到，还没有开始。", local_date(vote.since))
        ]
    if vote.state == State.OPEN and vote.until < now:
        why = "投票时间已过。先确认交回的选票都已登记，再截止并计票。"
        return [_step(vote, "截止表决", "close_vote", why, local_date(vote.until), "截止并计票")]
    if vote.state == State.CLOSED and not vote.untyped:  # type: ignore[attr-defined]
        return [_step(vote, "公示表决结果", "publish_result", "选票都已录完，可以公示结果了。", None, "公示结果")]
    if vote.state == State.OBJECTIONS and vote.objected:  # type: ignore[attr-defined]
        return [_doubted(vote, vote.objected)]  # type: ignore[attr-defined]
    if vote.state == State.OBJECTIONS:
        why = "公示期已满，没有未答复的异议。"
        return [_step(vote, "办理表决结果生效", "finish_vote", why, vote.objections_until, "办理生效")]
    return []


AFTERWARDS = (
    ("业委会或居民小组确认表决结果", "confirm_result", CONFIRM, "结果已生效，由业委会或居民小组确认后提交街道。"),
    ("提交表决结果到街道", "submit_result", CONFIRM, "结果已经确认，请连同表决情况记录提交街道。"),
    ("表决结果收件", "receive_result", RECEIVE, "表决结果已经提交，请收件登记。"),
)
"""What is done with a final result, in this order."""


def _afterwards(vote: Vote, user: User) -> list[Duty]:
    title, name, permission, why = AFTERWARDS[vote.done]  # type: ignore[attr-defined]
    return [_step(vote, title, name, why)] if user.may(permission, vote.compound.place, vote.compound) else []


def _step(vote: Vote, title: str, name: str, why: str, due: date | None = None, action: str = "去办理") -> Duty:
    return Duty(f"{title}：{vote.compound}", why, reverse(f"voting:{name}", args=[vote.pk]), action, due=due, rank=10)


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


def _doubted(vote: Vote, count: int) -> Duty:
    why = "公示期内收到的异议要逐条答复，答复完结果才能生效。"
    address = reverse("voting:see_objections", args=[vote.pk])
    return Duty(
        f"答复表决异议：{vote.compound}", why, address, "去答复", count, "条", due=vote.objections_until, rank=11
    )
