"""Decisions kept between pages are those that would be taken now, whatever is written in between."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongdi.apps.places.facts import facts_of_many
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import record_fact
from gongdi.apps.policy import kept
from gongdi.apps.policy.deciding import survey, verdicts
from gongdi.apps.policy.kept import kept_facts, kept_facts_of, kept_survey, kept_verdicts
from gongdi.apps.policy.queries import governed, listed
from gongdi.apps.policy.services import set_pack
from gongdi.web import clock
from tests.apps.doings import DOINGS
from tests.support.world import NOW, World, fact

PACK = "zhejiang-ningbo-jiangbei-2020"


def _all() -> list[int]:
    return list(Compound.objects.order_by("pk").values_list("pk", flat=True))


def _fresh() -> tuple[object, object]:
    rows = Compound.objects.order_by("pk")
    return facts_of_many(rows), verdicts(rows, "scope")


def _kept() -> tuple[object, object]:
    return kept_facts(_all()), kept_verdicts(_all(), "scope")


def _govern(world: World) -> None:
    set_pack(place="330205", pack=PACK, as_of=None, by=world.people["district_officer"], now=NOW)


@pytest.mark.parametrize("name", DOINGS)
def test_whatever_service_writes_the_kept_facts_and_verdicts_are_those_of_now(name: str, world: World) -> None:
    _govern(world)
    _kept()
    DOINGS[name](world)
    assert _kept() == _fresh()


def test_a_fact_recorded_changes_the_verdict_of_its_compound(world: World) -> None:
    _govern(world)
    compound = world.compounds["梅堰新村"]
    before = kept_verdicts(_all(), "scope")
    record_fact(compound=compound, fact=fact("in_shantytown_plan", True), by=world.people["street_clerk"], now=NOW)
    after = kept_verdicts(_all(), "scope")
    assert after[compound.pk] != before[compound.pk]
    assert {pk: each for pk, each in after.items() if pk != compound.pk} == {
        pk: each for pk, each in before.items() if pk != compound.pk
    }


def test_what_a_survey_should_find_out_follows_the_facts(world: World) -> None:
    _govern(world)
    officer = world.people["district_officer"]
    ((ground, rows),) = governed(listed(officer))
    numbers = [row.pk for row in rows]
    before = kept_survey(numbers, ground)
    assert before
    assert kept_survey(numbers, ground) is before
    for row in Compound.objects.filter(pk__in=numbers):
        record_fact(compound=row, fact=fact("in_shantytown_plan", True), by=officer, now=NOW)
    facts = facts_of_many(Compound.objects.filter(pk__in=numbers))
    assert kept_survey(numbers, ground) == survey([Compound(pk=pk) for pk in numbers], ground, known=facts) != before


def test_more_compounds_than_a_question_takes_are_read_in_parts(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _govern(world)
    kept.forget()
    monkeypatch.setattr(kept, "PART", 2)
    assert len(_all()) > 4
    assert _kept() == _fresh()


def test_another_day_is_decided_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _govern(world)
    _kept()
    later = clock.today() + timedelta(days=400)
    monkeypatch.setattr(clock, "today", lambda: later)
    assert _kept() == _fresh()


def test_a_second_page_reads_no_facts(world: World, signed_in: Callable[[str], Client]) -> None:
    _govern(world)
    client, address = signed_in("district_officer"), reverse("places:see_map")
    client.get(address)
    with CaptureQueriesContext(connection) as found:
        client.get(address)
    assert [each["sql"] for each in found if "places_compoundfact" in each["sql"]] == []


def test_what_was_written_before_a_look_that_failed_is_not_lost(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    _govern(world)
    _kept()
    record_fact(
        compound=world.compounds["梅堰新村"], fact=fact("in_shantytown_plan", True),
        by=world.people["street_clerk"], now=NOW,
    )  # fmt: skip

    def fails(written: object) -> None:
        raise RuntimeError("the database is away")

    with monkeypatch.context() as patch:
        patch.setattr(kept, "_compounds_of", fails)
        with pytest.raises(RuntimeError):
            kept_facts(_all())
    assert _kept() == _fresh()


def test_rows_are_read_after_what_was_written_is_forgotten(world: World) -> None:
    """What others wrote while somebody waited for the lock is in the rows, not kept out by older ones."""
    _govern(world)
    _kept()
    officer = world.people["district_officer"]

    def read() -> list[Compound]:
        return listed(officer)

    record_fact(
        compound=world.compounds["梅堰新村"], fact=fact("in_shantytown_plan", True),
        by=world.people["street_clerk"], now=NOW,
    )  # fmt: skip
    rows, facts = kept_facts_of(read)
    assert facts == facts_of_many(Compound.objects.filter(pk__in=[row.pk for row in rows]))
    assert len(rows) == len(facts) > 0
    assert _kept() == _fresh()


def test_a_compound_that_is_no_more_is_left_out(world: World) -> None:
    _govern(world)
    gone = max(_all()) + 1
    assert gone not in kept_facts([*_all(), gone])


@pytest.mark.parametrize(
    "name", ["consultation.answer_services.take_answer", "notices.objection_services.raise_objection"]
)
def test_what_concerns_one_compound_leaves_the_others_as_they_were_worked_out(
    name: str, world: World, django_assert_max_num_queries
) -> None:
    _govern(world)
    DOINGS[name](world)
    _kept()
    DOINGS[name](world)
    kept_facts([world.compounds["梅堰新村"].pk])
    others = [pk for pk in _all() if pk != world.compounds["梅堰新村"].pk]
    with django_assert_max_num_queries(2):
        assert len(kept_facts(others)) == len(others)
