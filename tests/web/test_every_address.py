"""Who gets what from every address: one table, complete by force."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.support.addresses import ADDRESSES, ROLES, Address
from tests.support.responses import let_go
from tests.support.world import World


def names(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else ""
            yield from names(pattern.url_patterns, prefix + inner)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_the_table_names_every_address_and_no_other() -> None:
    assert sorted(names(get_resolver().url_patterns)) == sorted(address.name for address in ADDRESSES)


@pytest.mark.parametrize("address", ADDRESSES, ids=lambda address: address.name)
def test_each_role_gets_what_the_table_says(address: Address, world: World, signed_in: Callable[[str], Client]) -> None:
    from django.db import transaction

    found = {}
    arguments = address.arguments(world)
    for role in ROLES:
        point = transaction.savepoint()
        client = signed_in(role)
        response = getattr(client, address.method)(reverse(address.name, args=arguments), address.fields)
        found[role] = response.status_code
        let_go(response)
        transaction.savepoint_rollback(point)
    assert {role: status for role, status in found.items() if status not in address.expected(role)} == {}


WRITING = [each for each in ADDRESSES if each.method == "post" and each.name != "places:move_compound"]


@pytest.mark.parametrize("address", WRITING, ids=lambda address: address.name)
def test_a_page_that_writes_refuses_to_be_read(
    address: Address, world: World, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("district_officer")
    assert client.get(reverse(address.name, args=address.arguments(world))).status_code == 405


def test_the_anonymous_are_sent_to_sign_in_and_come_back(world: World) -> None:
    response = Client().get(reverse("places:see_register"))
    assert response.headers["Location"] == f"{reverse('accounts:sign_in')}?next={reverse('places:see_register')}"
