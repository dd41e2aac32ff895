"""The addresses of the audit chain."""

from __future__ import annotations

from tests.support.addresses.address import Address

READS = {"auditor": 200, "audit_administrator": 200}
ADDRESSES = (
    Address("audit:see_events", 403, READS),
    Address("audit:export_events", 403, READS, file=True),
    Address("audit:verify_chain", 403, READS),
)
