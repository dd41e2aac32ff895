from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from gongdi.apps.places import services
from gongdi.apps.places.fact_names import BY_NAME, FACT_NAMES, fault_of, shown
from gongdi.apps.places.facts import facts_of, facts_table
from gongdi.apps.places.models import Compound, CompoundFact
from gongdi.apps.places.queries import fact_groups, lacking, missing_essentials
from gongdi.apps.places.services import RefusedError
from gongdi.core.policy.inputs import remedy_for
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.exchange.packfiles import load_library
from tests.support.world import NOW, World, fact


def tell(world: World, name: str, value: object) -> CompoundFact:
    return services.record_fact(
        compound=world.compounds["梅堰新村"], fact=fact(name, value), by=world.people["street_clerk"], now=NOW
    )


def test_a_new_fact_supersedes_and_the_old_one_stays(world: World) -> None:
    first, second = tell(world, "upkeep_neglected", True), tell(world, "upkeep_neglected", False)
    assert facts_of(world.compounds["梅堰新村"])["upkeep_neglected"] is False
    assert second.supersedes == first
    first.refresh_from_db()
    assert first.value is True


def test_a_fact_said_to_be_unknown_is_absent_from_the_facts(world: World) -> None:
    tell(world, "upkeep_neglected", True)
    tell(world, "upkeep_neglected", None)
    assert "upkeep_neglected" not in facts_of(world.compounds["梅堰新村"])


def test_the_facts_of_one_and_of_many_agree_and_many_cost_no_more_queries(
    world: World, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    tell(world, "land_ownership", "collective")
    with CaptureQueriesContext(connection) as alone:
        facts_table(Compound.objects.filter(pk=world.compounds["梅堰新村"].pk))
    with django_assert_num_queries(len(alone)):  # type: ignore[operator]
        table = facts_table(Compound.objects.order_by("pk"))
    assert table == [{"compound_id": row.pk, **facts_of(row)} for row in Compound.objects.order_by("pk")]
    assert next(row for row in table if row["compound_id"] == world.compounds["梅堰新村"].pk) == {
        "compound_id": world.compounds["梅堰新村"].pk,
        "households_total": 480,
        "compound_kind": "compound",
        "delivered_on": "1996-08-31",
        "land_ownership": "collective",
        "in_shantytown_plan": False,
        "expropriation_planned": False,
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("upkeep_neglected", "是"),
        ("completed_on", "1996年"),
        ("completed_on", "1996-02-30"),
        ("completed_year", 96),
        ("completed_year", True),
        ("owner_money_yuan", 12.5),
        ("owner_money_yuan", "-1"),
        ("compound_kind", "castle"),
        ("no_such_fact", True),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_its_remedy(world: World, name: str, value: object) -> None:
    count = CompoundFact.objects.count()
    with pytest.raises(RefusedError, match="梅堰新村"):
        tell(world, name, value)
    assert CompoundFact.objects.count() == count


@given(st.sampled_from(sorted(BY_NAME)), st.none() | st.booleans() | st.integers() | st.text(max_size=12))
def test_a_value_that_fits_is_shown_without_code_words(name: str, value: object) -> None:
    if fault_of(name, value) is None:
        text = shown(name, value)
        assert text
        assert text not in ("True", "False", "None", *(BY_NAME[name].choices or {}))


def test_every_fact_that_scope_and_priority_read_can_be_recorded() -> None:
    library = load_library()
    tables = [pack.tables.get(name) for pack in library.packs.values() for name in ("scope", "priority_factors")]
    read = {fact.name for table in tables if table is not None for fact in table.reads if _is_of_a_compound(fact)}
    assert len(read) > 30
    assert read <= {about.name for about in FACT_NAMES}


def _is_of_a_compound(fact: Fact) -> bool:
    return fact.kind is not Kind.OPTION and not fact.name.startswith("parameter:")


@given(st.sampled_from(sorted(BY_NAME)), st.booleans() | st.integers() | st.dates().map(str) | st.text(max_size=12))
def test_the_form_takes_exactly_what_the_rules_read(name: str, value: object) -> None:
    assert (fault_of(name, value) is None) is (remedy_for(BY_NAME[name].fact, value) is None)


def test_what_is_missing_is_named(world: World) -> None:
    rows = missing_essentials(Compound.objects.filter(name__in=["梅堰新村", "翠柏花园"]))
    assert [row.name for row in rows] == ["翠柏花园"]
    assert lacking(fact_groups(world.compounds["翠柏花园"])) == [
        "小区类型", "建成交付日期", "土地性质", "已列入棚改计划", "列入征收计划",
    ]  # fmt: skip


def test_an_essential_fact_withdrawn_is_missing_again(world: World) -> None:
    tell(world, "land_ownership", None)
    assert lacking(fact_groups(world.compounds["梅堰新村"])) == ["土地性质"]
    assert "梅堰新村" in {row.name for row in missing_essentials(Compound.objects.all())}


def test_the_page_lists_every_fact_once_with_its_history(world: World) -> None:
    tell(world, "upkeep_neglected", True)
    tell(world, "upkeep_neglected", False)
    lines = [line for _, group in fact_groups(world.compounds["梅堰新村"]) for line in group]
    assert sorted(line.about.name for line in lines) == sorted(about.name for about in FACT_NAMES)
    told = next(line for line in lines if line.about.name == "upkeep_neglected")
    assert told.fact is not None
    assert (told.fact.value, [old.value for old in told.earlier]) == (False, [True])


def test_the_form_records_a_fact_and_refuses_a_day_ahead(world: World, signed_in: object) -> None:
    client = signed_in("street_clerk")  # type: ignore[operator]
    address = f"/compounds/{world.compounds['梅堰新村'].pk}/facts/completed_year/record/"
    given = {"value": "1996", "source": "竣工备案表", "sureness": "verified", "note": ""}
    assert client.post(address, {**given, "recorded_on": "2999-01-01"}).status_code == 422
    assert client.post(address, {**given, "value": "九六", "recorded_on": "2026-01-01"}).status_code == 422
    assert client.post(address, {**given, "value": "2188", "recorded_on": "2026-01-01"}).status_code == 422
    day = address.replace("completed_year", "completed_on")
    assert client.post(day, {**given, "value": "2999-01-01", "recorded_on": "2026-01-01"}).status_code == 422
    assert client.post(address, {**given, "recorded_on": "2026-01-01"}).status_code == 302
    kept = CompoundFact.objects.get(name="completed_year")
    assert (kept.value, kept.source, kept.recorded_on) == (1996, "竣工备案表", date(2026, 1, 1))
