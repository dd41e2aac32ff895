"""`gongdi manage ...`: Django's own management commands, and those of the apps."""

from __future__ import annotations

import os

import click


@click.command(context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage(arguments: tuple[str, ...]) -> None:
    """数据库迁移等管理命令。"""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["gongdi manage", *arguments])
