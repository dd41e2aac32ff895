"""A roll is written on what stands when it is written, not on what stood when it was read."""

from collections.abc import Callable
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gongdi.apps.dwellings import merge_services, roll_jobs, roll_services, services
from gongdi.apps.dwellings.models import Building, Dwelling, DwellingImport, Owner, Ownership
from gongdi.apps.dwellings.outdating import OutdatedError
from tests.support.dwellings import LI, WANG, kept, uploaded
from tests.support.world import NOW, TODAY, World

Meanwhile = Callable[[], object]


def dwelling_of(room: str, stairwell: str = "1单元") -> Dwelling:
    return Dwelling.objects.select_related("compound", "building").get(room=room, stairwell=stairwell)


def holders(dwelling: Dwelling) -> list[tuple[str, Fraction]]:
    rows = Ownership.objects.filter(dwelling=dwelling, until=None).select_related("owner").order_by("pk")
    return [(str(row.owner), row.share) for row in rows]


def written(world: World, monkeypatch: pytest.MonkeyPatch, rows: Any, meanwhile: Meanwhile) -> DwellingImport:
    """A roll during whose writing something else happens, after it was compared and before it is written."""
    roll = roll_services.keep_roll(roll=uploaded(world, rows), by=world.people["street_clerk"], now=NOW)
    write, left = roll_services.write_part, [meanwhile]

    def late(**arguments: Any) -> None:
        if left:
            left.pop()()
        write(**arguments)

    monkeypatch.setattr(roll_services, "write_part", late)
    return roll_jobs.write_roll(roll=roll, now=NOW, today=TODAY)


def test_a_transfer_recorded_meanwhile_is_followed_by_that_of_the_roll(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(world)
    first = dwelling_of("101")

    def pass_on() -> None:
        services.record_transfer(
            dwelling=first, holders=[services.NewHolder("钱测试", Fraction(1))], on=date(2021, 1, 1), basis="买卖",
            source="登记簿", by=world.people["street_clerk"], now=NOW,
        )  # fmt: skip

    sold = [("1幢", "1单元", "101", "60.50", "孙测试", WANG, "", "", "2022-01-15", "")]
    written(world, monkeypatch, sold, pass_on)
    assert holders(first) == [("孙**", Fraction(1))]
    spells = Ownership.objects.filter(dwelling=first).order_by("pk").values_list("since", "until")
    assert list(spells) == [
        (None, date(2021, 1, 1)), (date(2021, 1, 1), date(2022, 1, 15)), (date(2022, 1, 15), None),
    ]  # fmt: skip


def test_a_dwelling_recorded_by_hand_meanwhile_is_not_recorded_twice(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(world)
    building = Building.objects.select_related("compound").get(name="1幢")
    columns = {"area": 6000, "area_basis": "registered", "use": "residence", "floor": 3}
    new = [("1幢", "1单元", "301", "60.00", "孙测试", WANG, "", "", "", "")]
    roll = written(
        world, monkeypatch, new,
        lambda: services.add_dwelling(
            building=building, stairwell="1单元", room="301", columns=columns, by=world.people["street_clerk"], now=NOW
        ),
    )  # fmt: skip
    assert roll.state == DwellingImport.State.KEPT
    assert holders(dwelling_of("301")) == [("孙**", Fraction(1))]


def test_an_owner_merged_meanwhile_gets_no_share_any_more(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(world, [
        ("8幢", "1单元", "101", "60", "王小一", LI, "", "", "", ""),
        ("8幢", "1单元", "102", "60", "王小一", "", "13800000077", "", "", ""),
    ])  # fmt: skip
    stays, gone = Owner.objects.select_related("compound").order_by("pk")
    more = [("8幢", "1单元", "103", "60", "王小一", "", "13800000077", "", "", "")]
    written(
        world, monkeypatch, more,
        lambda: merge_services.merge_owner(
            owner=stays, other=gone, why="核对了证件", by=world.people["street_clerk"], now=NOW
        ),
    )  # fmt: skip
    assert not Ownership.objects.filter(owner=gone).exists()
    assert Ownership.objects.filter(owner=stays).count() == 3


def test_a_part_that_was_written_is_not_written_again(world: World) -> None:
    roll = kept(world)
    DwellingImport.objects.filter(pk=roll.pk).update(state=DwellingImport.State.KEEPING)
    with pytest.raises(OutdatedError):
        roll_services.write_part(roll=roll, steps=[], through=roll.kept_through + 1, now=NOW)


def test_a_dwelling_that_has_ended_is_passed_over_and_told(world: World) -> None:
    kept(world)
    gone = dwelling_of("101")
    services.end_dwelling(dwelling=gone, on=TODAY, why="拆除", by=world.people["street_clerk"], now=NOW)
    before = holders(gone)
    roll = uploaded(world, [("1幢", "1单元", "101", "61.50", "孙测试", WANG, "", "", "2022-01-15", "")])
    assert roll.counts["unchanged"] == 1
    assert "注销" in roll.problems[0]["why"]
    roll = roll_services.keep_roll(roll=roll, by=world.people["street_clerk"], now=NOW)
    roll_jobs.write_roll(roll=roll, now=NOW, today=TODAY)
    gone.refresh_from_db()
    assert (gone.area, holders(gone)) == (6050, before)
    assert not Owner.objects.filter(name_masked="孙**").exists()


def test_two_shares_of_one_owner_make_the_whole(world: World) -> None:
    kept(world)
    halves = [("1幢", "1单元", "101", "60.50", "孙测试", WANG, "", "1/2", "2022-01-15", "")] * 2
    kept(world, halves)
    assert holders(dwelling_of("101")) == [("孙**", Fraction(1, 2))] * 2
    again = uploaded(world, [*halves, ("1幢", "2单元", "101", "88.00", "李测试", LI, "", "", "", "")])
    assert again.counts["unchanged"] == 2
