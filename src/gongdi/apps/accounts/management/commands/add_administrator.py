"""`gongdi manage add_administrator NAME --display-name 姓名 --kind system|security|audit`: the first three people.

A new installation needs all three, each somebody else: the system administrator adds people, the security administrator
gives posts, the audit administrator keeps the chain.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from gongdi.apps.accounts.models import Organisation, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.post_services import appoint_person
from gongdi.apps.accounts.services import add_person, new_password
from gongdi.web import clock

KINDS = {
    "system": PostKind.ADMINISTRATOR,
    "security": PostKind.SECURITY_ADMINISTRATOR,
    "audit": PostKind.AUDIT_ADMINISTRATOR,
}


class Command(BaseCommand):
    """Add one of the three administrators with a password made just then."""

    help = (
        "新增系统管理员、安全管理员或审计管理员（三者须为不同的人），打印随机生成的口令（只显示一次，首次登录须修改）。"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The name to sign in with, the person's name, the organisation."""
        parser.add_argument("username", help="登录名")
        parser.add_argument("--display-name", required=True, help="姓名")
        parser.add_argument("--kind", choices=list(KINDS), default="system", help="哪一类管理员，默认 system")
        parser.add_argument("--organisation", default="系统管理", help="单位名称")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Add the person and their post."""
        username, kind, now = options["username"], KINDS[options["kind"]], clock.now()
        if User.objects.filter(username=username).exists():
            raise CommandError(f"登录名 {username} 已有人使用。请换一个登录名。")
        house, _ = Organisation.objects.get_or_create(
            name=options["organisation"], place="", defaults={"kind": "系统管理"}
        )
        password = new_password()
        holder = add_person(
            username=username, display_name=options["display_name"], password=password, by=None, now=now
        )
        appoint_person(
            holder=holder,
            kind=kind,
            organisation=house,
            place="",
            place_name="全部",
            by=None,
            now=now,
        )
        self.stdout.write(f"已新增{kind.label} {username}，口令 {password}（只显示这一次）。")
