"""Writes about votes: each one verb, one transaction, one audit event. No event tells how anybody voted."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localtime

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.holding import hold_still
from gongdi.apps.dwellings.models import Building
from gongdi.apps.notices.queries import hindrances_for
from gongdi.apps.notices.services import hold_notices_about
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.freezing import keep_roll, roll_of
from gongdi.apps.voting.log import append
from gongdi.apps.voting.models import Matter, PaperEntry, Unit, Vote
from gongdi.apps.voting.signing import public_key
from gongdi.core.voting.ballots import Answer, Ballot, BallotRule, Channel, Precedence, counting_ballots
from gongdi.core.voting.counting import Count
from gongdi.core.voting.early import refusal_of_early_end
from gongdi.core.voting.heads_rules import DEFAULT, HEADS_RULES, read_heads_rule
from gongdi.core.voting.public import Matter as PublicMatter
from gongdi.core.voting.public import Opening, close_line, count_line, moment, read_rule, rule_record
from gongdi.core.voting.roll import PublicRoll
from gongdi.core.voting.rules import Rule
from gongdi.web import clock
from gongdi.web.prepared import PreparedLists
from gongdi.web.statements import Statement

State = Vote.State


_LOCKED = PreparedLists(
    lambda units: (
        Vote.objects.select_for_update(of=("self",)).select_related("compound")
        .filter(pk__in=Unit.objects.filter(pk__in=units).values("vote")).order_by("pk")
    ), int,
)  # fmt: skip


def locked(vote: Vote, *states: str) -> Vote:
    """The vote, locked and fresh, in one of some states.

    Raises:
        RefusedError: it stands elsewhere by now.
    """
    current = Vote.objects.select_for_update(of=("self",)).select_related("compound").get(pk=vote.pk)
    if states and current.state not in states:
        raise RefusedError(out_of_step(current))
    return current


def out_of_step(vote: Vote) -> str:
    """Why a step cannot be done where a vote stands."""
    return f"这次表决{vote.get_state_display()}，不能办理这一步。请刷新页面。"


def locked_votes_of(units: Collection[int]) -> Statement[dict[int, Vote]]:
    """What locks the votes of some units in the order of their keys, and reads them fresh."""
    return _LOCKED.statement(sorted(units)).then(lambda rows: {vote.pk: vote for vote in rows})


@transaction.atomic
def draft_vote(  # noqa: PLR0913 -- a vote, said whole
    *, compound: Compound, title: str, scope: str, building: Building | None, stairwell: str, since: datetime,
    until: datetime, precedence: str, changes: bool, matters: Sequence[tuple[str, Rule]], by: User, now: datetime,
    one_voter: bool = True, early_end: bool = False, heads_rule: str = DEFAULT, algorithm: str = "sha256",
) -> Vote:  # fmt: skip
    """Draft a vote with its matters (起草表决), each under a rule that stands in it from now on.

    Raises:
        RefusedError: it ends before it begins, asks nothing, or may end early though ballots may change.
    """
    must_be_whole_draft(
        since, until, matters, may_turn=early_end and not BallotRule(Precedence(precedence), changes).final
    )
    if algorithm == "sm3" and "sm3" not in hashlib.algorithms_available:
        raise RefusedError("这台服务器没有 SM3 摘要算法。请管理员换用带 SM3 的 OpenSSL，或改设 SHA-256。")
    vote = Vote.objects.create(
        compound=compound, code=f"V{now:%Y%m%d}-{secrets.token_hex(4).upper()}", title=title, scope=scope,
        building=building, stairwell=stairwell, since=since, until=until, precedence=precedence, changes=changes,
        algorithm=algorithm, made_at=now, made_by=by, one_voter=one_voter,
        heads_rule=dict(HEADS_RULES[heads_rule].rule.record()),
    )  # fmt: skip
    put_matters(vote, matters, early_end)
    after = {"title": title, "scope": scope, "rules": [rule.slug for _, rule in matters]}
    record("voting.draft_vote", by=by, on=vote, after=after, place=compound.place, at=now)
    return vote


def must_be_whole_draft(
    since: datetime, until: datetime, matters: Sequence[tuple[str, Rule]], *, may_turn: bool
) -> None:
    """A draft ends after it begins and asks something; one that may end early takes no ballot that `may_turn`.

    Raises:
        RefusedError: it is not so.
    """
    if until <= since:
        raise RefusedError("截止时间须晚于开始时间。")
    if not matters:
        raise RefusedError("至少要有一个表决事项。")
    if may_turn:
        raise RefusedError("要允许提前截止，须规定以最先交来的一次为准、投后不能改：票还能改，就没有定局。")


def put_matters(vote: Vote, matters: Sequence[tuple[str, Rule]], early_end: bool) -> None:
    """Write the matters of a draft, each with its rule as it is now."""
    Matter.objects.bulk_create(
        Matter(
            vote=vote,
            number=number,
            title=text,
            rule=dict(rule_record(replace(rule, early_end=early_end))),
            rule_title=rule.title,
        )
        for number, (text, rule) in enumerate(matters, start=1)
    )


@transaction.atomic
def freeze_roll(*, vote: Vote, on: date, by: User, now: datetime, publish_rooms: bool = False) -> Vote:
    """Freeze the roll as of a day (固定名册): what changes in dwellings or packs afterwards changes nothing in it.

    Raises:
        RefusedError: it is frozen already, nobody would stand on it, or a roll of dwellings is half written there.
    """
    current = locked(vote, State.DRAFT)
    hold_still(current.compound_id)
    current.salt, current.public_key, current.publish_rooms = secrets.token_bytes(32), public_key().hex(), publish_rooms
    roll, dwellings = roll_of(current, on)
    if not any(unit.owners for unit in roll.units):
        raise RefusedError("这个范围内没有已知业主的房屋，无法固定名册。请先导入房屋清册或登记产权。")
    public = keep_roll(current, roll, dwellings)
    current.roll_on, current.roll_digest, current.state = on, public.digest, State.ROLLED
    current.heads, current.area = public.everyone.heads, public.everyone.area
    kept = ["salt", "public_key", "publish_rooms", "roll_on", "roll_digest", "state", "heads", "area"]
    current.save(update_fields=kept)
    after = {"on": on.isoformat(), "heads": current.heads, "area": current.area, "digest": public.digest}
    record("voting.freeze_roll", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


def matters_of(vote: Vote) -> list[PublicMatter]:
    """The matters with the rules that were frozen with them."""
    return [PublicMatter(row.number, row.title, read_rule(row.rule, row.rule_title)) for row in vote.matters.all()]


def ballot_rule(vote: Vote) -> BallotRule:
    """Which ballot counts."""
    return BallotRule(Precedence(vote.precedence), vote.changes, vote.one_voter)


def hindrances_of_opening(vote: Vote, now: datetime) -> list[str]:
    """Why a vote whose roll is frozen cannot be opened yet.

    One drafted after its own end is recorded later (补录): its papers are typed in as handed in then, under the rules
    of its day. One that ran out of time between draft and opening is not: nobody could have voted.
    """
    found = ["投票时间已过。请作废后重新起草。"] if now >= vote.until > vote.made_at else []
    rows = hindrances_for(Vote._meta.label_lower, [vote.pk], clock.local_date(now), must_end=False)
    return found + [str(row) for row in rows]


@transaction.atomic
def open_vote(*, vote: Vote, by: User, now: datetime) -> Vote:
    """Open a vote (开始表决): the first entry of its log binds title, matters, rules, window and roll.

    Raises:
        RefusedError: the roll is not frozen, the window is over, or an objection to a notice of it waits.
    """
    current = locked(vote, State.ROLLED)
    hold_notices_about(Vote._meta.label_lower, [current.pk])
    hindrances = hindrances_of_opening(current, now)
    if hindrances:
        raise RefusedError("".join(hindrances))
    assert current.roll_on is not None
    lines = tuple(current.roll_lines.values_list("line", flat=True))
    roll = PublicRoll(lines, current.roll_digest, Count(current.heads, current.area))
    opening = Opening(
        current.code, current.title, matters_of(current), ballot_rule(current),
        read_heads_rule(current.heads_rule), roll, current.roll_on.isoformat(), current.since, current.until,
    )  # fmt: skip
    append(current, opening.line(current.algorithm), now)
    current.state = State.OPEN
    current.save(update_fields=["state"])
    record("voting.open_vote", by=by, on=current, after={"state": "投票中"}, place=current.compound.place, at=now)
    return current


@transaction.atomic
def close_vote(*, vote: Vote, by: User, now: datetime) -> Vote:
    """Close a vote after its window (截止): its entry in the log says how many ballots came in, and whose papers wait.

    Raises:
        RefusedError: the window is not over.
    """
    current = locked(vote, State.OPEN)
    if now <= current.until:
        raise RefusedError(f"投票到 {localtime(current.until):%Y-%m-%d %H:%M} 截止，还没有到时间。")
    after = _shut(current, now)
    record("voting.close_vote", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


def _shut(vote: Vote, now: datetime) -> dict[str, int]:
    """Put the close into the log. It names the papers that wait to be typed in; nothing else may follow."""
    count, at = vote.ballots.count(), max(now, vote.last_at or now)
    vote.waiting = sorted(open_papers(vote).values_list("unit__name", flat=True))
    told = vote.waiting if vote.form > 1 else None
    append(vote, close_line(seq=vote.size, at=at, ballots=count, waiting=told), at)
    vote.state, vote.closed_at = State.CLOSED, at
    vote.save(update_fields=["state", "closed_at", "waiting"])
    return {"ballots": count, "waiting": len(vote.waiting)}


def open_papers(vote: Vote) -> QuerySet[PaperEntry]:
    """Papers handed in that are neither cast nor set aside."""
    return vote.papers.exclude(state__in=PaperEntry.OVER)


@transaction.atomic
def end_vote_early(*, vote: Vote, by: User, now: datetime) -> Vote:
    """Close a vote before its time (提前截止), where its rules say so and nothing can turn a verdict any more.

    Raises:
        RefusedError: the rules do not say so, or a verdict may still turn.
    """
    current = locked(vote, State.OPEN)
    if now > current.until:
        raise RefusedError("投票时间已过，请按“截止并计票”办理。")
    weights = {unit.name: Count(unit.heads, unit.area) for unit in current.units.all()}
    waiting = set(open_papers(current).values_list("unit__name", flat=True))
    rule = ballot_rule(current)
    counting = counting_ballots(rule, cast_ballots(current))
    fault = refusal_of_early_end(rule, matters_of(current), weights, counting, waiting)
    if fault:
        raise RefusedError(fault)
    after = _shut(current, now)
    record("voting.end_vote_early", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


def cast_ballots(vote: Vote) -> list[Ballot]:
    """Every ballot of a vote as core reads it, in one statement."""
    fields = ("entry__seq", "unit__name", "channel", "answers", "by_proxy", "received_at")
    return [
        Ballot(
            seq, unit, Channel(channel), {int(n): Answer(said) for n, said in answers.items()}, proxy,
            moment(came) if vote.form > 1 else "",
        )
        for seq, unit, channel, answers, proxy, came in vote.ballots.values_list(*fields)
    ]  # fmt: skip


@transaction.atomic
def publish_result(*, vote: Vote, until: date, today: date, by: User, now: datetime) -> Vote:
    """Publish the preliminary result for objections until a day (公示结果).

    Raises:
        RefusedError: it is not closed, or the day is not to come.
    """
    current = locked(vote, State.CLOSED)
    if until <= today:
        raise RefusedError("公示截止日须晚于今天：公示要留出提出异议的时间。请按当地规定的天数填写。")
    numbers = [str(n) for n in open_papers(current).values_list("unit__place_on_roll", flat=True)[:10]]
    if numbers:
        raise RefusedError(
            f"还有交回的选票没有录完：第 {'、'.join(numbers)} 号。请先录入复核，或写明原因作废，再公示。"
        )
    if current.form > 1:
        _count(current, now)
    current.state, current.objections_until = State.OBJECTIONS, until
    current.save(update_fields=["state", "objections_until"])
    after = {"until": until.isoformat()}
    record("voting.publish_result", by=by, on=current, after=after, place=current.compound.place, at=now)
    return current


def _count(vote: Vote, now: datetime) -> None:
    """Put the last entry into the log: all ballots, and whose papers that waited at the close were set aside."""
    close = vote.log.get(line__contains='"kind":"close"')
    typed = set(vote.ballots.filter(entry__seq__gt=close.seq).values_list("unit__name", flat=True))
    at = max(now, vote.last_at or now)
    aside = set(vote.waiting) - typed
    append(vote, count_line(seq=vote.size, at=at, ballots=vote.ballots.count(), set_aside=aside), at)


def hindrances_of_finishing(vote: Vote, today: date) -> list[str]:
    """Why a published result cannot become final yet."""
    found = []
    if vote.objections_until is None or today <= vote.objections_until:
        found.append(f"公示到 {vote.objections_until} 为止，期满后才能生效。")
    unanswered = [str(n) for n in vote.objections.filter(answered_at=None).values_list("number", flat=True)]
    if unanswered:
        found.append(f"还有异议没有答复：第 {'、'.join(unanswered)} 条。逐条答复后才能生效。")
    return found + [str(row) for row in hindrances_for(Vote._meta.label_lower, [vote.pk], today)]


@transaction.atomic
def finish_vote(*, vote: Vote, today: date, by: User, now: datetime) -> Vote:
    """Make a result final once its publication is over (结果生效).

    Raises:
        RefusedError: the publication still runs, or an objection is not answered, here or to the notice of it.
    """
    current = locked(vote, State.OBJECTIONS)
    hold_notices_about(Vote._meta.label_lower, [current.pk])
    hindrances = hindrances_of_finishing(current, today)
    if hindrances:
        raise RefusedError("".join(hindrances))
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
