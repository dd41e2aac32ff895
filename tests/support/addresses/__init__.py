"""Every address of the application and what each role gets from it: one module an app, each with its `ADDRESSES`.

The modules are found, not listed, so that an app adds its own file; the test of every address fails on one that is
missing.
"""

from __future__ import annotations

import pkgutil
from importlib import import_module

from tests.support.addresses.address import Address
from tests.support.addresses.roles import ROLES

ADDRESSES: tuple[Address, ...] = tuple(
    row
    for found in sorted(pkgutil.iter_modules(__path__), key=lambda each: each.name)
    for row in getattr(import_module(f"{__name__}.{found.name}"), "ADDRESSES", ())
)

__all__ = ["ADDRESSES", "ROLES", "Address"]
