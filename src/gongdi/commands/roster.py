"""`gongdi roster`: check a roster of compounds, or check it and import it."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from gongdi.commands.roster_report import as_json, summary
from gongdi.exchange.roster import RosterReading, read_roster

EXIT_ERRORS = 1
EXIT_UNREADABLE = 2
_QUIET_SECONDS = 1.0
_BAR_CELLS = 30

_FILE = click.argument("file", type=click.Path(path_type=Path))
_SHEET = click.option("--sheet", help="只读这个工作表；不写则读全部可见的工作表")


@click.group()
def roster() -> None:
    """检查、导入小区名单（xlsx、xls、csv）。"""


@roster.command()
@_FILE
@_SHEET
@click.option("--json", "json_out", is_flag=True, help="以 JSON 输出")
def check(file: Path, sheet: str | None, json_out: bool) -> None:
    """检查名单：读出了哪些小区，哪些地方需要核对。

    退出码：0 能读（可以有提醒），1 有错误，2 完全不能读。
    """
    reading = _read(file, sheet)
    if json_out:
        click.echo(json.dumps(as_json(reading), ensure_ascii=False, indent=1))
    else:
        click.echo(summary(reading, file.name))
    sys.exit(_exit_code(reading))


@roster.command("import")
@_FILE
@_SHEET
@click.option("--district", help="名单没有写区县时，导入到这个行政区划代码（例如 330205）")
def import_(file: Path, sheet: str | None, district: str | None) -> None:
    """检查名单并导入数据库；有错误时整份不导入。"""
    reading = _read(file, sheet)
    if not reading.readable or reading.errors:
        click.echo(summary(reading, file.name), err=True)
        click.echo("名单有错误，没有导入任何内容。请改正后再导入。", err=True)
        sys.exit(_exit_code(reading))
    result = _import(reading, file, district)
    click.echo(result.message)
    click.echo(f"新增 {result.created} 个，更新 {result.updated} 个，无变化 {result.unchanged} 个。")


def _exit_code(reading: RosterReading) -> int:
    if not reading.readable:
        return EXIT_UNREADABLE
    return EXIT_ERRORS if reading.errors else 0


def _read(file: Path, sheet: str | None) -> RosterReading:
    today = date.today()  # noqa: DTZ011 - the clerk's own calendar decides which year is not over yet
    with_bar = _Bar(time.monotonic, sys.stderr.write)
    reading = read_roster(file, now_year=today.year, sheet=sheet, progress=with_bar)
    with_bar.close()
    return reading


class _Bar:
    """A progress bar that appears only once the work has taken longer than a second."""

    def __init__(self, clock: Callable[[], float], write: Callable[[str], object]) -> None:
        self._clock = clock
        self._write = write
        self._start = clock()
        self._shown = False

    def __call__(self, done: int, total: int) -> None:
        if self._clock() - self._start < _QUIET_SECONDS or not total:
            return
        self._shown = True
        cells = _BAR_CELLS * done // total
        self._write(f"\r读取名单 [{'#' * cells}{'-' * (_BAR_CELLS - cells)}] {done:,}/{total:,} 行")
        sys.stderr.flush()

    def close(self) -> None:
        """End the line of the bar, if there is one."""
        if self._shown:
            self._write("\n")


def _import(reading: RosterReading, file: Path, district: str | None) -> Any:
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    django.setup()
    from importlib import import_module

    import_roster = import_module("gongdi.apps.places.services").import_roster
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    extra = {"district": district} if district else {}
    return import_roster(reading=reading, file_name=file.name, digest=digest, by=None, now=datetime.now(UTC), **extra)
