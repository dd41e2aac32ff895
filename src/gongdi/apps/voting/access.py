"""The only door to votes: 404 for what is not yours, 403 for what you may not do; residents to their own units."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, TypeAlias

from django.db.models import F, QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.queries import as_merged
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.apps.voting.frozen import frozen
from gongdi.apps.voting.models import Ballot, Evidence, Objection, PaperEntry, Unit, Vote
from gongdi.web.prepared import Prepared, PreparedLists
from gongdi.web.statements import Statement

SEE, KEEP, ENTER = "voting.see_votes", "voting.keep_vote", "voting.enter_ballot"
COUNTS, BALLOTS, ANSWERS = "voting.see_counts", "voting.see_ballots", "voting.see_answers"
CONFIRM, RECEIVE = "voting.confirm_result", "voting.receive_result"


def visible_votes(user: User) -> QuerySet[Vote]:
    """The votes of a person's places."""
    return within_reach(Vote.objects.all(), user, SEE, "compound__place", compound="compound")


def get_vote(user: User, pk: int, permission: str = SEE) -> Vote:
    """A vote for a purpose."""
    found = visible_votes(user).select_related("compound", "building").filter(pk=pk).first()
    if found is None:
        raise Http404
    if permission != SEE:
        require(user, permission, found.compound.place, found.compound)
    return found


def get_unit(vote: Vote, place_on_roll: int) -> Unit:
    """A unit by its place on the roll, for whoever may enter ballots of the vote."""
    found = vote.units.filter(place_on_roll=place_on_roll).first()
    if found is None:
        raise Http404
    return found


def get_paper(user: User, pk: int, *states: str) -> PaperEntry:
    """A paper entry that is neither cast nor set aside, for whoever may enter ballots; in some states if named."""
    rows = PaperEntry.objects.filter(vote__in=visible_votes(user)).exclude(state__in=PaperEntry.OVER)
    rows = rows.filter(state__in=states) if states else rows
    found = rows.select_related("vote__compound", "unit", "first_by", "doubted_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, ENTER, found.vote.compound.place)
    return found


def get_entered_ballot(user: User, pk: int) -> Ballot:
    """A ballot that this person entered; anybody else's receipts are not theirs to hand out."""
    rows = Ballot.objects.filter(vote__in=visible_votes(user), entered_by=user)
    found = rows.select_related("vote__compound", "unit", "entry").filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, ENTER, found.vote.compound.place)
    return found


def get_evidence(user: User, pk: int) -> Evidence:
    """A signature or signed paper, for whoever may see how units voted."""
    rows = Evidence.objects.filter(vote__in=visible_votes(user)).select_related("vote__compound", "unit")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, ANSWERS, found.vote.compound.place)
    return found


def get_objection(user: User, pk: int) -> Objection:
    """An objection, for whoever keeps the vote."""
    rows = Objection.objects.filter(vote__in=visible_votes(user)).select_related("vote__compound")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, KEEP, found.vote.compound.place)
    return found


_SHOWN = (Vote.State.OPEN, Vote.State.CLOSED, Vote.State.OBJECTIONS, Vote.State.FINAL)
_OF_OWNER = {
    "dwellings__bindings__state": DwellingBinding.State.CONFIRMED,
    "dwellings__bindings__relation": DwellingBinding.Relation.OWNER,
}
"""The bindings that make a unit a resident's: checked ones, as owner."""


def _own(pk: int, account: int) -> QuerySet[Unit]:
    """A unit, once for each dwelling of it that is bound to a resident, with those who owned it then (`held`)."""
    rows = Unit.objects.filter(
        pk=pk, votable=True, vote__state__in=_SHOWN, dwellings__bindings__account=account, **_OF_OWNER
    )
    return rows.select_related("vote").annotate(held=F("dwellings__bindings__owners")).order_by()


_OWN = Prepared(_own, int, int)
_TO_CAST = PreparedLists(
    lambda units, accounts: Unit.objects.filter(
        pk__in=units, votable=True, dwellings__bindings__account__in=accounts, **_OF_OWNER
    ).only("vote", "name", "heads", "area", "votable").annotate(
        held=F("dwellings__bindings__owners"), bound_to=F("dwellings__bindings__account")
    ).order_by(), int, int,
)  # fmt: skip
_CHECKED = Prepared(
    lambda account: DwellingBinding.objects.filter(
        account=account, state=DwellingBinding.State.CONFIRMED, relation=DwellingBinding.Relation.OWNER,
        dwelling__isnull=False,
    ).order_by().only("dwelling", "owners"), int,
)  # fmt: skip


def _checked(account: Account) -> list[tuple[int, list[int]]]:
    """Dwellings bound to a resident as their owner, confirmed, each with those who owned it then."""
    return [(row.dwelling_id, row.owners) for row in _CHECKED.rows(account.pk) if row.dwelling_id is not None]


def own_units(account: Account) -> QuerySet[Unit]:
    """The units for which a resident may vote: dwellings bound to them as their owner, confirmed.

    All who owned the dwelling when the binding was confirmed must stand on the frozen roll for that unit: a former
    owner's binding gives no vote for the new owner, nor the new owner's a vote for the former.
    """
    checked = _checked(account)
    rows = Unit.dwellings.through.objects.filter(dwelling__in=[dwelling for dwelling, _ in checked])
    pairs = list(rows.values_list("unit", "dwelling"))
    owners: dict[int, set[int]] = {}
    for unit, owner in Unit.owners.through.objects.filter(unit__in=[unit for unit, _ in pairs]).values_list(
        "unit", "owner"
    ):
        owners.setdefault(unit, set()).add(owner)
    known = {(dwelling, frozenset(held)) for dwelling, held in checked if held}
    bound = [(unit, held) for unit, at in pairs for dwelling, held in known if at == dwelling]
    own = {unit for unit, held in bound if held <= owners.get(unit, set())}
    rest = [(unit, held) for unit, held in bound if unit not in own]
    if rest:
        stands = as_merged({each for unit, held in rest for each in (*held, *owners.get(unit, ()))})
        own |= {unit for unit, held in rest if _are_of(stands, held, owners.get(unit, set()))}
    return Unit.objects.filter(pk__in=own, votable=True).select_related("vote__compound")


def get_own_unit(account: Account, pk: int) -> Unit:
    """A unit of a resident's own in a vote that is or was open: 404 for any other."""
    found = next((unit for unit in _OWN.rows(pk, account.pk) if _is_own(unit, unit.vote)), None)
    if found is None:
        raise Http404
    return found


Own: TypeAlias = "dict[tuple[int, int], Unit]"


def own_units_to_cast(votes: Mapping[int, Vote], asked: Collection[tuple[int, int]]) -> Statement[Own]:
    """What reads, of pairs of account and unit, those that `get_own_unit` would give, with what taking in a ballot asks
    of them. `votes` holds votes as they stand; units of others are left out."""

    def own(rows: list[Any]) -> Own:
        found: Own = {}
        for unit in rows:
            pair, vote = (unit.bound_to, unit.pk), votes.get(unit.vote_id)
            if pair in asked and vote is not None and vote.state in _SHOWN and _is_own(unit, vote):
                unit.vote = vote
                found[pair] = unit
        return found

    return _TO_CAST.statement([unit for _, unit in asked], [account for account, _ in asked]).then(own)


def _is_own(unit: Unit, vote: Vote) -> bool:
    """What `own_units` says, by one binding of a unit whose roll is frozen."""
    held = unit.held  # type: ignore[attr-defined]
    owners = frozen(vote).owners.get(unit.pk, frozenset())
    if not held or owners.issuperset(held):
        return bool(held)
    return _are_of(as_merged({*owners, *held}), held, owners)


def _are_of(stands: Mapping[int, int], held: Collection[int], owners: Collection[int]) -> bool:
    """Whether all of some are among the owners, where two records may have been found to be one owner since."""
    return {stands[each] for each in held} <= {stands[each] for each in owners}


def get_shown(code: str) -> Vote:
    """A vote with a page for anybody: it runs, is over, or was voided after its roll was frozen."""
    hidden = (Vote.State.DRAFT, Vote.State.ROLLED)
    rows = Vote.objects.exclude(state__in=hidden).exclude(state=Vote.State.VOID, roll_on=None)
    found = rows.filter(code=code).select_related("compound").first()
    if found is None:
        raise Http404
    return found


def get_published(code: str) -> Vote:
    """A vote whose result and file anybody may take: its result is published or final."""
    shown = (Vote.State.OBJECTIONS, Vote.State.FINAL)
    found = Vote.objects.filter(code=code, state__in=shown).select_related("compound").first()
    if found is None:
        raise Http404
    return found
