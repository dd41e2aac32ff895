"""A way back leads to a page of this site, whatever is written into the form."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.support.world import World

STRANGE = ["zzz", "accounts:sign_in", "//elsewhere.example/", "https://elsewhere.example/", "javascript:alert(1)", ""]


@pytest.mark.parametrize("back", STRANGE)
def test_a_move_on_the_board_leads_back_to_the_board(
    back: str, world: World, signed_in: Callable[[str], Client]
) -> None:
    compound = world.compounds["星桥公寓"]
    answer = signed_in("district_officer").post(
        f"/compounds/{compound.pk}/move/", {"target": "formed", "why": "", "back": back}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/pool/board/")


@pytest.mark.parametrize("back", STRANGE)
def test_large_type_leads_back_to_the_residents_home(back: str, db: None) -> None:
    answer = Client().post("/my/type/", {"large": "1", "next": back})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/")


def test_a_page_of_the_site_is_gone_back_to(db: None) -> None:
    assert Client().post("/my/type/", {"large": "1", "next": "/my/?x=1"}).headers["Location"] == "/my/?x=1"
