"""Whom residents ask: the nearest body with an address or telephone, printed where they need it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from gongdi.apps.organisations.contacts import Contact, whom_to_ask, whom_to_ask_of
from gongdi.apps.organisations.forms import CorrectBodyForm, OfficePhoneField
from gongdi.apps.organisations.services import add_body, end_body
from gongdi.apps.places.models import Compound
from tests.support import polls, rounds
from tests.support.world import NOW, TODAY, World

SignedIn = Callable[[str], Client]
STREET = {"name": "文教街道办事处", "kind": "street_office", "phone": "0574-00001111"}
COMMITTEE = {
    "name": "繁景社区居委会", "kind": "residents_committee", "phone": "0574-00002222", "address": "梅堰路1号",
    "hours": "工作日 9:00—17:00",
}  # fmt: skip


@pytest.fixture
def compound(world: World) -> Compound:
    return world.compounds["梅堰新村"]


def test_the_community_is_asked_before_the_street_and_nobody_without_an_address(compound: Compound) -> None:
    add_body(columns={"name": "无号居委会", "kind": "residents_committee", "place": compound.place}, by=None, now=NOW)
    assert whom_to_ask(compound) is None
    add_body(columns={**STREET, "place": compound.place[:9]}, by=None, now=NOW)
    assert str(whom_to_ask(compound)) == "文教街道办事处，电话 0574-00001111"
    body = add_body(columns={**COMMITTEE, "place": compound.place}, by=None, now=NOW)
    assert str(whom_to_ask(compound)) == "繁景社区居委会，梅堰路1号，电话 0574-00002222，工作日 9:00—17:00"
    end_body(body=body, on=TODAY - timedelta(days=1), why="并入", by=None, now=NOW)  # type: ignore[arg-type]
    assert "街道" in str(whom_to_ask(compound))


def test_compounds_of_one_community_name_it_once(world: World, compound: Compound) -> None:
    add_body(columns={**COMMITTEE, "place": compound.place}, by=None, now=NOW)
    add_body(columns={**STREET, "place": compound.place[:9]}, by=None, now=NOW)
    near, beside, far = (world.compounds[name] for name in ("青禾小区", "翠柏花园", "星桥公寓"))
    assert [each.name for each in whom_to_ask_of([compound, near, beside, far])] == [COMMITTEE["name"], STREET["name"]]
    assert whom_to_ask_of([]) == []


def test_ballots_sheets_and_notices_say_whom_to_ask(world: World, compound: Compound, signed_in: SignedIn) -> None:
    add_body(columns={**COMMITTEE, "place": compound.place}, by=None, now=NOW)
    client = signed_in("street_clerk")
    for name, row in (
        ("voting:print_ballots", polls.opened(world)),
        ("consultation:print_sheets", rounds.opened(world)),
    ):
        assert "0574-00002222" in client.get(reverse(name, args=[row.pk])).content.decode()
    form = client.get(reverse("notices:draft_notice", args=[compound.pk])).context["form"]
    assert "梅堰路1号" in form.initial["contact"]


@pytest.mark.parametrize(
    ("text", "dialled"),
    [
        ("0574-87654321", "057487654321"),
        ("(0574) 8765 4321 转 801", "057487654321"),
        ("87654321、87654322", "87654321"),
        ("+86 574 87654321", "+8657487654321"),
    ],
)
def test_a_telephone_is_taken_as_people_write_it_and_dialled_as_a_phone_can(text: str, dialled: str) -> None:
    assert OfficePhoneField().clean(text) == text
    assert Contact("居委会", "", text, "").dialled == dialled


@pytest.mark.parametrize("text", ["问门卫", "1234", "0574-87654321转", "87654321、", "见公告栏 87654321"])
def test_what_nobody_could_dial_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="看不出是电话号码"):
        OfficePhoneField().clean(text)


def test_full_width_figures_are_kept_as_plain_ones_and_nothing_as_nothing() -> None:
    assert OfficePhoneField().clean("０５７４－８７６５４３２１") == "0574-87654321"
    assert OfficePhoneField().clean("") == ""


def test_a_body_is_not_offered_as_its_own_parent(world: World, compound: Compound) -> None:
    body = add_body(columns={**COMMITTEE, "place": compound.place}, by=None, now=NOW)
    other = add_body(columns={**STREET, "place": compound.place[:9]}, by=None, now=NOW)
    offered = CorrectBodyForm(world.people["district_officer"], body).fields["parent"].queryset  # type: ignore[attr-defined]
    assert other in offered
    assert body not in offered
