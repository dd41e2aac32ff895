"""`gongdi manage verify_audit`: recount the chain of audit events."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from gongdi.apps.audit.queries import verify_chain


class Command(BaseCommand):
    """Recount the chain; end with an error when a link does not hold."""

    help = "核验审计链：逐条重算摘要，发现改动、缺失或截断时报错。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the number of links, or name the first fault."""
        verdict = verify_chain()
        if verdict.fault:
            raise CommandError(f"审计链不完整。{verdict.fault}")
        self.stdout.write(f"审计链完整，共 {verdict.links} 条。")
