"""`gongdi manage resume_rolls`: put work on rolls of dwellings that was in hand back in the queue."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from gongdi.apps.dwellings.tasks import resume


class Command(BaseCommand):
    """Run by `gongdi serve` before its worker starts."""

    help = "把中断的房屋清册办理重新排队。"

    def handle(self, *args: Any, **options: Any) -> None:
        """Say how many."""
        count = resume()
        if count:
            self.stdout.write(f"{count} 份房屋清册接着办理。")
