"""Whatever posts a person holds, they see exactly the rows of their places."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import PERMISSIONS, TIED, PostKind
from gongdi.apps.places.access import SEE, visible_compounds
from gongdi.apps.places.models import Compound
from tests.support.world import World

places = st.sampled_from(["", "33", "3302", "330205", "330205004", "330205004004", "330205001", "330212", "440305"])
posts = st.lists(st.tuples(st.sampled_from(PostKind), places), max_size=4)


tied = st.sets(st.integers(0, 4), max_size=3)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(posts, tied)
def test_a_person_sees_exactly_the_compounds_of_their_places_and_ties(
    world: World, held: list[tuple[PostKind, str]], tied_to: set[int]
) -> None:
    person = User(username="x", display_name="某某")
    person.__dict__["held_posts"] = [Post(pk=n, kind=kind, place=place) for n, (kind, place) in enumerate(held)]
    ids = {row.pk for n, row in enumerate(Compound.objects.order_by("pk")) if n in tied_to}
    ties = {("places.compound", pk) for pk in ids}
    person.__dict__["_tied_to"] = {n: ties for n, (kind, _) in enumerate(held) if kind in TIED}
    reach = [place for kind, place in held if kind in PERMISSIONS[SEE] and kind not in TIED]
    own = ids if any(kind in TIED for kind, _ in held) else set()
    rows = Compound.objects.all()
    expected = {row.pk for row in rows if any(row.place.startswith(place) for place in reach)} | own
    assert set(visible_compounds(person).values_list("pk", flat=True)) == expected
    assert all(person.may(SEE, row.place, on=row) == (row.pk in expected) for row in rows)


def test_an_ended_post_gives_nothing(world: World) -> None:
    from gongdi.apps.accounts.post_services import end_post
    from tests.support.world import NOW

    person = world.people["district_officer"]
    end_post(post=person.held_posts[0], why="调离", by=world.people["administrator"], now=NOW)
    assert not visible_compounds(User.objects.get(pk=person.pk)).exists()


def test_every_permission_belongs_to_some_post() -> None:
    assert all(PERMISSIONS.values())
