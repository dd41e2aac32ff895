"""A new person with a first post: two services in one transaction."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from gongdi.apps.accounts.models import Organisation, Post, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.reaches import reaches
from gongdi.apps.accounts.services import add_person, appoint_person, new_password


@transaction.atomic
def give_post(*, holder: User, kind: PostKind, place: str, organisation: str, by: User, now: datetime) -> Post:
    """Give a person a post in an organisation, which is listed when it is new."""
    house, _ = Organisation.objects.get_or_create(name=organisation, place=place, defaults={"kind": str(kind.label)})
    place_name = reaches.name_of(place) or place
    return appoint_person(
        holder=holder, kind=kind, organisation=house, place=place, place_name=place_name, by=by, now=now
    )


@transaction.atomic
def join(
    *,
    username: str,
    display_name: str,
    kind: PostKind,
    place: str,
    organisation: str,
    by: User,
    now: datetime,
) -> tuple[User, str]:
    """Add a person with their first post, both or neither; the person, and the password made just then."""
    password = new_password()
    holder = add_person(username=username, display_name=display_name, password=password, by=by, now=now)
    give_post(holder=holder, kind=kind, place=place, organisation=organisation, by=by, now=now)
    return holder, password
