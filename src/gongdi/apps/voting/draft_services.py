"""Amending a draft of a vote, before anything is frozen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.dwellings.models import Building
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.services import locked, must_be_whole_draft, put_matters
from gongdi.core.voting.ballots import BallotRule, Precedence
from gongdi.core.voting.heads_rules import DEFAULT, HEADS_RULES
from gongdi.core.voting.rules import Rule


@transaction.atomic
def edit_draft(  # noqa: PLR0913 -- a vote, said whole
    *, vote: Vote, title: str, scope: str, building: Building | None, stairwell: str, since: datetime,
    until: datetime, precedence: str, changes: bool, matters: Sequence[tuple[str, Rule]], by: User, now: datetime,
    one_voter: bool = True, early_end: bool = False, heads_rule: str = DEFAULT,
) -> Vote:  # fmt: skip
    """Say a draft anew (修改表决草稿): everything but its compound and its code, which stay.

    Raises:
        RefusedError: its roll is frozen by now; otherwise as `draft_vote`.
    """
    current = locked(vote, Vote.State.DRAFT)
    may_turn = early_end and not BallotRule(Precedence(precedence), changes).final
    must_be_whole_draft(since, until, matters, may_turn=may_turn)
    before = {"title": current.title, "scope": current.scope, "rules": _slugs(current)}
    current.title, current.scope, current.building, current.stairwell = title, scope, building, stairwell
    current.since, current.until, current.precedence, current.changes = since, until, precedence, changes
    current.one_voter, current.heads_rule = one_voter, dict(HEADS_RULES[heads_rule].rule.record())
    current.save(
        update_fields=["title", "scope", "building", "stairwell", "since", "until", "precedence", "changes",
                       "one_voter", "heads_rule"]
    )  # fmt: skip
    current.matters.all().delete()
    put_matters(current, matters, early_end)
    after = {"title": title, "scope": scope, "rules": _slugs(current)}
    place = current.compound.place
    record("voting.edit_draft", by=by, on=current, before=before, after=after, place=place, at=now)
    return current


def _slugs(vote: Vote) -> list[str]:
    return [row.rule["slug"] for row in vote.matters.order_by("number")]
