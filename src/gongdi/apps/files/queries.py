"""Reads of attachments."""

from __future__ import annotations

from django.db.models import QuerySet

from gongdi.apps.accounts.models import User
from gongdi.apps.files.access import visible_attachments
from gongdi.apps.files.models import Attachment


def of_compound(user: User, compound_pk: int) -> QuerySet[Attachment]:
    """The attachments about a compound or anything of it."""
    return visible_attachments(user).filter(compound_pk=compound_pk)


def of_object(user: User, kind: str, pk: int) -> QuerySet[Attachment]:
    """The attachments about one object."""
    return visible_attachments(user).filter(object_kind=kind, object_id=pk)
