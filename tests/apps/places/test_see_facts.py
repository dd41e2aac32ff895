"""A utility reads what the compounds are that it touches; facts, money and decisions about them are for others."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import TIED, PostKind
from gongdi.apps.files.access import visible_attachments
from gongdi.apps.files.models import Attachment
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import record_fact
from tests.support.photos import attach
from tests.support.world import NOW, World, fact

SignIn = Callable[[str], Client]
COST, OWNERS = 98_765_432_100, 1_234_567_800
SECRETS = ("987,654,321", "98,765.43", "12,345,678", "1,234.57", "居民改造意愿强烈", "纳入范围", "旧城征收议定书")
"""The money as pages write it, facts and decisions, and the source of a fact."""


@pytest.fixture
def compound(world: World) -> Compound:
    row = world.compounds["梅堰新村"]
    Compound.objects.filter(pk=row.pk).update(cost_total=COST, owner_money=OWNERS, longitude="121.5", latitude="29.9")
    clerk, told = world.people["street_clerk"], fact("expropriation_planned", False)
    record_fact(compound=row, fact=told, by=clerk, now=NOW)
    row.facts.filter(name="expropriation_planned").update(source="旧城征收议定书")
    return row


def pages(row: Compound) -> list[str]:
    return [
        "/", "/pool/board/", "/pool/register/", "/pool/register/?column=cost_total&column=outcome&column=owner_money",
        "/pool/register/?sort=-cost_total&missing=1&outcome=in", "/pool/map/", "/chart/", f"/compounds/{row.pk}/",
        f"/compounds/{row.pk}/findings/", f"/compounds/{row.pk}/nodes/",
    ]  # fmt: skip


def test_a_utility_reads_no_facts_money_or_decisions_on_any_page_of_its_compound(
    compound: Compound, world: World, signed_in: SignIn
) -> None:
    client = signed_in("utility")
    for page in pages(compound):
        answer = client.get(page)
        told = answer.content.decode()
        assert answer.status_code == 200, page
        assert [word for word in SECRETS if word in told] == [], page
    assert "梅堰新村" in client.get("/pool/register/?missing=1&outcome=in").content.decode(), "no filter tells a fact"
    assert client.get(reverse("policy:see_decision", args=[compound.pk, "scope"])).status_code == 403
    assert client.get(reverse("policy:see_survey")).status_code == 403


def test_what_the_compound_is_and_where_stays(compound: Compound, world: World, signed_in: SignIn) -> None:
    told = signed_in("utility").get(f"/compounds/{compound.pk}/").content.decode()
    for word in ("梅堰新村", "480", "建成年份", "贵单位看得到"):
        assert word in told


def test_the_workbook_of_a_utility_has_no_money(compound: Compound, world: World, signed_in: SignIn) -> None:
    answer = signed_in("utility").get("/pool/register/export/?column=cost_total&column=households")
    cells = [
        cell for sheet in openpyxl.load_workbook(io.BytesIO(answer.content)) for row in sheet.values for cell in row
    ]
    assert any("户数" in str(cell) for cell in cells)
    assert not any("投资" in str(cell) for cell in cells)


@pytest.mark.parametrize("role", sorted(TIED - {PostKind.UTILITY}))
def test_the_other_tied_posts_read_them(role: str, compound: Compound, world: World, signed_in: SignIn) -> None:
    told = signed_in(role).get(f"/compounds/{compound.pk}/").content.decode()
    assert "987,654,321" in told
    assert "纳入范围" in told


def test_photos_of_a_survey_are_facts_and_others_are_not(compound: Compound, world: World) -> None:
    surveyed, other = attach(world), attach(world)
    Attachment.objects.filter(pk=surveyed.pk).update(object_kind="survey.assignment")
    Attachment.objects.filter(pk=other.pk).update(object_kind="places.compound")
    utility, designer = world.people["utility"], world.people["designer"]
    assert set(visible_attachments(utility)) == {other}
    assert set(visible_attachments(designer)) == {surveyed, other}
    house = utility.held_posts[0].organisation
    Post.objects.create(
        holder=utility, organisation=house, kind=PostKind.CITY_VIEWER, place="3302", place_name="宁波市", since=NOW
    )
    assert set(visible_attachments(User.objects.get(pk=utility.pk))) == {surveyed, other}
