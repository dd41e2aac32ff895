"""What is wrong with how a command is written is told in Chinese."""

import pytest
from click.testing import CliRunner

from gongdi.cli import main


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["packs", "check", "--folder", "nowhere"], "'--folder' 的值不能用：“nowhere”不存在"),
        (["packs", "compare", "cn"], "缺少 'RIGHT'"),
        (["packs", "compare", "cn", "cn", "--on", "soon"], "“soon”不是日期，请写成 2022-06-30"),
        (["packs", "list", "--jsn"], "没有选项 --jsn"),
        (["packs", "lst"], "没有命令“lst”"),
        (["pcks"], "没有命令“pcks”"),
        (["decide", "nowhere.jsonl"], "“nowhere.jsonl”不存在"),
        (["packs", "list", "b"], "多写了“b”"),
    ],
)
def test_the_fault_is_told_in_chinese(arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 2
    assert told in result.output
