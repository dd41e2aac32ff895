"""`gongdi manage verify_audit [--anchor FILE]`: recount the chain of audit events."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongdi.apps.audit.anchors import AnchorFault, read_anchors
from gongdi.apps.audit.queries import verify_chain


class Command(BaseCommand):
    """Recount the chain; end with an error when a link does not hold."""

    help = "核验审计链：逐条重算摘要，发现改动、缺失或截断时报错；给出另行保存的链尾时一并核对。"

    def add_arguments(self, parser: CommandParser) -> None:
        """The heads written down earlier."""
        parser.add_argument("--anchor", type=Path, help="anchor_audit 写出的链尾存证文件")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the number of links, or name the first fault."""
        anchors = self._anchors(options["anchor"])
        verdict = verify_chain(anchors)
        if verdict.fault:
            raise CommandError(f"审计链不完整。{verdict.fault}")
        told = f"，与 {len(anchors)} 个另行保存的链尾相符" if anchors else ""
        self.stdout.write(f"审计链完整，共 {verdict.links} 条{told}。")

    def _anchors(self, path: Path | None) -> dict[int, str]:
        if path is None:
            return {}
        try:
            anchors = read_anchors(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as problem:
            raise CommandError(f"不能读取链尾存证文件 {path}。请检查路径。") from problem
        except AnchorFault as problem:
            raise CommandError(f"{path}：{problem}") from problem
        if not anchors:
            raise CommandError(f"链尾存证文件 {path} 是空的，无从核对。")
        return anchors
