"""`gongdi manage anchor_audit --to FILE`: write the head of the chain down, to be kept elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongdi.apps.audit.anchors import anchor_of
from gongdi.apps.audit.queries import head, verify_chain
from gongdi.web import clock


class Command(BaseCommand):
    """Recount the chain, then print its head or add it to a file."""

    help = "链尾存证：先核验审计链，再打印（或追加到文件）当前链尾的序号、摘要和时间。请存放到另一台机器或打印归档。"

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to write."""
        parser.add_argument("--to", type=Path, help="追加到此文件；不写则打印")

    def handle(self, *args: Any, **options: Any) -> None:
        """A chain that does not hold is not anchored."""
        verdict = verify_chain()
        if verdict.fault:
            raise CommandError(f"审计链不完整，未存证。{verdict.fault}")
        line = anchor_of(head(), clock.now())
        if options["to"] is None:
            self.stdout.write(line)
            return
        try:
            with options["to"].open("a", encoding="ascii") as file:
                file.write(f"{line}\n")
        except OSError as problem:
            raise CommandError(f"不能写入 {options['to']}：{problem.strerror}。请检查路径和权限。") from problem
        self.stdout.write(f"已存证：第 {verdict.links} 条，写入 {options['to']}。")
