"""A draft is tried on the district's compounds before it is in force, and decides nothing."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.forms import PackForm
from gongdi.apps.policy.models import PackDraft
from gongdi.apps.policy.packs import library
from gongdi.apps.policy.services import discard_draft, set_pack
from gongdi.core.policy.packtext import parse_pack
from gongdi.exchange.packbooks import pack_workbook
from gongdi.exchange.packfiles import load_vocabulary
from tests.support.drafts import MOVED, draft_texts, make_draft
from tests.support.world import COUNTY, NOW, PACK, World

SignedIn = Callable[[str], Client]


def workbook(bound: str = MOVED) -> SimpleUploadedFile:
    """A draft as the workbook that an officer uploads."""
    pack, faults = parse_pack("draft", draft_texts(), load_vocabulary())
    assert pack is not None, faults
    return SimpleUploadedFile("草案.xlsx", pack_workbook(pack, draft_texts(bound), load_vocabulary()))


def upload(client: Client, file: SimpleUploadedFile) -> Any:
    return client.post(reverse("policy:see_drafts"), {"file": file}, follow=True)


def test_a_workbook_with_a_moved_bound_is_kept_and_its_disagreeing_cases_are_named(
    world: World, signed_in: SignedIn
) -> None:
    response = upload(signed_in("district_officer"), workbook())
    draft = PackDraft.objects.get()
    assert response.redirect_chain == [(reverse("policy:see_draft", args=[draft.pk]), 302)]
    text = response.content.decode()
    assert "例·纳入范围" in text
    assert "不符" in text
    assert draft.place == COUNTY


def test_a_workbook_with_a_wrong_condition_is_refused_by_sheet_row_and_column_and_nothing_is_kept(
    world: World, signed_in: SignedIn
) -> None:
    response = upload(signed_in("district_officer"), workbook("deliverd_on <= DATE '1995-12-31'"))
    assert response.status_code == 422
    assert PackDraft.objects.count() == 0
    fault = response.context["faults"][0]
    assert (fault.sheet, fault.row, fault.column) == ("纳入范围", 3, "when")
    assert "deliverd_on" in fault.problem


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [("草案.docx", b"x", "只能读取 xlsx"), ("草案.xlsx", b"no workbook", "g-error"), ("草案.zip", b"no zip", "已损坏")],
)
def test_a_file_that_is_no_pack_is_refused_in_words(
    world: World, signed_in: SignedIn, name: str, content: bytes, said: str
) -> None:
    response = upload(signed_in("district_officer"), SimpleUploadedFile(name, content))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert PackDraft.objects.count() == 0


def test_a_draft_compared_with_what_is_in_force_shows_who_changes_sides_and_what_money_moves(
    world: World, signed_in: SignedIn
) -> None:
    draft = make_draft(world)
    query = {"left": PACK, "right": draft.slug, "on_left": "2022-06-30", "on_right": "2022-06-30"}
    response = signed_in("district_officer").get(reverse("policy:compare_packs"), query)
    assert "梅堰新村" in [each.compound.name for each in response.context["changed"]]
    money = {each.words: (each.left, each.right, each.change) for each in response.context["money"]}
    # 1,500,000 yuan: a twentieth from the owners, four tenths from the city, the rest from the district.
    assert money["估算总投资"] == (150_000_000, 0, -150_000_000)
    assert money["业主和社会最低出资"] == (7_500_000, 0, -7_500_000)
    assert money["市级财政分担"] == (60_000_000, 0, -60_000_000)
    assert money["区级财政分担"] == (90_000_000, 0, -90_000_000)
    assert "草案：" in response.content.decode()


def test_a_draft_is_never_offered_and_never_taken_to_decide_by(world: World) -> None:
    draft = make_draft(world)
    assert draft.slug not in library().packs
    assert draft.slug not in str(PackForm())
    with pytest.raises(RefusedError):
        set_pack(place=COUNTY, pack=draft.slug, as_of=None, by=world.people["district_officer"], now=NOW)


def test_a_draft_of_another_county_does_not_show_in_the_comparison(world: World, signed_in: SignedIn) -> None:
    draft = make_draft(world)
    page = signed_in("officer_elsewhere").get(reverse("policy:compare_packs"), {"right": draft.slug})
    assert draft.slug not in [slug for slug, _ in page.context["packs"]]
    assert page.context["sides"].right.slug != draft.slug


def test_a_discarded_draft_is_gone_and_cannot_be_discarded_twice(world: World, signed_in: SignedIn) -> None:
    draft, by = make_draft(world), world.people["district_officer"]
    discard_draft(draft=draft, by=by, now=NOW)
    assert signed_in("district_officer").get(reverse("policy:see_draft", args=[draft.pk])).status_code == 404
    with pytest.raises(RefusedError):
        discard_draft(draft=draft, by=by, now=NOW)


def test_a_downloaded_draft_can_be_uploaded_again(world: World, signed_in: SignedIn) -> None:
    client = signed_in("district_officer")
    content = client.get(reverse("policy:export_draft", args=[make_draft(world).pk])).content
    upload(client, SimpleUploadedFile("再稿.xlsx", content))
    assert PackDraft.objects.count() == 2
