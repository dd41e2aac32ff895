"""The only door to consultations: 404 for what is not yours, 403 for what you may not do; residents to their own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.consultation.models import ContentList, Household, MenuItem, Round
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.apps.residents.queries import standing_bindings
from gongdi.core.consultation.answers import Side

SEE, KEEP, ENTER = "consultation.see_rounds", "consultation.keep_round", "consultation.enter_answer"
ANSWERS = "consultation.see_answers"


def visible_rounds(user: User) -> QuerySet[Round]:
    """The rounds of a person's places."""
    return within_reach(Round.objects.all(), user, SEE, "compound__place", compound="compound")


def get_round(user: User, pk: int, permission: str = SEE, *states: str) -> Round:
    """A round for a purpose; 404 when it stands in none of the states that are named."""
    rows = visible_rounds(user).select_related("compound__street", "compound__community", "compound__county")
    found = rows.filter(pk=pk, **({"state__in": states} if states else {})).first()
    if found is None:
        raise Http404
    if permission != SEE:
        require(user, permission, found.compound.place)
    return found


def get_household(asked: Round, number: int) -> Household:
    """A household of a round by its number on the printed sheet; one that is left off is none."""
    found = asked.households.filter(number=number, left_off="").select_related("building").first()
    if found is None:
        raise Http404
    return found


def get_item(asked: Round, number: int) -> MenuItem:
    """An item of a round's menu."""
    found = asked.items.filter(number=number).first()
    if found is None:
        raise Http404
    return found


def get_content_list(user: User, pk: int, permission: str = SEE) -> ContentList:
    """A list of contents for a purpose."""
    rows = ContentList.objects.filter(round__in=visible_rounds(user))
    found = rows.select_related("round", "compound__street", "compound__community", "fixed_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    if permission != SEE:
        require(user, permission, found.compound.place)
    return found


def own_sides(account: Account) -> dict[int, Side]:
    """The dwellings for which a resident may answer, and for which side: owners and family, or those who live there.

    A binding whose owners no longer hold the dwelling speaks for nobody.
    """
    found: dict[int, Side] = {}
    for row in standing_bindings(account):
        if row.dwelling_id is None:
            continue
        side = Side.USERS if row.relation == DwellingBinding.Relation.TENANT else Side.OWNERS
        if found.get(row.dwelling_id) is not Side.OWNERS:
            found[row.dwelling_id] = side
    return found


def own_households(account: Account) -> QuerySet[Household]:
    """The households of a resident in rounds that run or have run."""
    rows = Household.objects.filter(dwelling__in=list(own_sides(account)), left_off="")
    return rows.filter(round__state__in=Round.RUN).select_related("round__compound", "dwelling")


def get_own_round(account: Account, code: str) -> tuple[Round, list[Household]]:
    """The round with a code, and a resident's own households in it; none of them where no home of theirs is asked.

    Raises:
        Http404: no round with the code runs or has run.
    """
    found = Round.objects.filter(code=code, state__in=Round.RUN).select_related("compound").first()
    if found is None:
        raise Http404
    return found, list(own_households(account).filter(round=found).order_by("number"))


def get_own_household(account: Account, pk: int) -> tuple[Household, Side]:
    """A household of a resident's own, and for which side they speak: 404 for any other."""
    found = own_households(account).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found, own_sides(account)[found.dwelling_id]
