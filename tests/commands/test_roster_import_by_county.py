"""`gongdi roster import FILE` without anybody's post: counties come from the roster itself, or from --district."""

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.core.management import CommandError, call_command

from gongdi.apps.audit.models import Event
from gongdi.apps.places.models import Compound, CompoundFact, Division, RosterImport
from gongdi.commands.roster import roster
from gongdi.demo.sources import DATA
from tests.support.world import make_divisions

pytestmark = pytest.mark.django_db
PUBLISHED = DATA / "compounds_with_figures.csv"


def run(path: Path, *options: str) -> Result:
    return CliRunner().invoke(roster, ["import", str(path), *options])


def listing(tmp_path: Path, text: str, name: str = "名单.csv") -> Path:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return path


def counts() -> tuple[int, ...]:
    return tuple(model.objects.count() for model in (Compound, CompoundFact, Division, RosterImport, Event))


def test_a_published_roster_of_seven_cities_comes_into_an_empty_database() -> None:
    done = run(PUBLISHED)
    assert done.exit_code == 0, done.stderr
    assert "天长市（341181）：名单已入库，新增 8 个" in done.stdout
    assert len(done.stdout.splitlines()) == 7
    assert Compound.objects.count() == 41
    one = Compound.objects.get(name="天阳楼小区")
    assert (one.county.code, str(one.county.parent), one.area, one.cost_total) == (
        "341181", "滁州市", 1_300_000, 418_000_000,
    )  # fmt: skip


def test_the_same_file_twice_changes_nothing() -> None:
    run(PUBLISHED)
    before = counts()[:-1]
    again = run(PUBLISHED)
    assert again.exit_code == 0
    assert again.stdout.count("此前已经入库，本次没有改动") == 7
    assert counts()[:-1] == before


def test_a_place_that_is_not_listed_is_kept_under_a_provisional_code(tmp_path: Path) -> None:
    text = "市,区县,小区名称\n滁州市,天长市,甲小区\n长沙市,雨花区,乙小区\n长沙市,雨花区,丙小区\n九江市,经开区,丁小区\n"
    path = listing(tmp_path, text)
    kept = run(path)
    assert kept.exit_code == 0
    assert "长沙市雨花区（900001）、九江市经开区（900002）" in kept.stderr
    assert Compound.objects.filter(county__system="own").count() == 3
    before = counts()[:-1]
    assert run(path).exit_code == 0
    assert counts()[:-1] == before


def test_a_roster_that_names_no_place_at_all_is_kept_until_somebody_says_where(tmp_path: Path) -> None:
    kept = run(listing(tmp_path, "小区名称,户数\n新丰小区,120\n"))
    assert kept.exit_code == 0
    assert Compound.objects.get().county.name == "区县待定"


def test_two_compounds_of_one_name_with_other_figures_are_told_apart(tmp_path: Path) -> None:
    text = "市,区县,街道,小区名称,户数\n宿州市,萧县,甲镇,农行家属院,10\n宿州市,萧县,乙镇,农行家属院,11\n"
    path = listing(tmp_path, text)
    assert run(path).exit_code == 0
    assert set(Compound.objects.values_list("name", "households")) == {("农行家属院", 10), ("农行家属院（乙镇）", 11)}
    before = counts()[:-1]
    assert run(path).exit_code == 0
    assert counts()[:-1] == before


def test_the_same_row_twice_is_one_compound(tmp_path: Path) -> None:
    assert (
        run(listing(tmp_path, "市,区县,小区名称,户数\n宿州市,萧县,乙小区,10\n宿州市,萧县,乙小区,10\n")).exit_code == 0
    )
    assert Compound.objects.count() == 1


def test_a_fault_in_one_county_keeps_the_others_out_too(tmp_path: Path) -> None:
    before = counts()
    refused = run(listing(tmp_path, "市,区县,小区名称,户数\n滁州市,天长市,甲小区,5\n宿州市,萧县,乙小区,-10\n"))
    assert refused.exit_code == 1
    assert counts() == before


def test_the_district_may_be_named_by_its_code(tmp_path: Path) -> None:
    path = listing(tmp_path, "小区名称,户数\n新丰小区,120\n")
    assert run(path, "--district", "330205").exit_code == 0
    assert Compound.objects.get().place == "330205"
    assert str(Compound.objects.get().county.parent) == "宁波市"


def test_a_district_code_that_is_not_known_is_refused_with_what_to_do(tmp_path: Path) -> None:
    refused = run(listing(tmp_path, "小区名称\n新丰小区\n"), "--district", "430111")
    assert refused.exit_code == 1
    assert "430111 还没有登记" in refused.stderr
    assert "add_divisions" in refused.stderr


def test_a_row_of_another_district_than_the_named_one_is_refused(tmp_path: Path) -> None:
    refused = run(listing(tmp_path, "区县,小区名称\n鄞州区,月季小区\n"), "--district", "330205")
    assert refused.exit_code == 1
    assert "不属于江北区" in refused.stderr


def test_a_roster_without_any_place_goes_to_the_only_county_there_is(tmp_path: Path) -> None:
    run(listing(tmp_path, "市,区县,小区名称\n宁波市,江北区,甲小区\n", "别的.csv"))
    assert run(listing(tmp_path, "小区名称,户数\n新丰小区,120\n")).exit_code == 0
    assert Compound.objects.get(name="新丰小区").place == "330205"


def test_streets_and_communities_that_are_listed_are_found_without_a_post(tmp_path: Path) -> None:
    make_divisions()
    run(listing(tmp_path, "市,区县,街道,社区,小区名称\n宁波,江北,文教街道,繁景社区,新丰小区\n"))
    assert Compound.objects.get().place == "330205004004"


def test_two_counties_of_one_name_ask_for_the_city(tmp_path: Path) -> None:
    make_divisions()
    table = listing(tmp_path, "代码,名称\n50,重庆市\n5001,重庆市\n500105,江北区\n", "区划.csv")
    call_command("add_divisions", str(table), verbosity=0)
    refused = run(listing(tmp_path, "区县,小区名称\n江北区,新丰小区\n"))
    assert "宁波市江北区、重庆市江北区" in refused.stderr
    assert run(listing(tmp_path, "市,区县,小区名称\n重庆市,江北区,新丰小区\n")).exit_code == 0
    assert Compound.objects.get().place == "500105"


def test_divisions_of_a_table_are_listed_once_with_padded_codes(tmp_path: Path) -> None:
    table = listing(tmp_path, "code,name\n430000,湖南省\n430100000000,长沙市\n430111,雨花区\n430111001000,左家塘街道\n")
    for _ in range(2):
        call_command("add_divisions", str(table), verbosity=0)
    assert list(Division.objects.values_list("code", "level")) == [
        ("43", 1), ("4301", 2), ("430111", 3), ("430111001", 4),
    ]  # fmt: skip
    assert run(listing(tmp_path, "市,区县,街道,小区名称\n长沙市,雨花区,左家塘街道,乙小区\n")).exit_code == 0
    assert Compound.objects.get().place == "430111001"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("代码,名称\n430111,雨花区\n", "上级 4301 还没有登记"),
        ("代码,名称\n43011,雨花区\n", "第 2 行的代码“43011”"),
        ("甲,乙\n1,2\n", "“代码”和“名称”两列"),
    ],
)
def test_a_faulty_table_of_divisions_is_refused_whole(tmp_path: Path, text: str, why: str) -> None:
    with pytest.raises(CommandError, match=why):
        call_command("add_divisions", str(listing(tmp_path, text)), verbosity=0)
    assert Division.objects.count() == 0
