"""A roll of dwellings is checked, kept whole, compared when it comes again, and undone as one step."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings import books, roll_jobs, roll_services, services, tasks
from gongdi.apps.dwellings.models import Building, Dwelling, DwellingImport, DwellingImportChange, Owner, Ownership
from gongdi.apps.places.facts import facts_of
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.web.uploads import keep_file, path_of
from tests.support.dwellings import HEAD, LI, SMALL, WANG, kept, roll_bytes, uploaded
from tests.support.world import NOW, TODAY, World

State = DwellingImport.State
LATER = date(2027, 2, 1)


def snapshot() -> dict[str, list[dict[str, Any]]]:
    """Everything that a roll may touch, as it stands."""
    found = {}
    for model in (Building, Dwelling, Owner, Ownership):
        rows = [{key: bytes(value) if isinstance(value, memoryview) else value for key, value in row.items()}
                for row in model.objects.order_by("pk").values()]  # fmt: skip
        found[model.__name__] = rows
    return found


def undo(world: World, roll: DwellingImport) -> None:
    roll = roll_services.undo_roll(roll=roll, why="传错文件", by=world.people["street_clerk"], now=NOW)
    roll_jobs.take_back_roll(roll=roll, now=NOW)


def test_checking_tells_what_would_happen_and_keeps_nothing(world: World) -> None:
    roll = uploaded(world)
    assert roll.state == State.WAITING
    assert {key: roll.counts[key] for key in ("dwellings", "created", "new_owners", "new_buildings", "errors")} == {
        "dwellings": 4, "created": 4, "new_owners": 3, "new_buildings": 2, "errors": 0,
    }  # fmt: skip
    assert not Dwelling.objects.exists()


def test_a_kept_roll_has_every_dwelling_and_each_owner_once(world: World) -> None:
    kept(world)
    assert Building.objects.count() == 2
    assert list(Dwelling.objects.order_by("pk").values_list("area", flat=True)) == [6050, 7525, 8800, 12000]
    assert Owner.objects.count() == 3
    owner = Owner.objects.get(name_masked="李**")
    assert owner.ownerships.count() == 2
    assert Ownership.objects.filter(part=1, whole=2).count() == 2


def test_nothing_that_identifies_an_owner_is_stored_or_logged_in_clear(world: World) -> None:
    kept(world)
    text = str(list(Owner.objects.values())) + str(list(Event.objects.values("before", "after", "why", "object_name")))
    for secret in ("李测试", LI, "13800000001"):
        assert secret not in text
        assert secret.encode().hex() not in text


def test_the_same_file_a_second_time_is_refused_and_a_repeat_of_its_rows_changes_nothing(world: World) -> None:
    kept(world)
    before = snapshot()
    with pytest.raises(RefusedError, match="同一份文件"):
        uploaded(world)
    again = uploaded(world, content=roll_bytes() + b"\n")
    assert again.counts["unchanged"] == 4
    roll = roll_services.keep_roll(roll=again, by=world.people["street_clerk"], now=NOW)
    roll_jobs.write_roll(roll=roll, now=NOW, today=TODAY)
    assert snapshot() == before


def test_a_sale_ends_the_old_spell_on_the_day_the_new_one_begins(world: World) -> None:
    kept(world)
    rows = [("1幢", "1单元", "101", "60.50", "孙测试", WANG, "13800000005", "", "2027-01-15", "")]
    kept(world, rows)
    spells = Ownership.objects.filter(dwelling__room="101", dwelling__stairwell="1单元").order_by("pk")
    assert [(spell.since, spell.until) for spell in spells] == [(None, date(2027, 1, 15)), (date(2027, 1, 15), None)]


def test_a_change_without_a_date_is_of_the_day_that_the_roll_is_of(world: World) -> None:
    kept(world)
    kept(world, [("1幢", "1单元", "101", "60.50", "孙测试", WANG, "", "", "", "")], as_of=LATER)
    assert Ownership.objects.get(owner__name_masked="孙**").since == LATER


def test_a_transfer_dated_before_the_present_owner_stops_the_roll(world: World) -> None:
    kept(world)
    roll = uploaded(world, [("1幢", "1单元", "102", "75.25", "孙测试", WANG, "", "", "2014-01-01", "")])
    assert roll.state == State.FAULTY
    assert "2015-03-01" in roll.problems[0]["why"]


def test_undoing_a_roll_restores_everything_as_it_was(world: World) -> None:
    kept(world)
    before = snapshot()
    changed = kept(
        world,
        [
            ("1幢", "1单元", "101", "61.00", "孙测试", WANG, "13800000005", "", "2027-01-15", ""),
            ("1幢", "1单元", "102", "75.25", "王测试", "110101198506153615", "13800000002", "共同共有", "", ""),
            ("1幢", "1单元", "102", "75.25", "赵测试", "", "13800000003", "共同共有", "", ""),
            ("1幢", "2单元", "101", "88.00", "李测试", LI, "13900000001", "", "", ""),
            ("3幢", "", "101", "50", "钱测试", "", "13800000007", "", "", ""),
        ],
    )
    assert snapshot() != before
    undo(world, changed)
    assert snapshot() == before
    assert not DwellingImportChange.objects.filter(brought_by=changed).exists()
    assert DwellingImport.objects.get(pk=changed.pk).state == State.UNDONE


def test_a_first_roll_undone_leaves_nothing(world: World) -> None:
    undo(world, kept(world))
    assert all(not rows for rows in snapshot().values())


def test_a_roll_on_which_a_later_transfer_rests_cannot_be_undone(world: World) -> None:
    roll = kept(world)
    dwelling = Dwelling.objects.select_related("compound").order_by("pk")[0]
    buyer = services.NewHolder("孙测试", Ownership(part=1, whole=1).share, "", "13800000009")
    services.record_transfer(
        dwelling=dwelling, holders=[buyer], on=LATER, basis="买卖", source="登记簿", by=world.people["street_clerk"],
        now=NOW,
    )  # fmt: skip
    before = snapshot()
    with pytest.raises(RefusedError, match=f"产权变更（梅堰新村{dwelling}）"):
        undo(world, roll)
    assert snapshot() == before


def test_a_roll_interrupted_midway_is_finished_without_doubling(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(roll_jobs, "AT_ONCE", 1)
    roll = roll_services.keep_roll(roll=uploaded(world), by=world.people["street_clerk"], now=NOW)
    write = roll_services.write_part

    def stops(**arguments: Any) -> None:
        if arguments["through"] == 3:
            raise KeyboardInterrupt
        write(**arguments)

    monkeypatch.setattr(roll_services, "write_part", stops)
    with pytest.raises(KeyboardInterrupt):
        roll_jobs.write_roll(roll=roll, now=NOW, today=TODAY)
    assert Dwelling.objects.count() == 2
    monkeypatch.setattr(roll_services, "write_part", write)
    roll_jobs.write_roll(roll=DwellingImport.objects.get(pk=roll.pk), now=NOW, today=TODAY)
    assert Dwelling.objects.count() == 4
    assert Owner.objects.count() == 3


def test_dwellings_of_a_compound_outside_ones_place_stop_the_roll(world: World) -> None:
    content = roll_bytes([("月季小区", *row) for row in SMALL], ("小区名称", *HEAD))
    roll = uploaded(world, content=content)
    assert roll.state == State.FAULTY
    assert not Dwelling.objects.exists()


def test_a_word_in_the_place_of_a_number_does_not_make_one_owner_of_many(world: World) -> None:
    rows = [
        ("1幢", "", str(100 + n), "60", name, "无", "", "", "", "") for n, name in enumerate(("王一", "李二", "张三"))
    ]
    roll = kept(world, rows)
    assert Owner.objects.count() == 3
    assert any("不是号码" in each["why"] for each in roll.problems)


def test_one_number_under_two_names_stops_the_roll(world: World) -> None:
    rows = [("1幢", "", "101", "60", "王一", LI, "", "", "", ""), ("1幢", "", "102", "60", "李二", LI, "", "", "", "")]
    roll = uploaded(world, rows)
    assert roll.state == State.FAULTY
    assert "姓名却不同" in roll.problems[0]["why"]


def test_newcomers_of_different_days_stop_the_roll_where_somebody_goes(world: World) -> None:
    kept(world)
    rows = [
        ("1幢", "1单元", "101", "60.50", "孙测试", WANG, "", "1/2", "2025-01-15", ""),
        ("1幢", "1单元", "101", "60.50", "周测试", "", "13800000019", "1/2", "2026-01-15", ""),
    ]
    assert "起始日期不一致" in uploaded(world, rows).problems[0]["why"]


def test_rows_of_a_compound_scattered_beyond_what_is_held_stop_the_roll(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(books, "MOST_BOOKS", 1)
    head = ("小区名称", *HEAD)
    rows = [("梅堰新村", *SMALL[0]), ("青禾小区", *SMALL[0]), ("梅堰新村", *SMALL[3])]
    kept_file = keep_file([roll_bytes(rows, head)])
    roll = roll_services.upload_roll(
        file_name="清册.csv", digest=kept_file.digest, compound=None, as_of=TODAY, by=world.people["street_clerk"],
        now=NOW,
    )  # fmt: skip
    roll = roll_jobs.check_roll(roll=roll, now=NOW, today=TODAY)
    assert roll.state == State.FAULTY
    assert "分散" in roll.problems[0]["why"]


def test_a_roll_whose_dwelling_a_resident_is_bound_to_cannot_be_undone(world: World) -> None:
    roll = kept(world)
    dwelling = Dwelling.objects.select_related("compound").order_by("pk")[0]
    account = Account.objects.create(phone_sealed=b"x", phone_masked="138****0001", phone_digest="0" * 64, made_at=NOW)
    DwellingBinding.objects.create(
        account=account, compound=dwelling.compound, building="1幢", room="101", relation="owner", dwelling=dwelling,
        asked_at=NOW,
    )  # fmt: skip
    before = snapshot()
    with pytest.raises(RefusedError, match="使用"):
        undo(world, roll)
    assert snapshot() == before


def test_a_correction_made_since_hinders_the_undoing(world: World) -> None:
    kept(world)
    roll = kept(world, [("1幢", "1单元", "101", "61.00", "李测试", LI, "13800000001", "", "", "")])
    dwelling = Dwelling.objects.select_related("compound", "building").get(area=6100)
    services.correct_dwelling(
        dwelling=dwelling, columns={"area": 6200}, why="登记簿", by=world.people["street_clerk"], now=NOW
    )
    with pytest.raises(RefusedError, match="更正"):
        undo(world, roll)


def test_counts_become_facts_only_once_the_roll_is_declared_whole(world: World) -> None:
    kept(world)
    compound = world.compounds["梅堰新村"]
    assert facts_of(compound)["households_total"] == 480
    services.declare_complete(compound=compound, on=TODAY, by=world.people["street_clerk"], now=NOW)
    facts = facts_of(compound)
    assert (facts["households_total"], facts["owners_total"], facts["area_total_m2"]) == (3, 3, "343.75")


def test_the_file_with_names_and_numbers_is_gone_once_it_is_kept(world: World) -> None:
    roll = uploaded(world)
    assert path_of(roll.digest).exists()
    roll = roll_services.keep_roll(roll=roll, by=world.people["street_clerk"], now=NOW)
    roll_jobs.write_roll(roll=roll, now=NOW, today=TODAY)
    assert not path_of(roll.digest).exists()


def test_work_in_hand_is_taken_up_again_and_a_stop_is_told(world: World) -> None:
    roll = roll_services.keep_roll(roll=uploaded(world), by=world.people["street_clerk"], now=NOW)
    assert tasks.resume() == 1
    path_of(roll.digest).unlink()
    tasks.write_roll.func(roll.pk)
    roll.refresh_from_db()
    assert (roll.state, bool(roll.stopped_why)) == (State.KEEPING, True)


def test_what_would_change_of_a_dwelling_that_stands_is_told_before_it_is_kept(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    kept(world, as_of=date(2026, 1, 1))
    row = ("1幢", "1单元", "101", "61.00", "赵测试", "", "13800000077", "", "2026-05-01", "商业")
    roll = uploaded(world, [row], as_of=TODAY)
    where, kind, words = roll.foretold[0]
    assert (where, kind) == ("梅堰新村 1幢1单元101", "产权变更")
    assert "→ 61.00" in words
    assert "用途 住宅 → 商业" in words
    assert "业主变更为 赵**，自 2026-05-01" in words
    page = signed_in("street_clerk").get(reverse("dwellings:see_import", args=[roll.pk])).content.decode()
    assert "已有房屋的变动（1）" in page
    assert "赵测试" not in page


def test_a_roll_of_new_dwellings_alone_foretells_no_change(world: World) -> None:
    assert uploaded(world).foretold == []


def test_a_room_told_once_with_and_once_without_its_stairwell_is_warned_of(world: World) -> None:
    kept(world)
    roll = uploaded(world, [("1幢", "", "102", "75.25", "孙测试", "", "", "", "", "")])
    assert roll.state == State.WAITING
    (told,) = [each for each in roll.problems if "可能是同一户" in each["why"]]
    assert (told["severity"], told["value"]) == ("warning", "1幢102")
    fresh = uploaded(world, [_line("8幢", "1单元", "王一"), _line("8幢", "", "李二")])
    assert any("可能是同一户" in each["why"] for each in fresh.problems)
    apart = uploaded(world, [_line("9幢", "1单元", "王一"), _line("9幢", "2单元", "李二")])
    assert not any("可能是同一户" in each["why"] for each in apart.problems)


def test_namesakes_that_may_be_one_person_are_warned_of_once_a_name_and_masked(world: World) -> None:
    lines = [_line("8幢", "1单元", "王小一"), _line("8幢", "2单元", "王小一"), _line("8幢", "3单元", "王小一")]
    told = [each for each in uploaded(world, lines).problems if "同名业主" in each["why"]]
    assert [(each["severity"], each["value"]) for each in told] == [("warning", "8幢2单元101")]
    assert "王小一" not in told[0]["why"]
    apart = uploaded(world, [_line("9幢", "1单元", "王小一"), _line("9幢", "2单元", "李小二")])
    assert not any("同名业主" in each["why"] for each in apart.problems)


def _line(building: str, stairwell: str, name: str) -> tuple[str, ...]:
    return (building, stairwell, "101", "60", name, "", "", "", "", "")
