"""Whatever posts a person holds, they see exactly the rows of their places."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import PERMISSIONS, PostKind
from gongdi.apps.places.access import SEE, visible_compounds
from gongdi.apps.places.models import Compound
from tests.support.world import World

places = st.sampled_from(["", "33", "3302", "330205", "330205004", "330205004004", "330205001", "330212", "440305"])
posts = st.lists(st.tuples(st.sampled_from(PostKind), places), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(posts)
def test_a_person_sees_exactly_the_compounds_of_their_places(world: World, held: list[tuple[PostKind, str]]) -> None:
    person = User(username="x", display_name="某某")
    person.__dict__["held_posts"] = [Post(kind=kind, place=place) for kind, place in held]
    reach = [place for kind, place in held if kind in PERMISSIONS[SEE]]
    expected = {row.pk for row in Compound.objects.all() if any(row.place.startswith(place) for place in reach)}
    assert set(visible_compounds(person).values_list("pk", flat=True)) == expected
    assert all(person.may(SEE, row.place) == (row.pk in expected) for row in Compound.objects.all())


def test_an_ended_post_gives_nothing(world: World) -> None:
    from gongdi.apps.accounts.services import end_post
    from tests.support.world import NOW

    person = world.people["district_officer"]
    end_post(post=person.held_posts[0], why="调离", by=world.people["administrator"], now=NOW)
    assert not visible_compounds(User.objects.get(pk=person.pk)).exists()


def test_every_permission_belongs_to_some_post() -> None:
    assert all(PERMISSIONS.values())
