"""Two records of one person are made one, with the reason; the heads of later rolls are one less."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings import queries, services
from gongdi.apps.dwellings.merge_services import merge_owner
from gongdi.apps.dwellings.models import NUMBER, CompoundTally, DwellingImport, Owner, Ownership
from gongdi.apps.dwellings.undoing import hindrance
from gongdi.apps.places.services import RefusedError
from gongdi.web.sealing import digest
from tests.support.dwellings import LI, kept, uploaded
from tests.support.world import NOW, TODAY, World

ROWS = [
    ("8幢", "1单元", "101", "60", "王小一", LI, "", "", "", ""),
    ("8幢", "1单元", "102", "60", "王小一", "", "13800000077", "", "", ""),
    ("8幢", "1单元", "103", "60", "李小二", "", "", "", "", ""),
]


def _two(world: World) -> tuple[Owner, Owner]:
    kept(world, ROWS)
    first, second = Owner.objects.filter(name_masked="王**").select_related("compound").order_by("pk")
    return first, second


def _merge(world: World, owner: Owner, other: Owner) -> Owner:
    return merge_owner(owner=owner, other=other, why="核对了证件", by=world.people["street_clerk"], now=NOW)


def test_all_dwellings_go_to_the_one_and_the_heads_are_one_less(world: World) -> None:
    first, second = _two(world)
    before = CompoundTally.objects.get(compound=first.compound).owners
    merged = _merge(world, first, second)
    assert [str(spell.dwelling) for spell in queries.dwellings_of_owner(merged)] == ["8幢1单元101", "8幢1单元102"]
    assert CompoundTally.objects.get(compound=first.compound).owners == before - 1
    event = Event.objects.get(verb="dwellings.merge_owner")
    assert (event.object_id, event.after["owners"], event.why) == (str(second.pk), [first.pk], "核对了证件")


def test_what_only_the_other_record_knew_is_kept(world: World) -> None:
    first, second = _two(world)
    merged = _merge(world, second, first)
    merged.refresh_from_db()
    assert merged.number_digest == digest(LI, NUMBER)
    assert merged.phone_masked
    assert Owner.objects.get(pk=first.pk).merged_into == merged


def test_a_later_roll_and_a_search_find_the_one_that_stands(world: World) -> None:
    first, second = _two(world)
    _merge(world, second, first)
    again = uploaded(world, [("8幢", "1单元", "104", "60", "王小一", LI, "", "", "", "")])
    assert again.counts["new_owners"] == 0
    found = services.search_owner(
        owners=Owner.objects.all(), words="王小一", purpose="核对", by=world.people["street_clerk"], now=NOW
    )
    assert found == [second]


def test_different_names_or_numbers_are_two_owners(world: World) -> None:
    first, second = _two(world)
    with pytest.raises(RefusedError, match="姓名不同"):
        _merge(world, first, Owner.objects.get(name_masked="李**"))
    Owner.objects.filter(pk=second.pk).update(number_digest="x" * 64)
    with pytest.raises(RefusedError, match="证件号码不同"):
        _merge(world, first, second)


def test_shares_of_one_dwelling_at_the_same_time_hinder_it_and_the_dwelling_is_named(world: World) -> None:
    first, second = _two(world)
    spell = Ownership.objects.get(owner=first)
    Ownership.objects.create(dwelling=spell.dwelling, owner=second, part=1, whole=2)
    with pytest.raises(RefusedError, match="8幢1单元101"):
        _merge(world, first, second)
    assert Owner.objects.filter(merged_into=None).count() == Owner.objects.count()


def test_what_one_sold_to_the_other_is_no_overlap(world: World) -> None:
    first, second = _two(world)
    spell = Ownership.objects.get(owner=first)
    Ownership.objects.filter(pk=spell.pk).update(until=TODAY)
    Ownership.objects.create(dwelling=spell.dwelling, owner=second, since=TODAY)
    _merge(world, first, second)
    assert Ownership.objects.filter(owner=first).count() == 3


def test_once_merged_neither_is_merged_again_nor_the_roll_undone(world: World) -> None:
    first, second = _two(world)
    _merge(world, first, second)
    with pytest.raises(RefusedError, match="已经合并过"):
        _merge(world, first, second)
    assert "王**" in hindrance(DwellingImport.objects.get())


def test_the_page_offers_namesakes_alone_masked_and_the_merged_record_leads_on(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    first, second = _two(world)
    client, address = signed_in("street_clerk"), reverse("dwellings:merge_owner", args=[first.pk])
    page = client.get(address).content.decode()
    assert "8幢1单元102" in page
    assert "王小一" not in page
    assert "李**" not in page
    other = Owner.objects.get(name_masked="李**")
    assert client.post(address, {"other": other.pk, "why": "试"}).status_code == 422
    assert client.post(address, {"other": second.pk}).status_code == 422
    assert client.post(address, {"other": second.pk, "why": "核对了证件"}).status_code == 302
    assert "已并入" in client.get(reverse("dwellings:see_owner", args=[second.pk])).content.decode()
    assert Fraction(1) == sum(spell.share for spell in Ownership.objects.filter(dwelling__room="101", until=None))
