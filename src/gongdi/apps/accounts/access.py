"""The door to permissions: refuse what a person may not do, narrow rows to where they may do it."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

from gongdi.apps.accounts.models import Delegation, Post, User
from gongdi.apps.accounts.permissions import TIED
from gongdi.apps.accounts.second_factor import factors_of

Rows = TypeVar("Rows", bound=Model)


def person(request: HttpRequest) -> User:
    """The person who asks; every page but the sign-in is behind a session."""
    assert isinstance(request.user, User)
    return request.user


def require(user: User, permission: str, place: str | None = None, on: Model | None = None) -> None:
    """Refuse (403) when the person has not the permission, at that place or (None) anywhere.

    `on` is the object at that place, for posts that are tied to objects. What let the person through is noted, so that
    the audit event of what follows tells it.
    """
    if place is None:
        found = next(iter(user.authorities_for(permission)), None)
    else:
        found = user.authority_for(permission, place, on)
    if found is None:
        raise PermissionDenied("您的岗位没有这项权限。" if place is None else "您的岗位在此区划内没有这项权限。")
    user.__dict__["acting_under"] = found


def within_reach(
    rows: QuerySet[Rows], user: User, permission: str, field: str = "place", compound: str = ""
) -> QuerySet[Rows]:
    """The rows whose division code lies where the person may use the permission.

    `compound` names the path to the compound's number, for rows that belong to one: those who hold a post tied to
    compounds then see the rows of these. Rows without it are closed to tied posts.
    """
    reach = Q(pk__in=[])
    for prefix in user.places_for(permission):
        if not prefix:
            return rows
        reach |= Q(**{f"{field}__startswith": prefix})
    if compound:
        tied = user.objects_for(permission, "places.compound")
        if tied:
            reach |= Q(**{f"{compound}__in": tied})
    return rows.filter(reach)


def get_person(user: User, pk: int) -> User:
    """A person for the one who keeps people: 404 for anybody else."""
    if not user.may_anywhere("accounts.see_people"):
        raise Http404
    found = User.objects.filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def get_post(user: User, pk: int) -> Post:
    """A post that has not been ended, for the one who keeps posts: 404 for anybody else."""
    if not user.may_anywhere("accounts.keep_posts"):
        raise Http404
    found = Post.objects.filter(pk=pk, ended_at=None).select_related("holder", "organisation").first()
    if found is None:
        raise Http404
    return found


def get_tied_post(user: User, pk: int) -> Post:
    """A post of a kind tied to objects, for the one who keeps posts: 404 for anybody or anything else."""
    found = get_post(user, pk)
    if found.kind not in TIED:
        raise Http404
    return found


def get_factor(user: User, pk: int) -> Authenticator:
    """A second factor of one's own: 404 for anybody else's."""
    found = next((each for each in factors_of(user) if each.pk == pk), None)
    if found is None:
        raise Http404
    return found


def person_in_use(pk: int) -> User | None:
    """The person with a number who may sign in; None when there is none."""
    return User.objects.filter(pk=pk, is_active=True).first()


def posted_credential(request: HttpRequest) -> dict[str, Any] | None:
    """A security key's answer in the body of a request; None when there is none that reads as one."""
    try:
        told = json.loads(request.body or b"null")
    except ValueError:
        return None
    return told if isinstance(told, dict) and told else None


def get_post_to_delegate(user: User, pk: int) -> Post:
    """A post that its holder, or the one who keeps posts, may hand to another: 404 for anybody else."""
    found = Post.objects.filter(pk=pk, ended_at=None).select_related("holder", "organisation").first()
    if found is None or not (found.holder_id == user.pk or user.may_anywhere("accounts.keep_posts")):
        raise Http404
    return found


def get_delegation(user: User, pk: int) -> Delegation:
    """A delegation that still runs or is to come, for the post's holder or the one who keeps posts."""
    found = Delegation.objects.filter(pk=pk, withdrawn_at=None).select_related("post__holder", "to").first()
    if found is None or not (found.post.holder_id == user.pk or user.may_anywhere("accounts.keep_posts")):
        raise Http404
    return found
