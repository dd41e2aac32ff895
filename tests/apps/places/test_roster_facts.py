"""Columns that tell facts come in with a roster: shown first, recorded with their cell, never over what is verified."""

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongdi.apps.accounts.models import User
from gongdi.apps.places import roster_services, services
from gongdi.apps.places.facts import facts_of
from gongdi.apps.places.models import Compound, CompoundFact, RosterImport
from gongdi.apps.places.roster_plan import ImportPlan, plan_import
from gongdi.apps.places.services import NewFact
from gongdi.exchange.roster import RosterReading, read_roster
from tests.support.world import COUNTY, NOW, TODAY, World

HEAD = "小区名称,街道,社区,建成年份,土地性质,是否列入征收计划,业主出资（万元）,开工日期\n"
ROWS = HEAD + "新丰小区,文教街道,繁景社区,八十年代,国有,√,3.5,无\n梅堰新村,文教街道,繁景社区,,集体,基本否,,\n"


def reading_of(text: str) -> RosterReading:
    return read_roster(text.encode(), now_year=2027, name="名单.csv")


def keep(text: str, by: User, digest: str = "a" * 64) -> RosterImport:
    return roster_services.import_roster(reading=reading_of(text), file_name="名单.csv", digest=digest, by=by, now=NOW)


def plan(text: str, world: World) -> ImportPlan:
    return plan_import(reading_of(text), world.divisions[COUNTY], COUNTY)


@pytest.fixture
def officer(world: World) -> User:
    return world.people["district_officer"]


def test_columns_of_facts_become_facts_with_their_cell(officer: User) -> None:
    keep(ROWS, officer)
    new = Compound.objects.get(name="新丰小区")
    assert facts_of(new) == {
        "land_ownership": "state",
        "expropriation_planned": True,
        "owner_money_yuan": "35000.00",
        "started_on": "none",
    }
    kept = CompoundFact.objects.get(compound=new, name="land_ownership")
    assert (kept.source, kept.sureness) == ("名单“名单.csv” E2", "read")


def test_a_fact_that_differs_supersedes_and_what_cannot_be_read_changes_nothing(officer: User) -> None:
    counts = keep(ROWS, officer).counts
    assert (counts["created"], counts["changed"]) == (1, 1)
    facts = facts_of(Compound.objects.get(name="梅堰新村"))
    assert (facts["land_ownership"], facts["expropriation_planned"]) == ("collective", False)
    kept = CompoundFact.objects.get(compound__name="梅堰新村", name="land_ownership", superseded_by=None)
    assert kept.supersedes is not None
    assert kept.supersedes.value == "state"


def test_a_span_of_years_stays_readable_and_no_year_is_made_up(officer: User) -> None:
    keep(ROWS, officer)
    kept = CompoundFact.objects.get(compound__name="新丰小区", name="completed_year")
    assert kept.value is None
    assert kept.note == "名单写“八十年代”，只知道在 1980–1989 年之间"


def test_a_span_is_noted_once_and_never_over_a_known_year(officer: User) -> None:
    keep(ROWS, officer)
    assert keep(ROWS, officer, "b" * 64).counts["changed"] == 0
    keep("小区名称,建成年份\n新丰小区,1988\n", officer, "c" * 64)
    assert keep(ROWS, officer, "d" * 64).counts["changed"] == 0
    assert facts_of(Compound.objects.get(name="新丰小区"))["completed_year"] == 1988


def test_what_was_verified_stays_and_a_warning_says_so(world: World, officer: User) -> None:
    verified = NewFact("land_ownership", "state", "不动产登记", TODAY, "verified")
    services.record_fact(compound=world.compounds["梅堰新村"], fact=verified, by=officer, now=NOW)
    (problem,) = [each for each in plan(ROWS, world).problems if "已核实" in each.why]
    assert (problem.cell, problem.is_error) == ("E3", False)
    assert "已核实为国有，名单写集体" in problem.why
    keep(ROWS, officer)
    assert facts_of(world.compounds["梅堰新村"])["land_ownership"] == "state"


def test_an_unreadable_cell_is_a_warning_with_its_place(world: World) -> None:
    (problem,) = [each for each in plan(ROWS, world).problems if "读不出" in each.why]
    assert (problem.cell, problem.value, problem.is_error) == ("F3", "基本否", False)


def test_the_preview_shows_the_facts_as_read_before_anything_is_kept(signed_in: Callable[[str], Client]) -> None:
    client, before = signed_in("district_officer"), CompoundFact.objects.count()
    answer = client.post("/rosters/", {"file": SimpleUploadedFile("名单.csv", ROWS.encode())})
    page = client.get(answer.headers["Location"]).content.decode()
    for words in (
        "情况：土地性质", "土地性质：国有 → 集体", "列入征收计划：是", "开工日期：未发生", "业主出资：35000.00元",
        "只知道在 1980–1989 年之间", "基本否",
    ):  # fmt: skip
        assert words in page
    assert CompoundFact.objects.count() == before


def test_the_page_of_a_compound_shows_the_span_and_facts_that_no_survey_asks_for(
    world: World, officer: User, signed_in: Callable[[str], Client]
) -> None:
    keep(ROWS, officer)
    compound = Compound.objects.get(name="新丰小区")
    page = signed_in("district_officer").get(f"/compounds/{compound.pk}/").content.decode()
    assert "只知道在 1980–1989 年之间" in page
    assert "其他情况" in page
    assert "未发生" in page


def test_an_event_that_has_not_happened_can_be_recorded_by_hand(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    compound = world.compounds["梅堰新村"]
    address = f"/compounds/{compound.pk}/facts/started_on/record/"
    given = {"value": "无", "source": "现场查看", "sureness": "verified", "note": "", "recorded_on": "2026-01-01"}
    client = signed_in("street_clerk")
    assert client.post(address, {**given, "value": "没有"}).status_code == 422
    assert client.post(address, given).status_code == 302
    assert facts_of(compound)["started_on"] == "none"
    assert 'value="无"' in client.get(address).content.decode()
