"""Who sees a roll that came in, and what stays of its file."""

import pytest
from django.http import Http404

from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.dwellings import access, roll_jobs, roll_services, tasks
from gongdi.apps.dwellings.models import DwellingImport
from gongdi.web.uploads import keep_file, path_of
from tests.support.dwellings import HEAD, SMALL, roll_bytes
from tests.support.world import NOW, OTHER_STREET, World


def uploaded_by(person: User) -> DwellingImport:
    content = roll_bytes([("星桥公寓", *row) for row in SMALL], ("小区名称", *HEAD))
    return roll_services.upload_roll(
        file_name="清册.csv", digest=keep_file([content]).digest, compound=None, as_of=NOW.date(), by=person, now=NOW
    )


def test_a_roll_over_two_streets_is_open_to_its_sender_and_the_county_and_to_neither_street(world: World) -> None:
    clerk = world.people["street_clerk"]
    first = Post.objects.get(holder=clerk)
    both = User.objects.create(username="both", display_name="两街经办")
    other = User.objects.create(username="other", display_name="邻街经办")
    house = first.organisation
    for who, place in ((both, first.place), (both, OTHER_STREET), (other, OTHER_STREET)):
        Post.objects.create(
            holder=who, kind=PostKind.STREET_CLERK, organisation=house, place=place, place_name="", since=NOW
        )
    roll = uploaded_by(User.objects.get(pk=both.pk))
    assert access.get_roll(User.objects.get(pk=both.pk), roll.pk) == roll
    assert access.get_roll(world.people["district_officer"], roll.pk) == roll
    Post.objects.filter(holder=both, place=OTHER_STREET).update(ended_at=NOW)
    for street in (clerk, other, User.objects.get(pk=both.pk)):
        with pytest.raises(Http404):
            access.get_roll(street, roll.pk)


def test_a_roll_of_one_street_is_open_to_who_works_there(world: World) -> None:
    roll = uploaded_by(world.people["street_clerk"])
    assert access.get_roll(world.people["street_clerk"], roll.pk) == roll
    with pytest.raises(Http404):
        access.get_roll(world.people["officer_elsewhere"], roll.pk)


def test_the_file_of_a_check_that_broke_down_does_not_stay(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    roll = uploaded_by(world.people["street_clerk"])

    def breaks(**_: object) -> None:
        raise OSError("broken")

    monkeypatch.setattr(roll_jobs, "check_roll", breaks)
    tasks.check_roll.func(roll.pk)
    roll.refresh_from_db()
    assert roll.state == DwellingImport.State.FAULTY
    assert not path_of(roll.digest).exists()
