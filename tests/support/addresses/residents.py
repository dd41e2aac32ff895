"""The addresses of residents and of those who confirm their dwellings."""

from typing import Any

from gongdi.apps.residents.models import Account
from gongdi.apps.residents.services import ask_binding
from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND
from tests.support.residents import make_account
from tests.support.world import NOW, World


def a_binding(world: World) -> list[Any]:
    account = Account.objects.first() or make_account()
    found = account.bindings.first()
    if found is None:
        found = ask_binding(
            account=account, compound=world.compounds["梅堰新村"], building="3幢", room="301", relation="owner", now=NOW
        )
    return [found.pk]


OPEN_TO_ALL = {"anonymous": 200}
ONLY_STAFF_OF_PLACE = {"administrator": 403, "city_viewer": 403}
ONLY_WORKER = {**COMPOUND, "district_officer": 403, "street_clerk": 403, "auditor": 403, "city_viewer": 404}
TO_COME_IN = 302
"""Whoever is no resident, staff or not, is led to the page of codes."""

ADDRESSES = (
    Address("residents:see_home", TO_COME_IN, tied=302),
    Address("residents:ask_code", 200, OPEN_TO_ALL, tied=200),
    Address("residents:enter", 422, {"anonymous": 422}, "post", tied=422),
    Address("residents:leave", TO_COME_IN, method="post", tied=302),
    Address("residents:set_type", 302, method="post", fields={"large": "1", "next": "/my/"}, tied=302),
    Address("residents:ask_binding", TO_COME_IN, tied=302),
    Address("residents:end_binding", TO_COME_IN, {}, "post", a_binding, tied=302),
    Address("residents:see_bindings", 200, ONLY_STAFF_OF_PLACE),
    Address("residents:confirm_binding", 200, ONLY_WORKER, arguments=a_binding),
    Address("residents:link_binding", 200, ONLY_WORKER, arguments=a_binding),
    Address("residents:return_binding", 200, ONLY_WORKER, arguments=a_binding),
    Address("residents:revoke_binding", 200, ONLY_WORKER, arguments=a_binding),
)
