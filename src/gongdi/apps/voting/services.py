"""Writes about votes: each one verb, one transaction, one audit event. No event tells how anybody voted."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Building
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.freezing import keep_roll, roll_of
from gongdi.apps.voting.log import append
from gongdi.apps.voting.models import Matter, Vote
from gongdi.core.voting.ballots import BallotRule, Precedence
from gongdi.core.voting.counting import Count
from gongdi.core.voting.public import Matter as PublicMatter
from gongdi.core.voting.public import Opening, close_line, read_rule, rule_record
from gongdi.core.voting.roll import HeadsRule, PublicRoll
from gongdi.core.voting.rules import Rule

State = Vote.State


def locked(vote: Vote, *states: str) -> Vote:
    """The vote, locked and fresh, in one of some states.

    Raises:
        RefusedError: it stands elsewhere by now.
    """
    current = Vote.objects.select_for_update(of=("self",)).select_related("compound").get(pk=vote.pk)
    if states and current.state not in states:
        raise RefusedError(f"这次表决{current.get_state_display()}，不能办理这一步。请刷新页面。")
    return current


@transaction.atomic
def draft_vote(  # noqa: PLR0913 -- a vote, said whole
    *, compound: Compound, title: str, scope: str, building: Building | None, stairwell: str, since: datetime,
    until: datetime, precedence: str, changes: bool, matters: Sequence[tuple[str, Rule]], by: User, now: datetime,
    algorithm: str = "sha256",
) -> Vote:  # fmt: skip
    """Draft a vote with its matters (起草表决), each under a rule that stands in it from now on.

    Raises:
        RefusedError: it ends before it begins, or asks nothing.
    """
    if until <= since:
        raise RefusedError("截止时间须晚于开始时间。")
    if not matters:
        raise RefusedError("至少要有一个表决事项。")
    vote = Vote.objects.create(
        compound=compound, code=f"V{now:%Y%m%d}-{secrets.token_hex(4).upper()}", title=title, scope=scope,
        building=building, stairwell=stairwell, since=since, until=until, precedence=precedence, changes=changes,
        algorithm=algorithm, made_at=now, made_by=by,
    )  # fmt: skip
    Matter.objects.bulk_create(
        Matter(vote=vote, number=number, title=text, rule=dict(rule_record(rule)), rule_title=rule.title)
        for number, (text, rule) in enumerate(matters, start=1)
    )
    after = {"title": title, "scope": scope, "rules": [rule.slug for _, rule in matters]}
    record("voting.draft_vote", by=by, on=vote, after=after, place=compound.place, at=now)
    return vote


@transaction.atomic
def freeze_roll(*, vote: Vote, on: date, by: User, now: datetime) -> Vote:
    """Freeze the roll as of a day (固定名册): what changes in dwellings or packs afterwards changes nothing in it.

    Raises:
        RefusedError: it is frozen already, or nobody would stand on it.
    """
    current = locked(vote, State.DRAFT)
    current.salt = secrets.token_bytes(32)
    roll, dwellings = roll_of(current, on)
    if not any(unit.owners for unit in roll.units):
        raise RefusedError("这个范围内没有已知业主的房屋，无法固定名册。请先导入房屋清册或登记产权。")
    public = keep_roll(current, roll, dwellings)
    current.roll_on, current.roll_digest, current.state = on, public.digest, State.ROLLED
    current.heads, current.area = public.everyone.heads, public.everyone.area
    current.save(update_fields=["salt", "roll_on", "roll_digest", "state", "heads", "area"])
    after = {"on": on.isoformat(), "heads": current.heads, "area": current.area, "digest": public.digest}
    record("voting.freeze_roll", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


def matters_of(vote: Vote) -> list[PublicMatter]:
    """The matters with the rules that were frozen with them."""
    return [PublicMatter(row.number, row.title, read_rule(row.rule, row.rule_title)) for row in vote.matters.all()]


def ballot_rule(vote: Vote) -> BallotRule:
    """Which ballot counts."""
    return BallotRule(Precedence(vote.precedence), vote.changes)


@transaction.atomic
def open_vote(*, vote: Vote, by: User, now: datetime) -> Vote:
    """Open a vote (开始表决): the first entry of its log binds title, matters, rules, window and roll.

    Raises:
        RefusedError: the roll is not frozen, or the window is over.
    """
    current = locked(vote, State.ROLLED)
    if now >= current.until:
        raise RefusedError("投票时间已过。请作废后重新起草。")
    assert current.roll_on is not None
    lines = tuple(current.roll_lines.values_list("line", flat=True))
    roll = PublicRoll(lines, current.roll_digest, Count(current.heads, current.area))
    opening = Opening(
        current.code, current.title, matters_of(current), ballot_rule(current), HeadsRule(), roll,
        current.roll_on.isoformat(), current.since, current.until,
    )  # fmt: skip
    append(current, opening.line(current.algorithm), now)
    current.state = State.OPEN
    current.save(update_fields=["state"])
    record("voting.open_vote", by=by, on=current, after={"state": "投票中"}, place=current.compound.place, at=now)
    return current


@transaction.atomic
def close_vote(*, vote: Vote, by: User, now: datetime) -> Vote:
    """Close a vote after its window (截止): the last entry of the log says how many ballots were taken in.

    Raises:
        RefusedError: the window is not over.
    """
    current = locked(vote, State.OPEN)
    if now <= current.until:
        raise RefusedError(f"投票到 {current.until:%Y-%m-%d %H:%M} 截止，还没有到时间。")
    count = current.ballots.count()
    append(current, close_line(seq=current.size, at=now, ballots=count), now)
    current.state, current.closed_at = State.CLOSED, now
    current.save(update_fields=["state", "closed_at"])
    record("voting.close_vote", by=by, on=current, after={"ballots": count}, place=current.compound.place, at=now)
    return current


@transaction.atomic
def publish_result(*, vote: Vote, until: date, today: date, by: User, now: datetime) -> Vote:
    """Publish the preliminary result for objections until a day (公示结果).

    Raises:
        RefusedError: it is not closed, or the day is not to come.
    """
    current = locked(vote, State.CLOSED)
    if until < today:
        raise RefusedError("公示截止日须不早于今天。")
    current.state, current.objections_until = State.OBJECTIONS, until
    current.save(update_fields=["state", "objections_until"])
    after = {"until": until.isoformat()}
    record("voting.publish_result", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


@transaction.atomic
def finish_vote(*, vote: Vote, today: date, by: User, now: datetime) -> Vote:
    """Make a result final once its publication is over (结果生效).

    Raises:
        RefusedError: the publication still runs.
    """
    current = locked(vote, State.OBJECTIONS)
    if current.objections_until is None or today <= current.objections_until:
        raise RefusedError(f"公示到 {current.objections_until} 为止，期满后才能生效。")
    current.state, current.final_at = State.FINAL, now
    current.save(update_fields=["state", "final_at"])
    record("voting.finish_vote", by=by, on=current, after={"state": "已生效"}, place=current.compound.place, at=now)
    return current


@transaction.atomic
def void_vote(*, vote: Vote, why: str, by: User, now: datetime) -> Vote:
    """Void a vote that is not final (作废表决), with the reason; its log and ballots stay.

    Raises:
        RefusedError: it is final or void.
    """
    current = locked(vote, *(each for each in State.values if each not in (State.FINAL, State.VOID)))
    before = current.get_state_display()
    current.state, current.why_void = State.VOID, why
    current.save(update_fields=["state", "why_void"])
    record("voting.void_vote", by=by, on=current, before={"state": before}, why=why, place=current.compound.place,
           at=now)  # fmt: skip
    return current
