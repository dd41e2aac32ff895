"""A prepared read gives what its query set gives, for any keys."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdi.apps.accounts.models import Post
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.models import PackInForce
from gongdi.web.prepared import Prepared
from tests.support.world import World, known_world

BY_NAME = Prepared(lambda name: Compound.objects.filter(name=name).select_related("county", "street__parent"), str)
HELD = Prepared(lambda kind, pk: Post.objects.filter(pk__gte=pk, kind=kind).order_by("pk"), str, int)


@pytest.fixture
def world(db: None) -> World:
    return known_world()


def test_rows_are_whole_with_what_is_selected_with_them(world: World) -> None:
    for name in ("梅堰新村", "月季小区"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = BY_NAME.first(name)
            assert found is not None
            told = (found.county.name, found.street.parent and found.street.parent.name)
        assert len(asked) == 1
        own = Compound.objects.get(name=name)
        assert told == (own.county.name, own.street.parent.name)
        for field in Compound._meta.concrete_fields:
            assert getattr(found, field.attname) == getattr(own, field.attname)
    assert BY_NAME.first("没有这个小区") is None


def test_moments_and_several_keys_come_as_the_query_set_gives_them(world: World) -> None:
    first = Post.objects.order_by("pk")[3]
    own = list(Post.objects.filter(pk__gte=first.pk, kind=first.kind).order_by("pk"))
    found = HELD.rows(first.kind, first.pk)
    assert found == own
    assert [row.since for row in found] == [row.since for row in own]


def test_it_reads_anew_each_time(world: World) -> None:
    Compound.objects.filter(name="梅堰新村").update(households=7)
    found = BY_NAME.first("梅堰新村")
    assert found is not None
    assert found.households == 7


def test_a_key_that_is_not_used_as_it_is_given_is_found_out(world: World) -> None:
    altered = Prepared(lambda name: PackInForce.objects.filter(pack__contains=name), str)
    with pytest.raises(AssertionError, match="as it is given"):
        altered.rows("a")


def test_a_number_that_no_row_can_have_finds_none(world: World) -> None:
    by_key = Prepared(lambda pk: Compound.objects.filter(pk=pk), int)
    assert by_key.rows(10**20) == by_key.rows(-(10**20)) == []
    own = world.compounds["梅堰新村"]
    assert by_key.first(own.pk) == own
