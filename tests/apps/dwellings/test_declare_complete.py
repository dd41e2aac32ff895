"""Once the roll is whole its counts stand on the compound's page, with what was recorded before them."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from gongdi.apps.dwellings import services
from gongdi.apps.places.queries import fact_groups
from tests.support.dwellings import kept
from tests.support.world import NOW, TODAY, World


def test_the_compounds_page_shows_what_is_counted_and_says_so(world: World, signed_in: Callable[[str], Client]) -> None:
    kept(world)
    compound = world.compounds["梅堰新村"]

    def line() -> tuple[str, int]:
        lines = {each.about.name: each for _, lines in fact_groups(compound) for each in lines}
        return lines["owners_total"].counted_words, len(lines["owners_total"].earlier)

    assert "owners_total" not in {each.about.name for _, lines in fact_groups(compound) for each in lines}
    services.declare_complete(compound=compound, on=TODAY, by=world.people["street_clerk"], now=NOW)
    assert line() == ("3", 0)
    page = signed_in("street_clerk").get(reverse("places:see_compound", args=[compound.pk])).content.decode()
    assert "由房屋清册逐户清点，2027-03-01，由系统清点" in page
