"""No `visible_*` of any app gives a person, whatever their posts, a row outside the places and ties of these posts."""

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from importlib import import_module
from typing import Any

import pytest
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Model

import gongdi.apps
from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import TIED, PostKind
from gongdi.apps.places.models import Compound
from tests.apps.doings import DOINGS
from tests.support.snapshot import Snapshot
from tests.support.world import POSTS, World, make_world

PLACES = ("", "33", "3302", "330205", "330205004", "330205004004", "330205004005", "330205001", "330212", "440305")


def doors() -> Iterator[tuple[str, Callable[[User], Any]]]:
    """Every function of an app's door or reads that is named visible_ and takes a person alone."""
    for found in pkgutil.walk_packages(gongdi.apps.__path__, "gongdi.apps."):
        parts = found.name.split(".")
        if parts[2] not in settings.HOUSE_APPS or len(parts) != 4 or parts[3] not in ("access", "queries"):
            continue
        module = import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            alone = len(inspect.signature(function).parameters) == 1
            if name.startswith("visible_") and function.__module__ == found.name and alone:
                yield f"{parts[2]}.{name}", function


DOORS = dict(doors())


def _make_full() -> World:
    world = make_world()
    for doing in DOINGS.values():
        try:
            with transaction.atomic():
                doing(world)
        except (Exception, DatabaseError):
            continue
    return world


_full = Snapshot(_make_full)


@pytest.fixture
def full_world(db: None) -> World:
    """The world after every service has been done that can be done beside the others."""
    return _full()


def where(row: Model) -> tuple[str, int | None]:
    """The place of a row and the compound it belongs to, read off its fields."""
    if isinstance(row, Compound):
        return row.place, row.pk
    for path in ("compound", "building", "dwelling"):
        above = getattr(row, path, None)
        if isinstance(above, Model):
            return where(above)
    return str(row.place), getattr(row, "compound_pk", None)  # type: ignore[attr-defined]


def holding(kind: PostKind, place: str, ties: set[int]) -> User:
    """Somebody with one post, tied to compounds when the kind is."""
    person = User(username="x", display_name="某某")
    person.__dict__["held_posts"] = [Post(pk=1, kind=kind, place=place)]
    person.__dict__["_tied_to"] = {1: {("places.compound", pk) for pk in ties}} if kind in TIED else {}
    return person


@pytest.mark.parametrize("name", DOORS)
def test_every_row_lies_in_a_place_or_a_tie_of_the_person(name: str, full_world: World) -> None:
    compounds = list(Compound.objects.order_by("pk").values_list("pk", flat=True))
    seen = 0
    for kind in PostKind:
        for place in PLACES:
            ties = set(compounds[len(place) % 3 :: 3])
            for row in DOORS[name](holding(kind, place, ties)):
                seen += 1
                lies, compound = where(row)
                if kind in TIED:
                    assert compound in ties, f"{kind} sees {row!r}"
                else:
                    assert lies.startswith(place), f"{kind} at {place} sees {row!r}"
    assert seen, "the world of the tests has no row that anybody sees here"


@pytest.mark.parametrize("name", DOORS)
def test_nobody_sees_anything_without_a_post_or_when_disabled(name: str, full_world: World) -> None:
    nobody = User(username="x", display_name="某某")
    nobody.__dict__["held_posts"] = []
    assert not list(DOORS[name](nobody))
    for kind in PostKind:
        gone = holding(kind, "", set())
        gone.is_active = False
        assert not list(DOORS[name](gone))


def test_the_doors_are_found() -> None:
    assert {"places.visible_compounds", "policy.visible_records", "planning.visible_plans"} <= set(DOORS)
    assert {kind for kind, _, _ in POSTS.values()} == set(PostKind)
