"""The system, security and audit administrator exclude one another and every business post, in service and database."""

import pytest
from django.db import DatabaseError, transaction

from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.models import Organisation, Post
from gongdi.apps.accounts.permissions import ADMINISTRATORS, PERMISSIONS, TIED, PostKind
from gongdi.apps.accounts.post_services import appoint_person, end_post
from gongdi.apps.accounts.reaches import NamedObject
from tests.support.world import NOW, World

PAIRS = [
    (held, new)
    for held in ("administrator", "security_administrator", "audit_administrator", "auditor", "builder")
    for new in PostKind
    if new != held and (new in ADMINISTRATORS or held in ADMINISTRATORS)
]


@pytest.mark.parametrize(("held", "new"), PAIRS)
def test_a_post_that_excludes_the_held_one_is_refused_with_the_remedy(held: str, new: PostKind, world: World) -> None:
    holder, house = world.people[held], Organisation.objects.first()
    assert house is not None
    objects = [NamedObject("places.compound", 1, "某小区")] if new in TIED else []
    with pytest.raises(RefusedError, match="不能由同一人担任"):
        appoint_person(
            holder=holder, kind=new, organisation=house, place="", place_name="全部", by=None, now=NOW, objects=objects
        )
    assert Post.objects.filter(holder=holder).count() == 1


@pytest.mark.parametrize(("held", "new"), PAIRS)
def test_the_database_refuses_it_too(held: str, new: PostKind, world: World) -> None:
    holder, house = world.people[held], Organisation.objects.first()
    with pytest.raises(DatabaseError, match="互斥"), transaction.atomic():
        Post.objects.create(holder=holder, organisation=house, kind=new, place="", place_name="全部", since=NOW)


def test_the_database_refuses_a_change_of_kind(world: World) -> None:
    holder, house = world.people["auditor"], Organisation.objects.first()
    viewer = PostKind.CITY_VIEWER
    post = Post.objects.create(holder=holder, organisation=house, kind=viewer, place="3302", place_name="", since=NOW)
    with pytest.raises(DatabaseError, match="互斥"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(kind=PostKind.ADMINISTRATOR)


def test_after_the_old_post_has_ended_the_new_one_may_be_given(world: World) -> None:
    holder, by = world.people["auditor"], world.people["security_administrator"]
    end_post(post=holder.held_posts[0], why="转岗", by=by, now=NOW)
    house = Organisation.objects.first()
    assert house is not None
    kind = PostKind.AUDIT_ADMINISTRATOR
    post = appoint_person(holder=holder, kind=kind, organisation=house, place="", place_name="全部", by=by, now=NOW)
    assert post.pk is not None


def test_no_permission_is_shared_between_business_and_the_three_but_reading_the_chain_and_the_divisions() -> None:
    shared = {name for name, kinds in PERMISSIONS.items() if kinds & ADMINISTRATORS and kinds - ADMINISTRATORS}
    # The system administrator keeps the list of divisions that everybody reads; it holds no business.
    assert shared == {"audit.see_events", "audit.export_events", "places.see_divisions"}


def test_none_of_the_three_may_do_what_another_does() -> None:
    system = {name for name, kinds in PERMISSIONS.items() if PostKind.ADMINISTRATOR in kinds}
    security = {name for name, kinds in PERMISSIONS.items() if PostKind.SECURITY_ADMINISTRATOR in kinds}
    audit = {name for name, kinds in PERMISSIONS.items() if PostKind.AUDIT_ADMINISTRATOR in kinds}
    reading = {"accounts.see_people", "accounts.see_attempts"}
    assert system & security <= reading
    assert security & audit <= reading
    assert system & audit == set()
