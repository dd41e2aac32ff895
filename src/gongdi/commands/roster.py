"""`gongdi roster`: check a roster of compounds, or check it and import it."""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import click
import django

from gongdi.commands.roster_report import as_json, problem_lines, summary
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
@click.option("--by", "login", help="导入人的登录名：按其岗位的区县入库；不写则由系统入库")
@click.option("--district", help="区县的行政区划代码（例如 330205）；不写则按名单的市、区县两列")
def import_(file: Path, sheet: str | None, login: str | None, district: str | None) -> None:
    """检查名单并导入数据库；有错误时整份不导入，同一文件再导入不会重复。"""
    reading = _read(file, sheet)
    if not reading.readable or reading.errors:
        click.echo(summary(reading, file.name), err=True)
        click.echo("名单有错误，没有导入任何内容。请改正后再导入。", err=True)
        sys.exit(_exit_code(reading))
    for line in _import(reading, file, login, district):
        click.echo(line)
    if reading.warnings:
        click.echo(f"名单有 {len(reading.warnings)} 处提醒，详见 gongdi roster check {file.name}。", err=True)


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


def _import(reading: RosterReading, file: Path, login: str | None, district: str | None) -> list[str]:
    """Keep the roster; what to tell of it, a line a county."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    django.setup()
    from django.db.utils import DatabaseError

    _prepare_database()
    from gongdi.apps.places.roster_batch import import_by_county
    from gongdi.apps.places.roster_services import RosterRefusedError
    from gongdi.apps.places.services import RefusedError

    digest, now = hashlib.sha256(file.read_bytes()).hexdigest(), datetime.now(UTC)
    try:
        if login is not None:
            return [_import_by(login, reading, file.name, digest, district, now)]
        kept = import_by_county(reading=reading, file_name=file.name, digest=digest, now=now, district=district)
    except RosterRefusedError as refused:
        lines = problem_lines(refused.problems)
        raise click.ClickException("\n".join(["名单没有入库，数据没有任何改动。", *lines])) from None
    except RefusedError as refused:
        raise click.ClickException(str(refused)) from None
    except DatabaseError:
        raise click.ClickException("数据库不可用，或还没有建表。请先运行 gongdi manage migrate。") from None
    provisional = [county for county, _, _ in kept if county.system == "own"]
    if provisional:
        names = "、".join(f"{county}（{county.code}）" for county in provisional)
        click.echo(f"这些地方还没有登记区划，先用暂编代码入库：{names}。", err=True)
    return [_kept_line(f"{county}（{county.code}）", dict(row.counts), earlier) for county, row, earlier in kept]


def _prepare_database() -> None:
    """Make the tables of an embedded database that is still empty, so that the first import just works."""
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite" and not connection.introspection.table_names():
        call_command("migrate", interactive=False, verbosity=0)


def _import_by(
    login: str, reading: RosterReading, file_name: str, digest: str, district: str | None, now: datetime
) -> str:
    """Import under a person's name, into the county of their post."""
    from gongdi.apps.accounts.models import User
    from gongdi.apps.places import roster_services

    person = User.objects.filter(username=login, is_active=True).first()
    if person is None:
        raise click.ClickException(f"没有登录名为“{login}”的在用账号。请核对登录名。")
    county, _ = roster_services.reach_of(person)
    if district is not None and district != county.code:
        raise click.ClickException(
            f"“{login}”的岗位在{county.name}（{county.code}），不是 {district}。请换该区县的账号。"
        )
    kept = roster_services.import_roster(reading=reading, file_name=file_name, digest=digest, by=person, now=now)
    return _kept_line(f"{county}（{county.code}）", dict(kept.counts), kept.kept_at != now)


def _kept_line(county: str, counts: dict[str, int], earlier: bool) -> str:
    if earlier:
        return f"{county}：这份文件此前已经入库，本次没有改动。"
    return (
        f"{county}：名单已入库，新增 {counts['created']} 个，更新 {counts['changed']} 个，"
        f"无变化 {counts['unchanged']} 个小区。"
    )
