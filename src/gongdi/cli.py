"""The `gongdi` command: a list of commands, each loaded only when it is called."""

from __future__ import annotations

import re
from importlib import import_module
from typing import Any

import click

COMMANDS = {
    "decide": ("gongdi.commands.decide:decide", "逐条作出政策判定（JSON Lines 进，JSON Lines 出）"),
    "packs": ("gongdi.commands.packs:packs", "列出、查看、检查、编写政策包"),
    "roster": ("gongdi.commands.roster:roster", "检查、导入小区名单（xlsx、xls、csv）"),
    "dwellings": ("gongdi.commands.dwellings:dwellings", "检查、导入、撤销房屋清册（xlsx、xls、csv）"),
    "plan": ("gongdi.commands.plan:plan", "求解年度计划，或由名单和资金编制计划"),
    "serve": ("gongdi.commands.serve:serve", "启动网站"),
    "demo": ("gongdi.commands.demo:demo", "建立演示区数据（虚构）"),
    "manage": ("gongdi.commands.manage:manage", "数据库迁移等管理命令"),
}


_KNOWN = (
    (r"(?:File|Directory|Path) '(.*)' does not exist\.", "“{0}”不存在"),
    (r"'(.*)': No such file or directory", "“{0}”不存在"),
    (r"'(.*)': Is a directory", "“{0}”是文件夹，须为文件"),
    (r"(?:Directory|Path|File) '(.*)' is a (?:file|directory)\.", "“{0}”不是所要的文件或文件夹"),
    (r"'(.*)' does not match the formats? .*", "“{0}”不是日期，请写成 2022-06-30"),
    (r"'(.*)' is not a valid (?:integer|int|float).*", "“{0}”不是数字"),
    (r"No such command '(.*)'\.", "没有命令“{0}”，见 --help"),
    (r"Got unexpected extra arguments? \((.*)\)", "多写了“{0}”"),
)
"""What may be wrong with how a command is written, as click says it, and in Chinese."""


def in_chinese(error: click.UsageError) -> str:
    """What is wrong with how a command was written; as click says it where there is no other word."""
    name = error.param.get_error_hint(error.ctx) if isinstance(error, click.BadParameter) and error.param else ""
    if isinstance(error, click.MissingParameter):
        return f"缺少 {name}"
    if isinstance(error, click.NoSuchOption):
        near = f"，是否指 {'、'.join(error.possibilities)}" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    for pattern, words in _KNOWN:
        if found := re.fullmatch(pattern, error.message):
            told = words.format(*found.groups())
            return f"{name} 的值不能用：{told}" if name else told
    return error.format_message()


class LazyGroup(click.Group):
    """A group whose commands are imported when they are called, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command's name, in the order of the table above."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name][0].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; what is wrong with how it was written is told in Chinese."""
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            raise click.UsageError(in_chinese(error), error.ctx) from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.command(cls=LazyGroup)
@click.version_option(package_name="gongdi")
def main() -> None:
    """Gongdi（共缔）：城镇老旧小区改造，从摸底到长效管理。"""
