"""What waits for the people of a vote: papers to type in, a vote due to be closed, objections to answer."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from gongdi.apps.accounts.models import User
from gongdi.apps.voting.access import ENTER, KEEP, visible_votes
from gongdi.apps.voting.models import Objection, PaperEntry, Vote
from gongdi.web.clock import local_date
from gongdi.web.duties import Duty


def _may(user: User, permission: str, places: set[str]) -> set[str]:
    return {place for place in places if user.may(permission, place)}


def waiting_papers(user: User, now: datetime) -> list[Duty]:
    """Papers handed in that this person may type in, one duty a vote."""
    if not user.may_anywhere(ENTER):
        return []
    rows = PaperEntry.objects.filter(vote__in=visible_votes(user), vote__state__in=("open", "closed"))
    found: dict[int, tuple[Vote, int]] = {}
    for paper in rows.exclude(state__in=PaperEntry.OVER).select_related("vote__compound"):
        doubted = paper.state == PaperEntry.State.DOUBTED
        if user.pk not in ((paper.doubted_by_id,) if doubted else (paper.first_by_id, paper.second_by_id)):
            found[paper.vote_id] = (paper.vote, found.get(paper.vote_id, (paper.vote, 0))[1] + 1)
    places = _may(user, ENTER, {vote.compound.place for vote, _ in found.values()})
    why = "纸质选票由两个人各录一遍、一致才计入。公示结果之前录完。"
    return [
        Duty(f"录入或复核选票：{vote.compound}", why, reverse("voting:see_papers", args=[pk]), "去录入", count, "张",
             rank=12)
        for pk, (vote, count) in found.items() if vote.compound.place in places
    ]  # fmt: skip


def due_votes(user: User, now: datetime) -> list[Duty]:
    """Votes whose window is over and that are not closed."""
    if not user.may_anywhere(KEEP):
        return []
    rows = visible_votes(user).filter(state=Vote.State.OPEN, until__lt=now).select_related("compound")
    why = "投票时间已过。先确认交回的选票都已登记，再截止并计票。"
    return [
        Duty(f"截止表决：{vote.compound}", why, reverse("voting:close_vote", args=[vote.pk]), "截止并计票",
             due=local_date(vote.until), rank=10)
        for vote in rows if user.may(KEEP, vote.compound.place)
    ]  # fmt: skip


def open_objections(user: User, now: datetime) -> list[Duty]:
    """Objections without an answer, one duty a vote; the result cannot become final before."""
    if not user.may_anywhere(KEEP):
        return []
    rows = Objection.objects.filter(vote__in=visible_votes(user), vote__state="objections", answered_at=None)
    found: dict[int, tuple[Vote, int]] = {}
    for row in rows.select_related("vote__compound"):
        found[row.vote_id] = (row.vote, found.get(row.vote_id, (row.vote, 0))[1] + 1)
    why = "公示期内收到的异议要逐条答复，答复完结果才能生效。"
    return [
        Duty(f"答复表决异议：{vote.compound}", why, reverse("voting:see_objections", args=[pk]), "去答复", count, "条",
             due=vote.objections_until, rank=11)
        for pk, (vote, count) in found.items() if user.may(KEEP, vote.compound.place)
    ]  # fmt: skip
