"""`gongdi manage add_divisions FILE`: list the divisions of a place from a table of codes and names."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gongdi.apps.places.division_words import short_code
from gongdi.apps.places.models import Division
from gongdi.apps.places.services import add_divisions
from gongdi.web import clock

_CODES, _NAMES = ("统计用区划代码", "代码", "区划代码", "code"), ("名称", "区划名称", "name")
_LEVELS = {2: (1, 0), 4: (2, 2), 6: (3, 4), 9: (4, 6), 12: (5, 9)}
"""For a code's length: the level, and the length of the code above it."""


class Command(BaseCommand):
    """List provinces, cities, counties, streets and communities; those already listed stay as they are."""

    help = "登记行政区划：CSV 表，两列“代码”“名称”（统计用区划代码，末尾补的零可留可去），上级须在表中或已登记。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file."""
        parser.add_argument("file", type=Path, help="CSV 文件（UTF-8 或 GB18030）")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """List what is new, parents first, all of it or nothing."""
        told = _read(options["file"])
        listed = {row.code: row for row in Division.objects.filter(system="nbs")}
        new: list[Division] = []
        for code in sorted(told, key=lambda code: (len(code), code)):
            level, above = _LEVELS[len(code)]
            parent = listed.get(code[:above])
            if code in listed:
                continue
            if above and parent is None:
                raise CommandError(f"{told[code]}（{code}）的上级 {code[:above]} 还没有登记。请在表中补上这一行。")
            listed[code] = Division(code=code, system="nbs", name=told[code], level=level, parent=parent)
            new.append(listed[code])
        add_divisions(divisions=new, by=None, now=clock.now())
        self.stdout.write(f"已登记 {len(new)} 个区划，{len(told) - len(new)} 个此前已有。")


def _read(path: Path) -> dict[str, str]:
    """Codes with names, in the table's order."""
    try:
        content = path.read_bytes()
    except OSError:
        raise CommandError(f"读不到文件 {path}。请核对文件名。") from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    rows = csv.DictReader(io.StringIO(text))
    heads = rows.fieldnames or []
    code_head = next((head for head in heads if head.strip() in _CODES), None)
    name_head = next((head for head in heads if head.strip() in _NAMES), None)
    if code_head is None or name_head is None:
        raise CommandError("表头要有“代码”和“名称”两列。请补上表头后再试。")
    found = {}
    for number, row in enumerate(rows, start=2):
        code, name = short_code(row[code_head] or ""), (row[name_head] or "").strip()
        if len(code) not in _LEVELS or not name:
            why = f"第 {number} 行的代码“{row[code_head]}”或名称“{name}”不能使用"
            raise CommandError(f"{why}。代码应为 2、4、6、9 或 12 位数字，名称不能为空。")
        found[code] = name
    return found
