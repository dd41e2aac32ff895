"""The only door to notices: 404 for what is not yours, 403 for what you may not do; residents to their homes'."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.files.models import Attachment
from gongdi.apps.notices.models import OPEN_TO_ALL, Notice, Objection, Posting
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.apps.residents.queries import standing_bindings

SEE, KEEP, POST = "notices.see_notices", "notices.keep_notice", "notices.record_posting"
ENTER, ANSWER = "notices.enter_objection", "notices.answer_objection"
ROWS = ("notices.notice", "notices.posting")
"""The kinds of row that files of a notice hang on."""


def visible_notices(user: User) -> QuerySet[Notice]:
    """The notices of a person's places; for tied posts those of their compounds, once published."""
    rows = within_reach(Notice.objects.select_related("compound"), user, SEE, compound="compound")
    # Whoever also holds a post in another place sees no draft of a compound that they are tied to.
    placed = within_reach(Notice.objects.all(), user, SEE).order_by()
    return rows.filter(OPEN_TO_ALL | Q(pk__in=placed.values("pk")))


def get_notice(user: User, pk: int, permission: str = SEE) -> Notice:
    """A notice for a purpose."""
    found = visible_notices(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.place, on=found.compound)
    return found


def get_objection(user: User, pk: int) -> Objection:
    """An objection for whoever may answer it."""
    rows = Objection.objects.filter(notice__in=visible_notices(user)).select_related("notice__compound", "account")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, ANSWER, found.notice.place, on=found.notice.compound)
    return found


def get_public(code: str) -> Notice:
    """A notice by the code of its public page, once it was published: 404 for anything else."""
    found = Notice.objects.filter(OPEN_TO_ALL, code=code).select_related("compound").first()
    if found is None:
        raise Http404
    return found


def files_of(notice: Notice) -> QuerySet[Attachment]:
    """The files of a notice in force: those published with it, and the photos of its postings."""
    own = Q(object_kind=ROWS[0], object_id=notice.pk)
    postings = Posting.objects.filter(notice=notice).values("pk")
    return Attachment.objects.filter(own | Q(object_kind=ROWS[1], object_id__in=postings), withdrawn_at=None)


def get_public_file(code: str, pk: int) -> Attachment:
    """A file of a published notice that was not withdrawn: 404 for any other."""
    notice = get_public(code)
    found = files_of(notice).filter(pk=pk).first()
    if found is None or notice.state == Notice.State.WITHDRAWN:
        raise Http404
    return found


def own_notices(account: Account) -> QuerySet[Notice]:
    """The published notices about the compounds of a resident's confirmed homes, and about what these lie in."""
    homes = {row.compound_id for row in standing_bindings(account)}
    places = Compound.objects.filter(pk__in=homes).values_list("place", flat=True)
    codes = {code[:length] for code in places for length in (2, 4, 6, 9, 12)}
    about = Q(compound__in=homes) | Q(compound=None, place__in=codes)
    return Notice.objects.filter(about, OPEN_TO_ALL).select_related("compound")


def what_is_planned(compound: Compound) -> QuerySet[Notice]:
    """The published scheme and list of contents of a compound that are in force, the newest first."""
    kinds = Q(kind__in=("scheme", "contents"))
    shown = Q(state__in=(Notice.State.PUBLISHED, Notice.State.ENDED, Notice.State.FINAL))
    return Notice.objects.filter(kinds, shown, compound=compound).order_by("-published_at", "-pk")


def get_own_notice(account: Account, code: str) -> Notice | None:
    """The notice with a code as one of a resident's own homes; None where they have no confirmed home it is about.

    Raises:
        Http404: there is no published notice with the code.
    """
    found = get_public(code)
    return found if own_notices(account).filter(pk=found.pk).exists() else None
