"""Who may read the chain: those whose post says so, all of it or nothing."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def require_reader(request: HttpRequest) -> None:
    """Refuse (403) whoever may not read the chain."""
    # audit stands below accounts, so it cannot name the class whose method this is
    if not request.user.may_anywhere("audit.see_events"):  # type: ignore[union-attr]
        raise PermissionDenied("审计记录只对审计岗位开放。")
