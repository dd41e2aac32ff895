"""Decisions about compounds: on their page, in the register, on the survey list."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import record_fact
from gongdi.apps.policy import views
from gongdi.apps.policy.deciding import verdicts
from gongdi.apps.policy.models import PackInForce
from gongdi.apps.policy.packs import governing
from tests.support.world import NOW, PACK, World, fact


def test_the_longest_code_that_a_place_begins_with_governs(world: World) -> None:
    PackInForce.objects.create(place="330205004", pack="guizhou-2021", set_at=NOW)
    near, far = governing("330205004004"), governing("330205001007")
    assert near is not None
    assert far is not None
    assert (near.pack.slug, far.pack.slug) == ("guizhou-2021", PACK)
    assert far.as_of == date(2022, 6, 30)
    assert governing("330212001") is None


def test_a_place_without_a_pack_is_not_decided(world: World) -> None:
    compound = world.compounds["月季小区"]
    assert verdicts([compound], "scope") == {compound.pk: None}


def test_a_list_of_which_nothing_is_known_is_not_told_as_none(world: World, signed_in: Callable[[str], Client]) -> None:
    address = reverse("policy:see_decision", args=[world.compounds["梅堰新村"].pk, "scheme_complete"])
    page = signed_in("district_officer").get(address).content.decode()
    assert "待定" in page
    assert "所缺部分</dt>" not in page


def test_the_page_shows_the_answer_the_clause_and_the_comparison(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("district_officer").get(
        reverse("policy:see_decision", args=[world.compounds["梅堰新村"].pk, "scope"])
    )
    text = page.content.decode()
    assert "纳入" in text
    assert "据此判定" in text
    assert "建成交付日期：1996-08-31" in text


def test_a_new_fact_changes_the_answer_at_once(world: World, signed_in: Callable[[str], Client]) -> None:
    compound, clerk = world.compounds["梅堰新村"], world.people["street_clerk"]
    before = verdicts([compound], "scope")[compound.pk]
    record_fact(compound=compound, fact=fact("in_shantytown_plan", True), by=clerk, now=NOW)
    record_fact(compound=compound, fact=fact("delivered_on", "1996-08-31"), by=clerk, now=NOW)
    after = verdicts([compound], "scope")[compound.pk]
    assert before is not None
    assert after is not None
    assert (before.outcome, after.outcome) == ("in", "out")


def test_what_is_missing_is_named_with_a_way_to_add_it(world: World, signed_in: Callable[[str], Client]) -> None:
    compound = world.compounds["翠柏花园"]
    page = signed_in("street_clerk").get(reverse("places:see_compound", args=[compound.pk])).content.decode()
    assert reverse("places:record_fact", args=[compound.pk, "land_ownership"]) in page


def test_only_who_may_record_a_fact_is_led_to_its_form(world: World, signed_in: Callable[[str], Client]) -> None:
    compound = world.compounds["青禾小区"]
    for page in (f"/compounds/{compound.pk}/", f"/compounds/{compound.pk}/decisions/scope/"):
        led = {
            role: f'href="/compounds/{compound.pk}/facts/' in signed_in(role).get(page).content.decode()
            for role in ("district_officer", "auditor", "department_officer")
        }
        assert led == {"district_officer": True, "auditor": False, "department_officer": False}, page


def test_the_register_filters_by_outcome(world: World, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("district_officer").get(reverse("places:see_register"), {"outcome": "in"}).content.decode()
    assert "梅堰新村" in page
    assert "翠柏花园" not in page


def test_the_survey_list_ranks_what_is_missing(world: World, signed_in: Callable[[str], Client]) -> None:
    page = signed_in("district_officer").get(reverse("policy:see_survey")).content.decode()
    assert "建成交付日期" in page
    assert "翠柏花园" in page
    assert "月季小区" not in page


def test_the_survey_list_stands_on_pages_and_counts_all(
    world: World, signed_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    client, address = signed_in("district_officer"), reverse("policy:see_survey")
    (whole,) = client.get(address).context["groups"]
    open_all = [row.pk for row, _ in whole["open"]]
    assert len(open_all) > 1
    monkeypatch.setattr(views, "SURVEY_LINES", 1)
    seen = []
    for page in range(1, len(open_all) + 1):
        (group,) = client.get(address, {"source": whole["source"], "page": page}).context["groups"]
        assert group["needs"] == whole["needs"], "what to survey first is told of all, whatever page is shown"
        seen += [row.pk for row, _ in group["open"]]
    assert seen == open_all
    (other,) = client.get(address, {"source": "another", "page": 2}).context["groups"]
    assert other["page"].number == 1


def test_setting_a_pack_needs_the_post_of_that_place(world: World, signed_in: Callable[[str], Client]) -> None:
    address = reverse("policy:set_pack", args=["330205"])
    assert signed_in("officer_elsewhere").post(address, {"pack": PACK}).status_code == 403
    assert signed_in("district_officer").post(address, {"pack": "guizhou-2021"}).status_code == 302
    assert PackInForce.objects.get(place="330205").pack == "guizhou-2021"


def test_a_pack_of_another_place_is_set_with_a_warning(world: World, signed_in: Callable[[str], Client]) -> None:
    client, address = signed_in("district_officer"), reverse("policy:set_pack", args=["330205"])
    other = client.post(address, {"pack": "guizhou-2021"}, follow=True).content.decode()
    assert "这份文件的地区是贵州省，不是浙江省宁波市江北区" in other
    assert "请留意" not in client.post(address, {"pack": PACK}, follow=True).content.decode()
    assert "请留意" not in client.post(address, {"pack": "cn"}, follow=True).content.decode()


def test_an_unknown_pack_is_refused_beside_the_field(world: World, signed_in: Callable[[str], Client]) -> None:
    answer = signed_in("district_officer").post(reverse("policy:set_pack", args=["330205"]), {"pack": "nowhere"})
    assert answer.status_code == 422


def test_the_note_reads_in_english_too(world: World, signed_in: Callable[[str], Client]) -> None:
    address = reverse("policy:see_decision", args=[world.compounds["梅堰新村"].pk, "scope"])
    text = signed_in("district_officer").get(address, {"language": "en"}).content.decode()
    assert "date delivered on or before 2000-12-31" in text
    assert "decides" in text
    assert "据此判定" not in text
