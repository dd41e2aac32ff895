"""The door to permissions: refuse what a person may not do, narrow rows to where they may do it."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest

from gongdi.apps.accounts.models import Post, User

Rows = TypeVar("Rows", bound=Model)


def person(request: HttpRequest) -> User:
    """The person who asks; every page but the sign-in is behind a session."""
    assert isinstance(request.user, User)
    return request.user


def require(user: User, permission: str, place: str | None = None) -> None:
    """Refuse (403) when the person has not the permission, at that place or (None) anywhere."""
    allowed = user.may_anywhere(permission) if place is None else user.may(permission, place)
    if not allowed:
        raise PermissionDenied("您的岗位没有这项权限。" if place is None else "您的岗位在此区划内没有这项权限。")


def within_reach(rows: QuerySet[Rows], user: User, permission: str, field: str = "place") -> QuerySet[Rows]:
    """The rows whose division code lies where the person may use the permission."""
    reach = Q(pk__in=[])
    for prefix in user.places_for(permission):
        if not prefix:
            return rows
        reach |= Q(**{f"{field}__startswith": prefix})
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
    """A post in force for the one who keeps people: 404 for anybody else."""
    if not user.may_anywhere("accounts.keep_people"):
        raise Http404
    found = Post.objects.filter(pk=pk, ended_at=None).select_related("holder", "organisation").first()
    if found is None:
        raise Http404
    return found
