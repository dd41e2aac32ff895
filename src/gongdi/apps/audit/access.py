"""Who may read the chain and take events out of it: those whose post says so, within the place of the post."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

SEE = "audit.see_events"
EXPORT = "audit.export_events"


def _may(request: HttpRequest, permission: str) -> bool:
    # audit stands below accounts, so it cannot name the class whose method this is
    return bool(request.user.may_anywhere(permission))  # type: ignore[union-attr]


def require_reader(request: HttpRequest) -> None:
    """Refuse (403) whoever may not read the chain."""
    if not _may(request, SEE):
        raise PermissionDenied("审计记录只对审计和审计管理员岗位开放。")


def places_to_read(request: HttpRequest, permission: str = SEE) -> Sequence[str]:
    """The division codes (as prefixes; "" is everywhere) whose events a person may read or take out."""
    return list(request.user.places_for(permission))  # type: ignore[union-attr]


def may_export(request: HttpRequest) -> bool:
    """Whether a person may take events out."""
    return _may(request, EXPORT)


def require_export(request: HttpRequest) -> None:
    """Refuse (403) whoever may not take events out."""
    if not may_export(request):
        raise PermissionDenied("导出审计记录只对审计和审计管理员岗位开放。")
