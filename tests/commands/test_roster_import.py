from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gongdi.apps.places.models import Compound
from gongdi.commands.roster import roster
from tests.support.world import World, known_world

LIST = "小区名称,街道,社区,建成年份,户数,建筑面积(平方米)\n新丰小区,文教街道,繁景社区,1988,120,9800.5\n"


@pytest.fixture
def world(db: None) -> World:
    return known_world()


def run(tmp_path: Path, login: str, *options: str, text: str = LIST) -> Result:
    path = tmp_path / "名单.csv"
    path.write_text(text, encoding="utf-8")
    return CliRunner().invoke(roster, ["import", str(path), "--by", login, *options])


def test_a_roster_comes_in_under_the_name_of_who_imports_it(world: World, tmp_path: Path) -> None:
    login = world.people["district_officer"].username
    first = run(tmp_path, login, "--district", "330205")
    assert first.exit_code == 0
    assert "新增 1 个" in first.stdout
    assert Compound.objects.get(name="新丰小区").households == 120
    run(tmp_path, login)
    assert Compound.objects.filter(name="新丰小区").count() == 1


@pytest.mark.parametrize(
    ("person", "options", "reason"),
    [
        ("district_officer", ["--district", "330212"], "不是 330212"),
        ("auditor", [], "不能导入名单"),
        ("nobody", [], "没有登录名"),
    ],
)
def test_who_may_not_import_is_told_why(
    world: World, tmp_path: Path, person: str, options: list[str], reason: str
) -> None:
    login = world.people[person].username if person in world.people else person
    refused = run(tmp_path, login, *options)
    assert refused.exit_code == 1
    assert reason in refused.stderr
    assert not Compound.objects.filter(name="新丰小区").exists()


def test_a_file_with_an_error_changes_nothing(world: World, tmp_path: Path) -> None:
    refused = run(tmp_path, world.people["district_officer"].username, text=LIST.replace("120", "-120"))
    assert refused.exit_code == 1
    assert "没有导入任何内容" in refused.stderr
    assert not Compound.objects.filter(name="新丰小区").exists()
