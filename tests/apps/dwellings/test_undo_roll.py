"""Undoing a roll takes nothing that came after it, whatever the days and the order in which rolls were kept."""

from datetime import date
from fractions import Fraction

import pytest

from gongdi.apps.dwellings import roll_jobs, roll_services, services, tasks
from gongdi.apps.dwellings.models import Building, Dwelling, DwellingImport, Ownership
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account, DwellingBinding
from tests.support.dwellings import WANG, kept, uploaded
from tests.support.world import NOW, TODAY, World

SOLD = [("1幢", "1单元", "101", "60.50", "孙测试", WANG, "", "", "2020-01-15", "")]


def undo(world: World, roll: DwellingImport) -> None:
    roll = roll_services.undo_roll(roll=roll, why="传错文件", by=world.people["street_clerk"], now=NOW)
    roll_jobs.take_back_roll(roll=roll, now=NOW)


def first_dwelling() -> Dwelling:
    return Dwelling.objects.select_related("compound", "building").get(room="101", stairwell="1单元")


def held(dwelling: Dwelling) -> Fraction:
    return sum((each.share for each in Ownership.objects.filter(dwelling=dwelling, until=None)), Fraction(0))


def test_a_transfer_by_hand_after_that_of_the_roll_hinders_it_even_before_the_day_of_the_roll(world: World) -> None:
    kept(world)
    roll = kept(world, SOLD)
    buyer = services.NewHolder("钱测试", Fraction(1), "", "13800000009")
    services.record_transfer(
        dwelling=first_dwelling(), holders=[buyer], on=date(2022, 1, 1), basis="买卖", source="登记簿",
        by=world.people["street_clerk"], now=NOW,
    )  # fmt: skip
    with pytest.raises(RefusedError, match="又办理了过户（梅堰新村1幢1单元101）"):
        undo(world, roll)
    assert held(first_dwelling()) == 1


def test_a_roll_uploaded_earlier_but_kept_later_hinders_it(world: World) -> None:
    kept(world)
    waiting = uploaded(world, [("1幢", "1单元", "101", "60.50", "周测试", "", "13800000055", "", "2022-01-15", "")])
    roll = kept(world, SOLD)
    later = roll_services.keep_roll(roll=waiting, by=world.people["street_clerk"], now=NOW)
    roll_jobs.write_roll(roll=later, now=NOW, today=TODAY)
    with pytest.raises(RefusedError, match="后来入库的清册"):
        undo(world, roll)
    undo(world, later)
    undo(world, roll)
    assert held(first_dwelling()) == 1


def test_what_somebody_found_out_of_a_building_since_stays(world: World) -> None:
    roll = kept(world)
    services.record_building(
        compound=first_dwelling().compound, name="1幢", columns={"floors": 6, "completed_year": 1988},
        by=world.people["street_clerk"], now=NOW,
    )  # fmt: skip
    undo(world, roll)
    left = Building.objects.get()
    assert (left.name, left.floors) == ("1幢", 6)
    assert left.brought_by_id is None


def test_nothing_is_recorded_in_a_compound_while_a_roll_is_taken_back_there(world: World) -> None:
    roll = kept(world)
    by = world.people["street_clerk"]
    going = roll_services.undo_roll(roll=roll, why="传错文件", by=by, now=NOW)
    buyer = services.NewHolder("钱测试", Fraction(1), "", "13800000009")
    with pytest.raises(RefusedError, match="正在撤销"):
        services.record_transfer(
            dwelling=first_dwelling(), holders=[buyer], on=TODAY, basis="买卖", source="登记簿", by=by, now=NOW
        )
    with pytest.raises(RefusedError, match="正在撤销"):
        services.add_dwelling(
            building=first_dwelling().building, stairwell="", room="909", columns={"area": 1}, by=by, now=NOW
        )
    roll_jobs.take_back_roll(roll=going, now=NOW)
    assert not Dwelling.objects.exists()


def test_what_came_to_rest_on_a_roll_before_it_was_taken_back_calls_it_off_whole(world: World) -> None:
    roll = kept(world)
    roll_services.undo_roll(roll=roll, why="传错文件", by=world.people["street_clerk"], now=NOW)
    dwelling = first_dwelling()
    account = Account.objects.create(phone_sealed=b"x", phone_masked="138****0001", phone_digest="0" * 64, made_at=NOW)
    DwellingBinding.objects.create(
        account=account, compound=dwelling.compound, building="1幢", room="101", relation="owner", dwelling=dwelling,
        asked_at=NOW,
    )  # fmt: skip
    tasks.take_back_roll.func(roll.pk)
    roll.refresh_from_db()
    assert roll.state == DwellingImport.State.KEPT
    assert "使用" in roll.stopped_why
    assert held(dwelling) == 1
