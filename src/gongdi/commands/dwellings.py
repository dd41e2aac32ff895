"""`gongdi dwellings`: check a roll of dwellings and keep it, from the command line, with progress; or undo one."""

from __future__ import annotations

import os
import sys
import time
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from gongdi.apps.dwellings.models import DwellingImport

EXIT_ERRORS = 1
_PIECE = 1024 * 1024
_SHOWN = 20


@click.group()
def dwellings() -> None:
    """检查、导入、撤销房屋清册（xlsx、xls、csv）。"""


@dwellings.command("import")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--county", required=True, help="区县的行政区划代码（例如 330205）")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="清册截至日期；不写为今天")
@click.option("--check-only", is_flag=True, help="只检查，不入库")
def import_(file: Path, county: str, as_of: datetime | None, check_only: bool) -> None:
    """检查房屋清册，没有错误则入库；任何错误都不入库。"""
    _set_up()
    from gongdi.apps.dwellings import roll_jobs, roll_services
    from gongdi.apps.places.models import Division
    from gongdi.apps.places.services import RefusedError
    from gongdi.web import clock
    from gongdi.web.uploads import keep_file

    division = Division.objects.filter(code=county, level=Division.Level.COUNTY).first()
    if division is None:
        raise click.ClickException(f"区划代码 {county} 还没有登记。请先运行 gongdi manage add_divisions。")
    day: date = as_of.date() if as_of else clock.today()
    try:
        with file.open("rb") as stream:
            kept = keep_file(iter(lambda: stream.read(_PIECE), b""))
        roll = roll_services.upload_roll(
            file_name=file.name, digest=kept.digest, compound=None, county=division, as_of=day, by=None,
            now=clock.now(),
        )  # fmt: skip
        with _progress("检查") as tell:
            roll = roll_jobs.check_roll(roll=roll, now=clock.now(), today=clock.today(), progress=tell)
        _report(roll)
        if roll.counts["errors"] or not roll.counts["dwellings"]:
            sys.exit(EXIT_ERRORS)
        if check_only:
            return
        roll = roll_services.keep_roll(roll=roll, by=None, now=clock.now())
        with _progress("入库") as tell:
            roll_jobs.write_roll(roll=roll, now=clock.now(), today=clock.today(), progress=tell)
    except RefusedError as refused:
        raise click.ClickException(str(refused)) from None
    click.echo(f"已入库（第 {roll.pk} 号）。撤销：gongdi dwellings undo {roll.pk} --why 理由")


@dwellings.command()
@click.argument("number", type=int)
@click.option("--why", required=True, help="撤销理由")
def undo(number: int, why: str) -> None:
    """撤销一份已入库的房屋清册，恢复它改动之前的样子。"""
    _set_up()
    from gongdi.apps.dwellings import roll_jobs, roll_services
    from gongdi.apps.dwellings.models import DwellingImport
    from gongdi.apps.places.services import RefusedError
    from gongdi.web import clock

    roll = DwellingImport.objects.filter(pk=number).first()
    if roll is None:
        raise click.ClickException(f"没有第 {number} 号房屋清册。")
    try:
        roll = roll_services.undo_roll(roll=roll, why=why, by=None, now=clock.now())
    except RefusedError as refused:
        raise click.ClickException(str(refused)) from None
    roll_jobs.take_back_roll(roll=roll, now=clock.now())
    click.echo("已撤销。")


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    import django

    django.setup()


class _progress:  # noqa: N801 -- reads as a verb where it is used
    """A line that tells how far the work is, on a terminal only, at most five times a second."""

    def __init__(self, word: str) -> None:
        self._word = word
        self._last = 0.0

    def __enter__(self) -> _progress:
        return self

    def __call__(self, done: int, total: int) -> None:
        """Tell the rows done of all."""
        if sys.stderr.isatty() and time.monotonic() - self._last > 0.2:
            self._last = time.monotonic()
            sys.stderr.write(f"\r{self._word}：{done:,}/{total:,} 行")
            sys.stderr.flush()

    def __exit__(self, *_: Any) -> None:
        if self._last:
            sys.stderr.write("\n")


def _report(roll: DwellingImport) -> None:
    counts = roll.counts
    click.echo(
        f"读出 {counts['dwellings']:,} 户：新增 {counts.get('created', 0):,}，"
        f"产权变更 {counts.get('transferred', 0):,}，"
        f"信息更新 {counts.get('changed', 0):,}，无变化 {counts.get('unchanged', 0):,}；"
        f"新增业主 {counts.get('new_owners', 0):,} 人，业主不明 {counts.get('unknown_owner', 0):,} 户。"
    )
    for each in roll.problems[:_SHOWN]:
        mark = "错误" if each["severity"] == "error" else "提示"
        click.echo(f"  {mark} {each['sheet']} {each['cell']}：{each['why']}{each['remedy']}", err=True)
    if len(roll.problems) > _SHOWN:
        click.echo(f"  另有 {len(roll.problems) - _SHOWN:,} 处，请在网页上下载问题清单。", err=True)
