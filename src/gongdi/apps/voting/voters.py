"""Whether a ballot of co-owners comes from the one whom they named; part of taking a ballot in, under its lock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from gongdi.apps.dwellings.models import PHONE as OWNER_PHONE
from gongdi.apps.dwellings.models import Owner
from gongdi.apps.dwellings.services import OwnerTold
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import PHONE as ACCOUNT_PHONE
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.frozen import frozen
from gongdi.apps.voting.models import Unit, Vote, Voter
from gongdi.web.sealing import digest, unseal


def owner_of_account(owners: list[Owner], account: Account) -> Owner | None:
    """The co-owner with the phone number of an account, if one has it."""
    known = [owner for owner in owners if owner.phone_digest]
    if not known:
        return None
    wanted = digest(unseal(account.phone_sealed, ACCOUNT_PHONE), OWNER_PHONE)
    return next((owner for owner in known if owner.phone_digest == wanted), None)


def votes_by_phone(owner: Owner, told: OwnerTold) -> str:
    """Why a co-owner's phone is not corrected now: in a vote that is open it tells which of them a ballot is from."""
    if not told.phone:
        return ""
    several = Unit.objects.annotate(held_by=Count("owners")).filter(held_by__gt=1, vote__state=Vote.State.OPEN)
    vote = (
        several.filter(pk__in=Unit.owners.through.objects.filter(owner=owner).values("unit"))
        .select_related("vote")
        .first()
    )
    if vote is None:
        return ""
    return (
        f"表决“{vote.vote}”正在投票，这位业主与他人共有房屋，系统按电话认定由谁投票，投票截止前不能更正电话。"
        "请等截止后再改；这一票可改用纸质选票或上门投票。"
    )


@dataclass
class CoOwners:
    """Those who own a unit together, and the one whom they named so far."""

    vote: Vote
    unit: Unit
    owners: list[Owner]
    named: Voter | None = None

    def voter_named_by(self, signed_by: Owner | None, account: Account | None, now: datetime) -> Voter | None:
        """Hold a ballot against the voter they named. Where nobody was, it names one, who is to be kept with it.

        Raises:
            RefusedError: they named another.
        """
        if signed_by is None and account is None:
            return None
        owner = signed_by or (owner_of_account(self.owners, account) if account is not None else None)
        if self.named is None:
            return Voter(
                vote=self.vote, unit=self.unit, owner=owner, account=account, named_at=now, why="随选票推选"
            )  # fmt: skip
        if not _is_the_named(self.named, owner, account, self.owners):
            raise RefusedError(
                f"这一户的共有人已推选{self.named}投票，另一位共有人的票不能再收。"
                "要改由别人投，请全体共有人书面改推选，由社区登记后再投。"
            )
        return None


def co_owners_of(votes: Mapping[int, Vote], units: Iterable[Unit]) -> dict[int, CoOwners]:
    """By the key of the unit, for units of several owners in votes that ask for one voter; under the votes' lock."""
    found = {
        unit.pk: CoOwners(votes[unit.vote_id], unit, [])
        for unit in units
        if unit.vote_id in votes and votes[unit.vote_id].one_voter
        and len(frozen(votes[unit.vote_id]).owners.get(unit.pk, ())) > 1
    }  # fmt: skip
    if not found:
        return found
    held = {unit: frozen(each.vote).owners[unit] for unit, each in found.items()}
    rows = {row.pk: row for row in Owner.objects.filter(pk__in=set().union(*held.values()))}
    for row in Voter.objects.filter(unit__in=found, ended_at=None).select_related("owner", "account"):
        found[row.unit_id].named = row
    for unit, keys in held.items():
        found[unit].owners = [rows[pk] for pk in sorted(keys)]
    return found


def _is_the_named(named: Voter, owner: Owner | None, account: Account | None, owners: list[Owner]) -> bool:
    if account is not None and named.account_id == account.pk:
        return True
    behind = named.owner
    if behind is None and named.account is not None:
        behind = owner_of_account(owners, named.account)
    return owner is not None and behind == owner
