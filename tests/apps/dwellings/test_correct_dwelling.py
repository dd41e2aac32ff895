"""A dwelling's area changes from a day on, or had been wrong; rolls of earlier days tell the two apart."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.dwellings import queries, roll_jobs, roll_services, services
from gongdi.apps.dwellings.models import Dwelling, DwellingImport, FormerFigures
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.freezing import roll_of
from gongdi.apps.voting.models import Vote
from tests.support.dwellings import LI, kept
from tests.support.world import NOW, TODAY, World

ROOM = "1幢1单元101"
CHANGED = date(2026, 5, 20)


def dwelling() -> Dwelling:
    return Dwelling.objects.select_related("compound", "building").get(room="101", stairwell="1单元")


def correct(world: World, on: date | None = None, **columns: object) -> None:
    services.correct_dwelling(
        dwelling=dwelling(), columns=columns, on=on, why="登记簿", by=world.people["street_clerk"], now=NOW
    )


def area_on(world: World, day: date) -> int:
    lines = queries.roll_on(world.compounds["梅堰新村"], day)
    return next(line.dwelling.area for line in lines if str(line.dwelling) == ROOM)


def test_a_change_from_a_day_on_leaves_the_rolls_of_earlier_days_as_they_were(world: World) -> None:
    kept(world)
    before = dwelling().area
    correct(world, CHANGED, area=7000)
    assert area_on(world, CHANGED - timedelta(days=1)) == before
    assert area_on(world, CHANGED) == area_on(world, TODAY) == 7000


def test_the_frozen_roll_of_an_earlier_day_weighs_what_was(world: World) -> None:
    kept(world)
    before = dwelling().area
    correct(world, CHANGED, area=before + 100)
    vote = Vote(compound=world.compounds["梅堰新村"], scope="compound")
    early, _ = roll_of(vote, CHANGED - timedelta(days=1))
    late, _ = roll_of(vote, CHANGED)
    weighs = [next(unit.area for unit in roll.units if dwelling().pk in unit.dwellings) for roll in (early, late)]
    assert weighs[1] - weighs[0] == 100


def test_a_correction_without_a_day_holds_for_all_days(world: World) -> None:
    kept(world)
    correct(world, area=7000)
    assert area_on(world, CHANGED) == area_on(world, TODAY) == 7000
    assert not FormerFigures.objects.exists()


def test_a_flat_made_a_garage_is_left_off_from_that_day_only(world: World) -> None:
    kept(world)
    correct(world, CHANGED, use="garage")
    compound = world.compounds["梅堰新村"]

    def left_off(day: date) -> str:
        return next(line.left_off for line in queries.roll_on(compound, day) if str(line.dwelling) == ROOM)

    assert left_off(CHANGED) == "车库不计入表决"
    assert left_off(CHANGED - timedelta(days=1)) == ""


def test_a_second_change_must_be_later_than_the_first(world: World) -> None:
    kept(world)
    correct(world, CHANGED, area=7000)
    with pytest.raises(RefusedError, match="2026-05-20"):
        correct(world, CHANGED, area=7100)
    assert dwelling().area == 7000


def test_a_day_with_nothing_changed_keeps_no_past(world: World) -> None:
    kept(world)
    correct(world, CHANGED, area=dwelling().area, floor=9)
    assert not FormerFigures.objects.exists()


def later_roll(world: World, as_of: date) -> DwellingImport:
    return kept(world, [("1幢", "1单元", "101", "61.00", "李测试", LI, "13800000001", "", "", "")], as_of=as_of)


def test_a_later_roll_changes_the_area_from_its_own_day_and_undoing_it_takes_the_past_away(world: World) -> None:
    kept(world, as_of=date(2026, 1, 1))
    before = dwelling().area
    roll = later_roll(world, CHANGED)
    assert area_on(world, CHANGED - timedelta(days=1)) == before
    assert area_on(world, CHANGED) == 6100
    roll = roll_services.undo_roll(roll=roll, why="传错", by=world.people["street_clerk"], now=NOW)
    roll_jobs.take_back_roll(roll=roll, now=NOW)
    assert area_on(world, TODAY) == before
    assert not FormerFigures.objects.exists()


def test_the_page_refuses_a_day_that_lies_ahead_and_shows_the_past(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    kept(world)
    client = signed_in("street_clerk")
    address = reverse("dwellings:correct_dwelling", args=[dwelling().pk])
    fields = {"area": "70", "area_basis": "surveyed", "use": "residence", "floor": "1", "why": "重新测绘"}
    ahead = client.post(address, {**fields, "on": "2999-01-01"})
    assert ahead.status_code == 422
    assert "不能晚于今天" in ahead.content.decode()
    client.post(address, {**fields, "on": "2026-05-20"})
    page = client.get(reverse("dwellings:see_dwelling", args=[dwelling().pk])).content.decode()
    assert "面积与用途沿革" in page
    assert "2026-05-20（不含）" in page


def test_what_has_ended_is_neither_corrected_nor_passed_on(world: World) -> None:
    kept(world)
    row = Dwelling.objects.select_related("compound", "building").get(room="101", stairwell="1单元")
    by = world.people["street_clerk"]
    services.end_dwelling(dwelling=row, on=TODAY, why="拆除", by=by, now=NOW)
    with pytest.raises(RefusedError, match="注销"):
        services.correct_dwelling(dwelling=row, columns={"area": 100}, why="录错", by=by, now=NOW)
    holder = services.NewHolder("钱测试", Fraction(1))
    with pytest.raises(RefusedError, match="注销"):
        services.record_transfer(dwelling=row, holders=[holder], on=TODAY, basis="买卖", source="", by=by, now=NOW)


def test_a_roll_older_than_the_last_change_leaves_the_area_and_says_so(world: World) -> None:
    kept(world, as_of=date(2024, 1, 1))
    correct(world, CHANGED, area=7000)
    roll = later_roll(world, CHANGED - timedelta(days=1))
    assert "2026-05-20" in roll.problems[0]["why"]
    assert area_on(world, TODAY) == 7000
    assert area_on(world, CHANGED - timedelta(days=1)) == 6050


def test_a_roll_that_tells_no_use_and_no_basis_leaves_both(world: World) -> None:
    kept(world)
    correct(world, use="garage", area_basis="surveyed")
    roll = kept(world, [("1幢", "1单元", "101", "60.50", "李测试", LI, "", "", "", "")])
    assert roll.counts["unchanged"] == 1
    assert (dwelling().use, dwelling().area_basis) == ("garage", "surveyed")
