"""The only door to attachments: who sees the compound sees the public copy; 404 for what is not yours."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import FACT_READERS
from gongdi.apps.files.models import Attachment

SEE = "files.see_attachments"
ORIGINAL = "files.see_original"
WITHDRAW = "files.withdraw_attachment"
SURVEYED = "survey.assignment"


def visible_attachments(user: User) -> QuerySet[Attachment]:
    """The attachments in force that a person may see; photos of a survey are facts, and seen by who reads these."""
    rows = within_reach(Attachment.objects.filter(withdrawn_at=None), user, SEE, compound="compound_pk")
    if all(each.post.kind in FACT_READERS for each in user.authorities_for(SEE)):
        return rows
    facts = within_reach(Attachment.objects.all(), user, "places.see_facts", compound="compound_pk")
    return rows.filter(~Q(object_kind=SURVEYED) | Q(pk__in=facts.values("pk")))


def get_attachment(user: User, pk: int, permission: str = SEE) -> Attachment:
    """An attachment in force for a purpose."""
    found = visible_attachments(user).select_related("kept_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    if permission != SEE:
        require(user, permission, found.place)
    return found
