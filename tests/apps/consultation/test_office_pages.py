"""The office drafts by the pages, types in, and shows results that betray no household."""

import io
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongdi.apps.consultation import queries
from gongdi.apps.consultation.menu import who_pays
from gongdi.apps.consultation.models import Response, Round
from gongdi.apps.consultation.presenting import results_shown
from gongdi.apps.consultation.views import answering
from gongdi.apps.policy.packs import governing
from tests.support import rounds
from tests.support.world import World

SignedIn = Callable[[str], Client]


def shares(item: str, **changes: str) -> dict[str, str]:
    told = {"name": "修路", "sentence": "路面修平。", "basis": "total", "fen": "420000.50", "source": "测试",
            "fiscal": "95", "owners": "5", **changes}  # fmt: skip
    return {f"{item}-{name}": value for name, value in told.items()}


def test_a_round_is_drafted_from_the_catalogue_and_its_menu_kept_whole_or_not_at_all(
    world: World, signed_in: SignedIn
) -> None:
    client, compound = signed_in("community_worker"), world.compounds["梅堰新村"]
    sent = {"title": "征询", "since": "2027-03-01", "until": "2027-03-20"}
    assert client.post(reverse("consultation:draft_round", args=[compound.pk]), sent).status_code == 302
    made = Round.objects.get()
    items = reverse("consultation:choose_items", args=[made.pk])
    assert client.post(items, {"sent": "1"}).status_code == 422
    assert "【专项工程】" in client.get(items).content.decode()
    client.post(items, {"basic": ["compound_roads"], "improvement": ["lift_addition"]})
    menu = reverse("consultation:price_menu", args=[made.pk])
    faulty = client.post(menu, {**shares("compound_roads"), **shares("lift_addition", owners="6", fen="一万")})
    page = faulty.content.decode()
    assert faulty.status_code == 422
    assert "合计须为 100，现在是 101.00" in page
    assert "价格须是不小于零的数" in page
    assert 'value="420000.50"' in page
    assert set(made.items.values_list("fen", flat=True)) == {None}
    assert (
        client.post(
            menu, {**shares("compound_roads"), **shares("lift_addition", basis="per_unit", quantity="3", unit="台")}
        ).status_code
        == 302
    )
    assert list(made.items.values_list("fen", "quantity", "unit")) == [(42_000_050, 1, ""), (42_000_050, 3, "台")]


def test_a_sheet_is_typed_in_by_its_number(world: World, signed_in: SignedIn) -> None:
    asked, client = rounds.opened(world, since=rounds.SINCE.replace(year=2020)), signed_in("street_clerk")
    households = reverse("consultation:see_households", args=[asked.pk])
    assert "没有这个序号" in client.post(households, {"number": "99"}).content.decode()
    address = reverse("consultation:enter_answer", args=[asked.pk, 1])
    assert client.post(households, {"number": "1"}).headers["Location"] == address
    sent = {"key": "k" * 20, "wish_1": "wants", "channel": "paper", "side": "owners"}
    assert client.post(address, sent).status_code == 302
    assert (Response.objects.get().channel, Response.objects.get().entered_by) == (
        "paper",
        world.people["street_clerk"],
    )
    assert "已征求" in client.get(households).content.decode()
    assert "1幢1单元101" not in client.get(f"{households}?missing=1").content.decode()


def test_homes_come_in_pages_that_keep_the_filter(
    world: World, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "A_PAGE", 2)
    asked, client = rounds.opened(world), signed_in("street_clerk")
    address, every = reverse("consultation:see_households", args=[asked.pk]), asked.households.count()
    first, last = (client.get(address, {"missing": "1", "page": number}) for number in (1, 99))
    assert len(first.context["page"]) == 2
    assert "missing=1&amp;page=2" in first.content.decode()
    assert last.context["page"].paginator.count == asked.households.filter(left_off="").count()
    shown = [row for number in range(1, every) for row in client.get(address, {"page": number}).context["page"]]
    assert len({row.household.pk for row in shown}) == every


def test_few_answers_are_shown_to_those_alone_who_see_answers_anyway(world: World, signed_in: SignedIn) -> None:
    asked = rounds.closed(world)
    address = reverse("consultation:see_results", args=[asked.pk])
    assert "暂不显示" in signed_in("city_viewer").get(address).content.decode()
    assert "暂不显示" not in signed_in("street_clerk").get(address).content.decode()
    exported = reverse("consultation:export_results", args=[asked.pk])
    for role, rows in (("city_viewer", 0), ("street_clerk", 3)):
        content = b"".join(signed_in(role).get(exported).streaming_content)  # type: ignore[attr-defined]
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        names = {row[0] for row in book.get_sheet_by_name("全小区").to_python()}
        assert len(names & {item.name for item in asked.items.all()}) == rows


def test_results_of_a_running_round_are_closed_to_readers(world: World, signed_in: SignedIn) -> None:
    address = reverse("consultation:see_results", args=[rounds.opened(world).pk])
    assert signed_in("city_viewer").get(address).status_code == 403
    assert signed_in("community_worker").get(address).status_code == 200


def test_the_list_and_the_letter_are_filled_from_the_results(world: World, signed_in: SignedIn) -> None:
    asked, client = rounds.closed(world), signed_in("street_clerk")
    fix = reverse("consultation:fix_content_list", args=[asked.pk])
    refused = client.post(fix, {"take_1": "on", "take_2": "on"})
    assert refused.status_code == 422
    assert "写明原因" in refused.content.decode()
    made = client.post(fix, {"take_1": "on", "take_2": "on", "why_2": "消防必须做"}).headers["Location"]
    assert "消防必须做" in client.get(made).content.decode()
    letter = client.get(f"{made}application/").content.decode()
    assert "文教街道办事处：" in letter
    assert "合计估算 20.00 万元，其中业主承担约 1.00 万元" in letter


def test_the_compound_shows_its_rounds_and_whoever_enters_has_them_to_do(world: World, signed_in: SignedIn) -> None:
    asked = rounds.closed(world)
    page = signed_in("street_clerk").get(reverse("places:see_compound", args=[asked.compound_id])).content.decode()
    assert asked.title in page
    assert "已征求 1 / 3 户" in page


def test_a_price_never_falls_to_another_item_that_took_its_number_meanwhile(world: World, signed_in: SignedIn) -> None:
    asked, client = rounds.chosen(world, ("compound_roads", "lift_addition")), signed_in("street_clerk")
    shown = client.get(reverse("consultation:price_menu", args=[asked.pk])).content.decode()
    sent = {name: value for name, value in re.findall(r'name="([^"]+-(?:name|sentence))" value="([^"]*)"', shown)}
    for name in [name for name in sent if name.endswith("-name")]:
        more = {"basis": "total", "fen": "100", "source": "测试", "fiscal": "100"}
        sent |= {name.replace("-name", f"-{field}"): value for field, value in more.items()}
    signed_in("community_worker").post(
        reverse("consultation:choose_items", args=[asked.pk]),
        {"basic": ["barrier_free"], "improvement": ["lift_addition"]},
    )
    response = client.post(reverse("consultation:price_menu", args=[asked.pk]), sent)
    rows = {row.item: (row.name, row.fen) for row in asked.items.all()}
    assert response.status_code == 422
    assert all(fen is None for _, fen in rows.values())
    assert "修" not in rows.get("barrier_free", ("", None))[0]


@pytest.mark.parametrize("number", ["9" * 30, "9" * 5000, "-1", "x"])
@pytest.mark.parametrize("name", ["see_households", "print_sheets"])
def test_a_building_that_is_no_number_of_one_shows_a_page_all_the_same(
    world: World, signed_in: SignedIn, name: str, number: str
) -> None:
    address = reverse(f"consultation:{name}", args=[rounds.opened(world).pk])
    assert signed_in("street_clerk").get(address, {"building": number}).status_code == 200


def test_the_owners_part_is_the_same_fen_wherever_it_stands(world: World) -> None:
    asked = rounds.closed(world)
    asked.items.filter(number=1).update(fen=101, shares={"fiscal": 5000, "owners": 5000})
    shown = results_shown(asked, queries.results_of(asked), small=True)
    line = next(each for each in shown.lines if each.row.number == 1)
    assert dict(shown.parts)["业主"] == line.owners_part == 50


def test_owners_who_pay_another_share_than_the_documents_need_a_reason_of_their_own(
    world: World, signed_in: SignedIn
) -> None:
    asked = rounds.chosen(world)
    client, menu = signed_in("street_clerk"), reverse("consultation:price_menu", args=[asked.pk])
    ground = governing(asked.compound.place)
    assert ground is not None
    source, sent = who_pays(asked.compound, ground).source, {}
    for row in asked.items.all():
        more = {"source": source, "fiscal": "100", "owners": "0"}
        sent |= shares(row.item, basis=row.basis, quantity="3", unit="台", **more)
    refused = client.post(menu, sent)
    assert refused.status_code == 422
    assert "业主出 0%，和这条依据算出的 5% 不一样" in refused.content.decode()
    assert "100" in refused.content.decode()
    reasoned = {key: "街道全额承担" if key.endswith("-source") else value for key, value in sent.items()}
    assert client.post(menu, reasoned).status_code == 302
    assert client.post(menu, {**sent, **{k: "95" for k in sent if k.endswith("-fiscal")},
                              **{k: "5" for k in sent if k.endswith("-owners")}}).status_code == 302  # fmt: skip


@pytest.mark.parametrize("name", ["consultation:see_rounds", "notices:see_notices"])
def test_the_way_to_a_draft_is_shown_to_whom_it_is_open(world: World, signed_in: SignedIn, name: str) -> None:
    assert "到项目库找小区" in signed_in("street_clerk").get(reverse(name)).content.decode()
    assert "到项目库找小区" not in signed_in("auditor").get(reverse(name)).content.decode()
