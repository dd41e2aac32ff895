"""`gongdi manage remap_division 暂编 归入`: give what lies under a provisional code to the real division."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from gongdi.apps.places.division_services import remap_division
from gongdi.apps.places.division_words import HELP, division_meant
from gongdi.apps.places.models import Division
from gongdi.apps.places.services import RefusedError
from gongdi.web import clock


class Command(BaseCommand):
    """Move compounds, posts, plans and packs in force from a provisional division to the real one."""

    help = f"把暂编区划下的小区、岗位、计划和适用政策归入正式区划。{HELP}"

    def add_arguments(self, parser: CommandParser) -> None:
        """Both divisions and the reason."""
        parser.add_argument("provisional", help="暂编的区划，如“暂编 900001”")
        parser.add_argument("real", help="正式的区划，如“统计 330205”或“宁波市江北区”")
        parser.add_argument("--why", required=True, help="理由，记入审计")

    def handle(self, *args: Any, **options: Any) -> None:
        """Move all of it or nothing."""
        provisional, real = _division(options["provisional"]), _division(options["real"])
        try:
            moved = remap_division(provisional=provisional, real=real, why=options["why"], by=None, now=clock.now())
        except RefusedError as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"“{provisional}”已归入“{real}”，共移动 {moved} 条记录。")


def _division(words: str) -> Division:
    found = division_meant(words)
    if isinstance(found, str):
        raise CommandError(found)
    return found
