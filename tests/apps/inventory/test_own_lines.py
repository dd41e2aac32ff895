"""A utility sees of the compounds it touches what is about its own lines, and changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.inventory.access import visible_findings
from gongdi.apps.inventory.kinds import KINDS
from gongdi.apps.inventory.lines import HAZARDS, ITEMS, SHARED, Line
from gongdi.apps.inventory.models import Facility, Inspection, SpareSpace, item_choices
from gongdi.apps.organisations.services import add_body, correct_body
from gongdi.apps.places.services import RefusedError
from tests.support.findings import find, inspection
from tests.support.world import NOW, World


def _utility(world: World, *lines: str) -> None:
    house = world.people["utility"].held_posts[0].organisation
    columns: dict[str, Any] = {"name": "供水公司", "kind": "utility", "place": "330205", "organisation": house}
    add_body(columns={**columns, "lines": list(lines)}, by=world.people["district_officer"], now=NOW)


def _found(world: World) -> None:
    for item in ("water_supply", "roof_repair", "supporting_pipelines", "power_supply"):
        find(world, "facilities", item=item, condition="worn", quantity="")
    find(world, "facilities", compound="星桥公寓", item="water_supply", condition="worn", quantity="")
    inspection(world)


def _items(person: User) -> set[tuple[str, str]]:
    rows = visible_findings(User.objects.get(pk=person.pk), Facility)
    return {(row.compound.name, row.item) for row in rows}


def test_a_water_company_sees_water_where_it_is_tied_and_nothing_else(world: World) -> None:
    _found(world)
    _utility(world, "water")
    person = world.people["utility"]
    assert _items(person) == {("梅堰新村", "water_supply"), ("梅堰新村", "supporting_pipelines")}
    assert list(visible_findings(person, Inspection)) == []
    assert list(visible_findings(person, SpareSpace)) == []


def test_a_gas_company_sees_inspections_of_gas_alone(world: World) -> None:
    gas = inspection(world)
    inspection(world, kind="structure")
    _utility(world, "gas")
    assert list(visible_findings(world.people["utility"], Inspection)) == [gas]


def test_without_known_lines_nothing_is_shown_and_the_page_says_whom_to_ask(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    _found(world)
    assert _items(world.people["utility"]) == set()
    page = signed_in("utility").get(reverse("inventory:see_findings", args=[world.compounds["梅堰新村"].pk]))
    assert "还没有登记管线类别" in page.content.decode()


def test_the_page_of_a_utility_shows_its_own_and_offers_no_change(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    _found(world)
    _utility(world, "water", "gas")
    address = reverse("inventory:see_findings", args=[world.compounds["梅堰新村"].pk])
    page = signed_in("utility").get(address).content.decode()
    assert "供水、燃气" in page
    assert "配套管线" in page
    assert "屋面" not in page
    assert "撤下" not in page
    assert "记录设施" not in page
    assert "屋面" in signed_in("designer").get(address).content.decode()


def test_who_holds_a_wider_post_too_sees_all_there(world: World) -> None:
    _found(world)
    person = world.people["utility"]
    house = person.held_posts[0].organisation
    Post.objects.create(
        holder=person, organisation=house, kind=PostKind.STREET_CLERK, place="330205004", place_name="文教街道",
        since=NOW,
    )  # fmt: skip
    assert ("梅堰新村", "roof_repair") in _items(person)


def test_lines_belong_to_utilities_alone(world: World) -> None:
    columns = {"name": "某设计院", "kind": "designer", "place": "330205", "lines": ["water"]}
    with pytest.raises(RefusedError, match="专营单位"):
        add_body(columns=columns, by=world.people["district_officer"], now=NOW)


def test_the_organisation_of_a_body_is_corrected_with_a_reason_and_stands_for_one_body_only(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    officer, house = world.people["district_officer"], world.people["utility"].held_posts[0].organisation
    body = add_body(columns={"name": "供水公司", "kind": "utility", "place": "330205"}, by=officer, now=NOW)
    client, address = signed_in("district_officer"), reverse("organisations:correct_body", args=[body.pk])
    fields = {"name": body.name, "organisation": house.pk, "lines": ["water"]}
    assert client.post(address, fields).status_code == 422
    assert client.post(address, {**fields, "why": "登记时漏选"}).status_code == 302
    body.refresh_from_db()
    assert (body.organisation, body.lines) == (house, ["water"])
    other = add_body(columns={"name": "另一家", "kind": "utility", "place": "330205"}, by=officer, now=NOW)
    with pytest.raises(RefusedError, match="已对应机构“供水公司”"):
        correct_body(body=other, columns={"organisation": house}, why="试", by=officer, now=NOW)
    assert client.post(address, {**fields, "organisation": "", "why": "选错了"}).status_code == 302
    body.refresh_from_db()
    assert body.organisation is None


def test_every_line_names_items_of_the_catalogue_and_kinds_of_inspection() -> None:
    known = {code for code, _ in item_choices()}
    assert set(ITEMS) == set(Line)
    assert SHARED.union(*ITEMS.values()) <= known
    assert set(HAZARDS.values()) <= set(Inspection.Kind.values)
    assert {"facilities", "inspections"} <= set(KINDS)
