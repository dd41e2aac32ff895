"""Whether a ballot of co-owners comes from the one whom they named; part of taking a ballot in, under its lock."""

from __future__ import annotations

from datetime import datetime

from gongdi.apps.dwellings.models import PHONE as OWNER_PHONE
from gongdi.apps.dwellings.models import Owner
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import PHONE as ACCOUNT_PHONE
from gongdi.apps.residents.models import Account
from gongdi.apps.voting.models import Unit, Vote, Voter
from gongdi.web.sealing import digest, unseal


def owner_of_account(owners: list[Owner], account: Account) -> Owner | None:
    """The co-owner with the phone number of an account, if one has it."""
    known = [owner for owner in owners if owner.phone_digest]
    if not known:
        return None
    wanted = digest(unseal(account.phone_sealed, ACCOUNT_PHONE), OWNER_PHONE)
    return next((owner for owner in known if owner.phone_digest == wanted), None)


def settle_voter(*, vote: Vote, unit: Unit, signed_by: Owner | None, account: Account | None, now: datetime) -> None:
    """Hold a ballot of co-owners against the voter they named; the first ballot names one where nobody was named.

    Called by the taking in of a ballot, under its lock.

    Raises:
        RefusedError: they named another.
    """
    owners = list(unit.owners.all())
    if not vote.one_voter or len(owners) < 2 or (signed_by is None and account is None):
        return
    owner = signed_by or (owner_of_account(owners, account) if account is not None else None)
    named = unit.voters.filter(ended_at=None).select_related("owner", "account").first()
    if named is None:
        Voter.objects.create(vote=vote, unit=unit, owner=owner, account=account, named_at=now, why="随选票推选")
    elif not _is_the_named(named, owner, account, owners):
        raise RefusedError(
            f"这一户的共有人已推选{named}投票，另一位共有人的票不能再收。"
            "要改由别人投，请全体共有人书面改推选，由社区登记后再投。"
        )


def _is_the_named(named: Voter, owner: Owner | None, account: Account | None, owners: list[Owner]) -> bool:
    if account is not None and named.account_id == account.pk:
        return True
    behind = named.owner
    if behind is None and named.account is not None:
        behind = owner_of_account(owners, named.account)
    return owner is not None and behind == owner
