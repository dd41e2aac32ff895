from collections.abc import Callable

import pytest
from django.test import Client

from tests.support.world import World, known_world


@pytest.fixture
def world(db: None) -> World:
    return known_world()


@pytest.fixture
def signed_in(world: World) -> Callable[[str], Client]:
    def sign_in(role: str) -> Client:
        client = Client()
        if role != "anonymous":
            client.force_login(world.people[role])
        return client

    return sign_in
