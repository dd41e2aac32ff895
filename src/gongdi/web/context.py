"""What every page needs: its navigation and its nonce."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from gongdi.web.navigation import navigation
from gongdi.web.writing import WRITINGS, writing_of


def page(request: HttpRequest) -> dict[str, Any]:
    """The context common to all pages."""
    match = request.resolver_match
    return {
        "navigation": navigation.shown_to(getattr(request, "user", None)),
        "here": match.view_name if match else "",
        "writings": WRITINGS.values(),
        "writing": writing_of(request),
        "csp_nonce": getattr(request, "csp_nonce", ""),
    }
