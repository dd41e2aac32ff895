import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.exchange.roster.names import match_key, read_name


@pytest.mark.parametrize(
    ("name", "buildings"),
    [
        ("操兵巷1、18号", 2),
        ("阜南路37、39号", 2),
        ("阜阳路144、146-5号", 2),
        ("化工西村31幢-36幢", 6),
        ("王家冲小区（20—29栋、43栋）", 11),
        ("浦沅小区11-14栋", 4),
        ("槐荫里1-6#楼", 6),
        ("槐荫里3、5、7号楼", 3),
        ("槐荫里1号楼至6号楼", 6),
        ("石梁路42号楼", 1),
        ("操兵巷24号", None),
        ("陇海东路54号院", None),
        ("滨江路1-5号", None),
        ("槐荫里1、2期", None),
        ("267大队", None),
        ("汉马路41.43号", None),
    ],
)
def test_the_buildings_a_name_lists_are_counted_only_when_clear(name: str, buildings: int | None) -> None:
    reading = read_name(name)
    assert reading.buildings == buildings
    assert reading.name == name


@pytest.mark.parametrize(
    "name", ["电信局宿舍和邮政局宿舍", "建安小区、铁建小区", "甲厂楼与乙厂楼", "互感器厂及华兴AB楼"]
)
def test_a_name_of_several_compounds_stays_whole_with_a_note(name: str) -> None:
    reading = read_name(name)
    assert reading.name == name
    assert "没有拆开" in reading.notes[0]


@pytest.mark.parametrize("name", ["思和苑", "佳和小区", "交通局和谐家园", "和平里小区", "操兵巷1、18号", "及第花园"])
def test_a_name_with_such_a_word_in_it_is_no_list(name: str) -> None:
    assert read_name(name).notes == ()


@pytest.mark.parametrize("name", ["建安小区等", "建安等3个小区"])
def test_a_name_that_ends_in_and_so_on_is_noted(name: str) -> None:
    assert "没有列全" in read_name(name).notes[-1]


@pytest.mark.parametrize("name", ["", "  ", "12", "——", "???", "建安\ufffd区", "长" * 101])
def test_a_name_that_cannot_be_one_is_a_fault(name: str) -> None:
    assert read_name(name).fault


def test_spaces_and_line_breaks_within_a_name_are_taken_out() -> None:
    assert read_name("  建安\n小区　").name == "建安小区"


def test_names_are_compared_without_width_and_spaces() -> None:
    assert match_key("建安小区（一期）") == match_key("建安 小区(一期)")
    assert match_key("建安小区一期") != match_key("建安小区二期")


@given(st.text(max_size=40))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    reading = read_name(text)
    assert bool(reading.name) != bool(reading.fault)
