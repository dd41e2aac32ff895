"""The only door to attachments: who sees the compound sees the public copy; 404 for what is not yours."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.files.models import Attachment

SEE = "files.see_attachments"
ORIGINAL = "files.see_original"
WITHDRAW = "files.withdraw_attachment"


def visible_attachments(user: User) -> QuerySet[Attachment]:
    """The attachments in force that a person may see."""
    return within_reach(Attachment.objects.filter(withdrawn_at=None), user, SEE, compound="compound_pk")


def get_attachment(user: User, pk: int, permission: str = SEE) -> Attachment:
    """An attachment in force for a purpose."""
    found = visible_attachments(user).select_related("kept_by").filter(pk=pk).first()
    if found is None:
        raise Http404
    if permission != SEE:
        require(user, permission, found.place)
    return found
