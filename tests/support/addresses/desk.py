"""The addresses of the to-do list."""

from __future__ import annotations

from tests.support.addresses.address import Address

ADDRESSES = (Address("desk:see_desk", tied=200),)
