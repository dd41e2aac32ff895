"""What of a vote is published (公示): its frozen roll and its result, with the words to begin with."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.urls import reverse
from django.utils.timezone import localtime

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.notices.subjects import Begun, Subject
from gongdi.apps.places.models import Compound
from gongdi.apps.voting import access, queries
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.presenting import shown
from gongdi.web.words import in_m2, separated

VOTE = Vote._meta.label_lower
PUBLISHED = (Vote.State.OBJECTIONS, Vote.State.FINAL)


def _votes(user: User, compound: Compound) -> list[NamedObject]:
    rows = access.visible_votes(user).filter(compound=compound, roll_on__isnull=False).exclude(state=Vote.State.VOID)
    return [NamedObject(VOTE, row.pk, row.title) for row in rows[:50]]


def words(user: User, pk: int, kind: str) -> Begun:
    """The result once it is published; before that, and for a notice of the roll, the roll."""
    vote = access.get_vote(user, pk)
    return _result(vote) if kind == "vote" and vote.state in PUBLISHED else _roll(vote)


def _when(at: datetime) -> str:
    return f"{localtime(at):%Y-%m-%d %H:%M}"


def _roll(vote: Vote) -> Begun:
    """How many owners and how much area, what is left off and why, when the vote runs, how to have it put right."""
    reasons = Counter(row.reason_words for row in vote.left_off.all())
    told = [
        f"“{vote}”的表决名册按 {vote.roll_on} 的产权固定：业主 {separated(vote.heads)} 人，"
        f"专有部分面积 {in_m2(vote.area)} 平方米。人数的算法：{vote.heads_rule_title}。"
    ]
    if reasons:
        told.append("没有列入的房屋：" + "，".join(f"{word} {number} 套" for word, number in reasons.items()) + "。")
    asked = [f"{matter.number}. {matter.title}（{matter.rule_title}）" for matter in vote.matters.all()]
    told.append("表决事项：\n" + "\n".join(asked))
    told.append(f"投票时间：{_when(vote.since)} 至 {_when(vote.until)}。")
    told.append("请业主核对自己的房屋和面积。名册上没有您，或面积不对，请在公示期内到社区居委会更正。")
    return Begun(f"{vote}名册公示"[:100], "\n\n".join(told))


def _result(vote: Vote) -> Begun:
    """Each matter with its counts against both bounds and its verdict; how to check it."""
    told = [f"“{vote}”已截止，计票结果如下。业主 {separated(vote.heads)} 人，面积 {in_m2(vote.area)} 平方米。"]
    for number, each in enumerate((shown(count) for count in queries.counts_of(vote)), start=1):
        verdict = "通过" if each.passed else "没有通过"
        parts = "；".join(f"{word} {heads} 人、{area} 平方米" for word, heads, area in each.parts)
        told.append(f"事项{number}：{each.title}。{verdict}（{each.rule}）。\n{parts}。")
    told.append(f"每张选票都有回执。凭回执可以核对自己的票，任何人都能重新计票。表决编号 {vote.code}。")
    if vote.final_at is not None:
        told.append(f"收到的异议已逐条答复，结果从 {_when(vote.final_at)} 起生效。")
    else:
        told.append(f"对结果有异议，请在 {vote.objections_until} 以前提出，逐条答复后结果才生效。")
    return Begun(f"{vote}结果公示"[:100], "\n\n".join(told))


SUBJECT = Subject(VOTE, "业主表决", _votes, words, lambda pk: reverse("voting:see_vote", args=[pk]))
