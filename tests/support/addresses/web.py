"""The addresses of the shared pages."""

from __future__ import annotations

from tests.support.addresses.address import Address
from tests.support.addresses.roles import OPEN

ADDRESSES = (
    Address("see_health", statuses=OPEN, file=True, tied=200),
    Address("set_writing", 302, method="post", fields={"writing": "hant", "next": "/"}, tied=302),
)
