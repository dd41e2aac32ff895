"""Large type (长辈版): chosen by a cookie, told to every page."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

COOKIE = "gongdi_large_type"


def large_type(request: HttpRequest) -> dict[str, Any]:
    """Whether pages for residents are set large."""
    return {"large_type": request.COOKIES.get(COOKIE) == "1"}
