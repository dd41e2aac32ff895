"""A post in an organisation that may be new: two writes in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from gongdi.apps.accounts.models import Organisation, Post, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.post_services import appoint_person
from gongdi.apps.accounts.reaches import NamedObject, reaches


@transaction.atomic
def give_post(  # noqa: PLR0913 -- a post, said whole
    *,
    holder: User,
    kind: PostKind,
    place: str,
    organisation: str,
    by: User,
    now: datetime,
    starts_on: date | None = None,
    ends_on: date | None = None,
    objects: Sequence[NamedObject] = (),
) -> Post:
    """Give a person a post in an organisation, which is listed when it is new."""
    house, _ = Organisation.objects.get_or_create(name=organisation, place=place, defaults={"kind": str(kind.label)})
    place_name = reaches.name_of(place) or place
    return appoint_person(
        holder=holder,
        kind=kind,
        organisation=house,
        place=place,
        place_name=place_name,
        by=by,
        now=now,
        starts_on=starts_on,
        ends_on=ends_on,
        objects=objects,
    )
