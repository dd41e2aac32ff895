"""The addresses of the audit chain."""

from __future__ import annotations

from tests.support.addresses.address import Address

ADDRESSES = (
    Address("audit:see_events", 403, {"auditor": 200}),
    Address("audit:verify_chain", 403, {"auditor": 200}),
)
