"""The demo in the database: once, whole, with passwords made just then."""

from functools import partial

import pytest
from django.contrib.auth.hashers import check_password
from django.db.models import Sum

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.audit.models import Event
from gongdi.apps.audit.queries import verify_chain
from gongdi.apps.dwellings.models import Building
from gongdi.apps.organisations.models import Member
from gongdi.apps.places.fact_names import fault_of
from gongdi.apps.places.models import Compound, CompoundFact, Division
from gongdi.apps.places.queries import missing_essentials
from gongdi.apps.policy.drafts import checked, named
from gongdi.apps.policy.models import DecisionRecord, PackDraft
from gongdi.apps.policy.replaying import replay
from gongdi.demo.load import load_demo, renew_passwords
from tests.support.snapshot import Snapshot
from tests.support.world import NOW

pytestmark = pytest.mark.django_db
loaded = Snapshot(partial(load_demo, NOW))


def test_the_district_is_loaded_once_and_whole() -> None:
    assert loaded() is True
    made = Compound.objects.filter(made_up=True)
    sums = made.aggregate(b=Sum("buildings"), h=Sum("households"), a=Sum("area"))
    assert (made.count(), sums) == (73, {"b": 1744, "h": 47000, "a": 427_000_000})
    assert Compound.objects.filter(made_up=False).count() == 41
    assert not Compound.objects.filter(made_up=False, source="").exists()
    before = (Compound.objects.count(), CompoundFact.objects.count(), Division.objects.count(), Event.objects.count())
    assert load_demo(NOW) is False
    after = (Compound.objects.count(), CompoundFact.objects.count(), Division.objects.count(), Event.objects.count())
    assert after == before
    assert verify_chain().fault is None


def test_a_draft_waits_to_be_tried_and_two_decisions_are_kept() -> None:
    loaded()
    (draft,) = PackDraft.objects.all()
    reading = checked(named(draft.texts, draft.slug), draft.slug)
    assert reading.pack is not None
    assert reading.faults == ()
    records = DecisionRecord.objects.order_by("decision")
    assert [(row.decision, replay(row).same_outcome) for row in records] == [("permits", True), ("scope", True)]


def test_the_leading_group_has_members_and_the_buildings_of_a_community_their_figures() -> None:
    loaded()
    assert Member.objects.filter(body__kind="leading_group").count() >= 5
    told = Building.objects.exclude(structure="").exclude(floors=None)
    assert told.values("compound").distinct().count() == 2
    assert not told.filter(stairwells=None).exists()


def test_every_fact_fits_and_some_are_missing() -> None:
    loaded()
    assert [row for row in CompoundFact.objects.all() if fault_of(row.name, row.value)] == []
    lacking = missing_essentials(Compound.objects.filter(made_up=True)).count()
    assert 5 <= lacking <= 40


def test_totals_equal_the_sum_of_their_classes() -> None:
    loaded()
    for row in Compound.objects.filter(made_up=True):
        assert row.cost_total == (row.cost_basic or 0) + (row.cost_improvement or 0) + (row.cost_upgrade or 0)


def test_there_is_a_person_for_each_kind_of_post_with_a_password_made_just_then() -> None:
    loaded()
    first = {person.username: password for person, _, password in renew_passwords(NOW)}
    second = {person.username: password for person, _, password in renew_passwords(NOW)}
    people = list(User.objects.all())
    assert {post.kind for person in people for post in person.held_posts} == set(PostKind.values)
    assert len({*first.values(), *second.values()}) == 2 * len(people)
    for person in people:
        assert check_password(second[person.username], person.password)
        assert not check_password(first[person.username], person.password)
        assert second[person.username] not in person.password
    texts = "".join(f"{event.before}{event.after}{event.why}" for event in Event.objects.all())
    assert not any(password in texts for password in second.values())
