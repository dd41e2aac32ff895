"""What is not there is told to residents in their words, on their page, and to staff in theirs."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.support.residents import entered
from tests.support.world import World


@pytest.mark.parametrize("path", ["/my/votes/999/", "/notice/none/", "/proof/none/"])
def test_a_resident_is_led_to_their_own_home(world: World, path: str) -> None:
    response = entered().get(path)
    page = response.content.decode()
    assert response.status_code == 404
    assert "回到我的小区" in page
    assert "左侧导航" not in page


def test_staff_are_led_to_the_navigation(world: World, signed_in: Callable[[str], Client]) -> None:
    response = signed_in("street_clerk").get("/votes/999/")
    assert response.status_code == 404
    assert "左侧导航" in response.content.decode()
