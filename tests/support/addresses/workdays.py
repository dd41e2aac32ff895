"""The address of the calendar."""

from tests.support.addresses.address import Address

ADDRESSES = (
    Address(
        "workdays:enter_year", 403, {"administrator": 200, "security_administrator": 403, "audit_administrator": 403}
    ),
)
