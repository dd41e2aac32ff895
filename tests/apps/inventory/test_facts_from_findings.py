"""What findings tell the rules, and which of two tellings counts."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.inventory.models import Facility, Inspection
from gongdi.apps.inventory.services import treat_risk
from gongdi.apps.places.facts import facts_of, known_of
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import NewFact, RefusedError, record_fact
from gongdi.web import clock
from tests.support.findings import find, inspection
from tests.support.world import NOW, TODAY, World


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "today", lambda: TODAY)


def place(world: World) -> Compound:
    return world.compounds["梅堰新村"]


def test_a_gas_risk_that_a_qualified_body_found_is_a_fact_with_its_source(world: World) -> None:
    inspection(world)
    known = known_of(place(world))["gas_risk_found"]
    assert (known.value, known.source, known.on) == (True, "燃气管道检测", date(2027, 2, 1))


def test_an_unqualified_look_is_no_fact(world: World) -> None:
    inspection(world, qualified=False)
    assert "gas_risk_found" not in facts_of(place(world))


def test_a_treated_risk_is_gone_and_the_hazard_with_it(world: World) -> None:
    risky = inspection(world)
    assert facts_of(place(world))["safety_hazard"] is True
    treat_risk(inspection=risky, on=date(2027, 2, 20), source="复检", by=world.people["community_worker"], now=NOW)
    facts = facts_of(place(world))
    assert facts["gas_risk_found"] is False
    assert "safety_hazard" not in facts


def test_a_safe_structure_needs_a_qualified_finding_without_risk(world: World) -> None:
    inspection(world, kind="structure", risk_found=False)
    assert facts_of(place(world))["structure_safe"] is True


def test_comprehensive_works_tell_when_the_compound_was_last_renewed(world: World) -> None:
    find(world, "works", year=2001, content="平改坡", comprehensive=True)
    find(world, "works", year=2012, content="整治", comprehensive=True)
    find(world, "works", year=2020, content="刷墙", comprehensive=False)
    facts = facts_of(place(world))
    assert (facts["ever_renewed"], facts["years_since_renewal"]) == (True, 15)


def test_of_a_recorded_and_a_counted_fact_the_later_day_counts(world: World) -> None:
    inspection(world)

    def told(on: date) -> object:
        fact = NewFact("gas_risk_found", False, "现场核查", on, "verified")
        record_fact(compound=place(world), fact=fact, by=world.people["community_worker"], now=NOW)
        return facts_of(place(world))["gas_risk_found"]

    assert told(date(2027, 1, 31)) is True
    assert told(date(2027, 2, 1)) is True
    assert told(date(2027, 2, 2)) is False


def test_a_second_record_of_one_item_takes_the_place_of_the_first(world: World) -> None:
    find(world, "facilities", item="roof_repair", condition="broken", quantity="")
    find(world, "facilities", item="roof_repair", condition="good", quantity="")
    rows = Facility.objects.filter(compound=place(world)).order_by("pk")
    assert [(row.condition, row.withdrawn_at is None) for row in rows] == [("broken", False), ("good", True)]


def test_a_risk_not_yet_treated_can_be_recorded_on_the_page(world: World, signed_in: Callable[[str], Client]) -> None:
    fields = {
        "kind": "gas", "body": "某某检测公司", "qualified": "on", "risk_found": "on", "where": "", "treated_on": "",
        "found_on": "2027-02-01", "source": "检测报告", "sureness": "verified", "note": "",
    }  # fmt: skip
    address = reverse("inventory:record_finding", args=[place(world).pk, "inspections"])
    assert signed_in("community_worker").post(address, fields).status_code == 302
    assert facts_of(place(world))["gas_risk_found"] is True


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"treated_on": "2027-01-31", "risk_found": "on"}, "整改完成日期不能早于检测日期"),
        ({"treated_on": "2027-02-02"}, "没有勾选"),
    ],
)
def test_a_risk_removed_before_it_was_found_is_refused(
    world: World, signed_in: Callable[[str], Client], given: dict[str, str], why: str
) -> None:
    fields = {
        "kind": "gas", "body": "某某检测公司", "qualified": "on", "where": "", "found_on": "2027-02-01",
        "source": "检测报告", "sureness": "verified", "note": "", **given,
    }  # fmt: skip
    answer = signed_in("community_worker").post(
        reverse("inventory:record_finding", args=[place(world).pk, "inspections"]), fields
    )
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not Inspection.objects.exists()


@pytest.mark.parametrize(
    ("kind", "given", "why"),
    [
        ("works", {"year": "2028", "content": "外墙"}, "不能大于 2027"),
        ("works", {"year": "0", "content": "外墙"}, "不能小于 1949"),
        ("services", {"kind": "shop", "name": "便利店", "minutes": "99999999999999999999"}, "不能大于 240"),
        ("services", {"kind": "shop", "name": "店" * 200, "minutes": "3"}, "现在有 200 个"),
        ("spaces", {"kind": "", "name": "锅炉房", "availability": "available"}, "请选一项"),
        ("facilities", {"item": "", "condition": "good"}, "请选一项"),
    ],
)
def test_what_cannot_be_is_told_in_plain_words_and_nothing_is_chosen_beforehand(
    kind: str, given: dict[str, str], why: str, world: World, signed_in: Callable[[str], Client]
) -> None:
    common = {"found_on": "2027-02-01", "source": "现场核查", "sureness": "verified", "note": ""}
    answer = signed_in("community_worker").post(
        reverse("inventory:record_finding", args=[place(world).pk, kind]), {**common, **given}
    )
    told = answer.content.decode()
    assert (answer.status_code, why in told, "确保该" in told) == (422, True, False)


def test_a_risk_is_not_removed_on_a_day_to_come(world: World) -> None:
    row = Inspection.objects.create(
        compound=place(world), kind="gas", body="某公司", qualified=True, risk_found=True, found_on=TODAY,
        source="报告", recorded_at=NOW, recorded_by=world.people["community_worker"],
    )  # fmt: skip
    with pytest.raises(RefusedError, match="不能晚于今天"):
        treat_risk(
            inspection=row, on=TODAY + timedelta(days=1), source="复检", by=world.people["community_worker"], now=NOW
        )
