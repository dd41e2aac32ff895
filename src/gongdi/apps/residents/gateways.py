"""How a code reaches a phone (短信网关): a protocol that a city may write its own for, and the two that come with it.

`GONGDI_MESSAGE_GATEWAY` names it: `screen` (trial: the code stands on the page; refused under https), `http` (posts
JSON to `GONGDI_MESSAGE_URL`), or the dotted path of a class of one's own with a `send`.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from typing import Protocol, cast

from django.conf import settings
from django.utils.module_loading import import_string

TIMEOUT = 8
"""Seconds to wait for a gateway."""


class GatewayFault(Exception):  # noqa: N818 -- told to the resident
    """The message did not go out."""


class Gateway(Protocol):
    """Sends a code to a phone."""

    shows_code: bool
    """Whether the page itself shows the code: for trials alone."""

    def send(self, phone: str, code: str) -> None:
        """Send it; raises GatewayFault when it could not be handed over."""


class ScreenGateway:
    """For trials (试用网关): sends nothing, the page shows the code."""

    shows_code = True

    def send(self, phone: str, code: str) -> None:
        """Nothing leaves the server."""


class HttpGateway:
    """Posts `{"phone": ..., "code": ..., "minutes": 5}` to the configured address, with a bearer token if any."""

    shows_code = False

    def send(self, phone: str, code: str) -> None:
        """Hand the code to the city's message service; anything but a 2xx is a fault."""
        body = json.dumps({"phone": phone, "code": code, "minutes": 5}).encode()
        headers = {"Content-Type": "application/json"}
        if settings.MESSAGE_TOKEN:
            headers["Authorization"] = f"Bearer {settings.MESSAGE_TOKEN}"
        request = urllib.request.Request(settings.MESSAGE_URL, body, headers, method="POST")
        try:
            with urllib.request.urlopen(request, timeout=TIMEOUT):
                pass
        except (urllib.error.URLError, TimeoutError, ValueError) as fault:
            raise GatewayFault("the message service did not take the code") from fault


_OWN: dict[str, type[Gateway]] = {"screen": ScreenGateway, "http": HttpGateway}


def gateway() -> Gateway | None:
    """The configured gateway; None when there is none, and then residents cannot come in."""
    name: str = settings.MESSAGE_GATEWAY
    if not name:
        return None
    return cast(Gateway, (_OWN[name] if name in _OWN else import_string(name))())
