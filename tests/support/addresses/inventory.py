"""The addresses of findings."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS
from tests.support.findings import inspection
from tests.support.world import World


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def compound_kind(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk, "facilities"]


def finding(world: World) -> list[Any]:
    return ["inspections", inspection(world).pk]


def risk(world: World) -> list[Any]:
    return [inspection(world).pk]


RECORDERS = {**COMPOUND, "city_viewer": 403, "auditor": 403}
GAS = {**RECORDERS, "utility": 404}
"""The inspection is of gas, and the utility of the tests runs no line."""
ADDRESSES = (
    Address("inventory:see_findings", statuses=COMPOUND, arguments=compound, tied=200),
    Address("inventory:record_finding", statuses=RECORDERS, arguments=compound_kind, tied=403),
    Address("inventory:withdraw_finding", statuses=GAS, arguments=finding, tied=403),
    Address("inventory:treat_risk", statuses=GAS, arguments=risk, tied=403),
    Address("inventory:see_risks", statuses=READERS, tied=200),
    Address("inventory:see_spaces", statuses=READERS, tied=200),
    Address("inventory:export_spaces", statuses=READERS, tied=200, file=True),
)
