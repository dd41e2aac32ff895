"""The only door to stored decisions: 404 for what is not yours."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.policy.models import DecisionRecord, PackDraft
from gongdi.apps.policy.packs import library
from gongdi.core.policy.packs import Pack

SEE = "policy.see_packs"
SEE_DECISIONS = "policy.see_decisions"
STORE = "policy.store_decision"
TRY = "policy.try_draft"


def visible_records(user: User) -> QuerySet[DecisionRecord]:
    """The stored decisions of the places that a person may see."""
    rows = DecisionRecord.objects.select_related("compound", "decided_by")
    return within_reach(rows, user, SEE_DECISIONS, compound="compound_id")


def get_record(user: User, pk: int) -> DecisionRecord:
    """A stored decision: 404 outside the person's places."""
    found = visible_records(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_pack(user: User, slug: str) -> Pack:
    """A pack of the library: 403 without the permission, 404 when there is none of that name."""
    require(user, SEE)
    if slug not in library().packs:
        raise Http404
    return library().packs[slug]


def visible_drafts(user: User) -> QuerySet[PackDraft]:
    """The drafts that a person may try: those of their places that were not discarded."""
    kept = PackDraft.objects.filter(state=PackDraft.State.KEPT).select_related("uploaded_by")
    return within_reach(kept, user, TRY)


def get_draft(user: User, pk: int) -> PackDraft:
    """A draft: 403 without the permission, 404 outside the person's places or when it was discarded."""
    require(user, TRY)
    found = visible_drafts(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
