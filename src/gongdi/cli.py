"""The `gongdi` command: a list of commands, each loaded only when it is called."""

from __future__ import annotations

from importlib import import_module

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

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("命令 Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])


@click.command(cls=LazyGroup)
@click.version_option(package_name="gongdi")
def main() -> None:
    """Gongdi（共缔）：城镇老旧小区改造，从摸底到长效管理。"""
