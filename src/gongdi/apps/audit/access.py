"""Who may read the chain and take events out of it: those whose post says so, all of it or nothing."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest


def _may(request: HttpRequest, permission: str) -> bool:
    # audit stands below accounts, so it cannot name the class whose method this is
    return bool(request.user.may_anywhere(permission))  # type: ignore[union-attr]


def require_reader(request: HttpRequest) -> None:
    """Refuse (403) whoever may not read the chain."""
    if not _may(request, "audit.see_events"):
        raise PermissionDenied("审计记录只对审计和审计管理员岗位开放。")


def may_export(request: HttpRequest) -> bool:
    """Whether a person may take events out."""
    return _may(request, "audit.export_events")


def require_export(request: HttpRequest) -> None:
    """Refuse (403) whoever may not take events out."""
    if not may_export(request):
        raise PermissionDenied("导出审计记录只对审计和审计管理员岗位开放。")
