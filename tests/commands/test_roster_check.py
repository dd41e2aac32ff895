import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gongdi.commands.roster import roster

GOOD = (
    "序号,区县,小区名称,建筑面积(平方米),建成年份\n1,槐安区,柳堤新村,31200.5,1986\n2,槐安区,石桥小区,1.5万,八十年代\n"
)
DOUBTFUL = "小区名称,户数\n柳堤新村,若干\n"
WRONG = "小区名称,户数\n柳堤新村,-5\n"
NO_NAMES = "区县,小区数(个)\n槐安区,12\n"


@pytest.fixture
def write(tmp_path: Path):
    def write_roster(text: str, name: str = "名单.csv") -> str:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    return write_roster


@pytest.mark.parametrize(("text", "code"), [(GOOD, 0), (DOUBTFUL, 0), (WRONG, 1), (NO_NAMES, 2), ("", 2)])
@pytest.mark.parametrize("options", [[], ["--json"]])
def test_the_exit_code_tells_errors_from_what_cannot_be_read(write, text: str, code: int, options: list[str]) -> None:
    result = CliRunner().invoke(roster, ["check", write(text), *options])
    assert result.exit_code == code
    assert isinstance(result.exception, SystemExit | None)


def test_json_holds_the_counts_columns_problems_and_rows(write) -> None:
    told = json.loads(CliRunner().invoke(roster, ["check", write(GOOD), "--json"]).stdout)
    assert told["compounds"] == 2
    assert told["columns"]["name"] == "小区名称"
    assert told["problems"] == []
    first, second = told["rows"]
    assert (first["name"], first["area"], first["completed_year"], first["row"]) == ("柳堤新村", "31200.50", 1986, 2)
    assert (second["area"], second["completed_year"]) == ("15000.00", None)
    assert second["completed_span"] == {"first": 1980, "last": 1989}
    assert second["readings"]["area"] == {
        "raw": "1.5万",
        "cell": "D3",
        "sureness": "likely",
        "note": "单元格自带的单位与表头“平方米”不同，按单元格",
    }


def test_json_names_each_problem_with_its_cell_reason_and_remedy(write) -> None:
    told = json.loads(CliRunner().invoke(roster, ["check", write(DOUBTFUL), "--json"]).stdout)
    (problem,) = told["problems"]
    assert (problem["cell"], problem["value"], problem["severity"]) == ("B2", "若干", "warning")
    assert problem["why"]
    assert problem["remedy"]


def test_the_summary_shows_what_was_read_in_chinese(write) -> None:
    shown = CliRunner().invoke(roster, ["check", write(GOOD)]).stdout
    assert "读出 2 个小区，0 处错误，0 处提醒" in shown
    assert "46,200.50 平方米" in shown
    assert "柳堤新村" in shown


def test_a_file_that_is_not_there_is_named_without_a_traceback(tmp_path: Path) -> None:
    result = CliRunner().invoke(roster, ["check", str(tmp_path / "没有.xlsx")])
    assert result.exit_code == 2
    assert "找不到这个文件" in result.stdout


def test_no_bar_is_drawn_for_quick_work(write) -> None:
    assert "读取名单" not in CliRunner().invoke(roster, ["check", write(GOOD)]).stderr
