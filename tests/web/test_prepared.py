"""A prepared read gives what its query set gives, for any keys."""

import pytest
from django.db import connection
from django.db.models import F, Q
from django.test.utils import CaptureQueriesContext

from gongdi.apps.accounts.models import Post
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.models import PackInForce
from gongdi.web.prepared import Prepared, PreparedLists
from tests.support.world import World, known_world

BY_NAME = Prepared(lambda name: Compound.objects.filter(name=name).select_related("county", "street__parent"), str)
HELD = Prepared(lambda kind, pk: Post.objects.filter(pk__gte=pk, kind=kind).order_by("pk"), str, int)

EITHER = PreparedLists(
    lambda names, keys: Compound.objects.filter(Q(name__in=names) | Q(pk__in=keys)).order_by("pk"), str, int
)


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


def test_what_is_annotated_comes_along(world: World) -> None:
    counted = Prepared(
        lambda pk: Compound.objects.filter(pk=pk).annotate(of=F("county__name")).only("name", "households"), int
    )
    own = world.compounds["梅堰新村"]
    with CaptureQueriesContext(connection) as asked:
        found = counted.first(own.pk)
        assert found is not None
        assert (found.name, found.households, found.of) == (own.name, own.households, own.county.name)  # type: ignore[attr-defined]
    assert len(asked) == 1


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


@pytest.mark.parametrize(("names", "keys"), [(1, 1), (2, 3), (5, 1), (3, 8), (1, 9)])
def test_lists_of_any_length_give_what_the_query_set_gives(world: World, names: int, keys: int) -> None:
    known = list(Compound.objects.order_by("-pk"))
    asked = [each.name for each in known[:1]] + [f"没有的{number}" for number in range(names - 1)]
    numbers = [each.pk for each in known[1:3]] + list(range(10**6, 10**6 + 9))
    numbers = numbers[:keys]
    with CaptureQueriesContext(connection) as queries:
        found = EITHER.rows(asked, numbers)
    assert len(queries) == 1
    assert found == list(Compound.objects.filter(Q(name__in=asked) | Q(pk__in=numbers)).order_by("pk"))
    assert len(found) == (2 if keys == 1 else 3)
