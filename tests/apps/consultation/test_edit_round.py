"""A draft is changed or given up; what is asked beside the menu follows the policy and reaches the decisions."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.consultation import services
from gongdi.apps.consultation.models import Response, Round
from gongdi.apps.places.facts import facts_of
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.models import PackInForce
from gongdi.core.consultation.answers import Side
from gongdi.core.consultation.pledges import Pledge, Reply
from gongdi.web import clock
from tests.apps.consultation.test_own_pages import bound, key_of
from tests.support import rounds
from tests.support.residents import entered
from tests.support.world import TODAY, World

SignedIn = Callable[[str], Client]


def test_a_draft_is_changed_and_no_round_that_runs(world: World, signed_in: SignedIn) -> None:
    made, client = rounds.drafted(world), signed_in("street_clerk")
    address = reverse("consultation:edit_round", args=[made.pk])
    assert f'value="{made.title}"' in client.get(address).content.decode()
    sent = {"title": "二次征询", "since": "2027-04-01", "until": "2027-03-01", "pledges": ["fee"]}
    refused = client.post(address, sent)
    assert refused.status_code == 422
    assert "二次征询" in refused.content.decode()
    assert client.post(address, {**sent, "until": "2027-04-20"}).status_code == 302
    made.refresh_from_db()
    assert (made.title, str(made.until), made.pledges) == ("二次征询", "2027-04-20", ["fee"])
    asked = rounds.opened(world)
    assert client.get(reverse("consultation:edit_round", args=[asked.pk])).status_code == 404
    with pytest.raises(RefusedError, match="征询中"):
        services.edit_round(
            round=asked, title="x", since=TODAY, until=TODAY, pledges=[], by=world.people["street_clerk"],
            now=clock.now(),
        )  # fmt: skip


def test_a_draft_that_is_given_up_asks_nobody_and_says_why(world: World, signed_in: SignedIn) -> None:
    made, client = rounds.priced(world), signed_in("street_clerk")
    client.post(reverse("consultation:discard_round", args=[made.pk]), {"why": "并入另一个小区"})
    page = client.get(reverse("consultation:see_round", args=[made.pk])).content.decode()
    assert "已放弃：并入另一个小区" in page
    assert "开始征询" not in page
    with pytest.raises(RefusedError, match="已放弃"):
        services.open_round(
            round=made, why_no_special="", today=TODAY, by=world.people["street_clerk"], now=clock.now()
        )
    assert "households_consulted" not in facts_of(made.compound)
    assert "已放弃" in client.get(reverse("consultation:see_rounds")).content.decode()


def test_a_draft_begins_with_what_the_policy_in_force_asks_about(world: World, signed_in: SignedIn) -> None:
    client = signed_in("street_clerk")
    address = reverse("consultation:draft_round", args=[world.compounds["梅堰新村"].pk])
    for pack, asked in (
        ("henan-zhumadian-2021", ["take_part", "fee", "fund", "removal"]), ("guizhou-2021", ["take_part", "removal"]),
        ("yunnan-puer-2022", ["take_part", "market"]), ("zhejiang-ningbo-jiangbei-2020", []),
    ):  # fmt: skip
        PackInForce.objects.update(pack=pack)
        assert client.get(address).context["form"].initial["pledges"] == asked


@pytest.fixture
def running(world: World) -> Round:
    today = clock.today()
    every = list(Pledge)
    made = rounds.priced(world, since=today, until=today + timedelta(days=7), pledges=every)
    return services.open_round(
        round=made, why_no_special="", today=today, by=world.people["street_clerk"], now=clock.now()
    )


def test_an_owner_replies_on_the_phone_and_a_tenant_is_not_asked(running: Round) -> None:
    household = rounds.a_household(running)
    client, address = bound(running, household), reverse("consultation:answer_round", args=[household.pk])
    page = client.get(address).content.decode()
    assert "您愿意按时交物业费吗" in page
    assert page.count("我家没有搭建") == 1
    sent = {"key": key_of(page), "wish_1": "wants", "pledge_fee": "yes", "pledge_removal": "not_mine"}
    assert client.post(address, sent).status_code == 302
    assert Response.objects.get().pledges == {"fee": "yes", "removal": "not_mine"}
    assert 'value="not_mine" id="id_pledge_removal_3" checked' in client.get(address).content.decode().replace(
        " required", ""
    )


def test_a_tenant_is_not_asked_what_owners_promise(running: Round) -> None:
    household = rounds.a_household(running)
    client = bound(running, household, "tenant")
    page = client.get(reverse("consultation:answer_round", args=[household.pk])).content.decode()
    assert "物业费" not in page


def test_what_owners_replied_is_counted_shown_and_judged_into_facts(
    world: World, running: Round, signed_in: SignedIn
) -> None:
    today, client = clock.today(), signed_in("street_clerk")
    said = {Pledge.FEE: Reply.YES, Pledge.MARKET: Reply.NO}
    for number in range(2):
        rounds.answered(world, running, rounds.a_household(running, number), today=today, pledges=said)
    rounds.answered(world, running, rounds.a_household(running, 2), side=Side.USERS, today=today)
    services.close_round(
        round=running, today=running.until + timedelta(days=1), by=world.people["street_clerk"], now=clock.now()
    )
    results = client.get(reverse("consultation:see_results", args=[running.pk])).content.decode()
    assert "按时交物业费吗：愿意 2 户，不愿意 0 户" in results
    judging = reverse("consultation:judge_will", args=[running.pk])
    page = client.get(judging).content.decode()
    assert "愿意 2 户" in page
    assert "这次没有专门问" not in page
    sent = {"property_fee_promise": "yes", "market_entity": "no", "why": "两户都愿意交；没有企业参与"}
    assert client.post(judging, sent).status_code == 302
    facts = facts_of(running.compound)
    assert (facts["property_fee_promise"], facts["market_entity"]) == (True, False)
    assert "maintenance_fund_topup" not in facts


def test_a_printed_sheet_asks_the_same_and_its_code_leads_to_this_round(
    world: World, running: Round, signed_in: SignedIn
) -> None:
    sheet = signed_in("street_clerk").get(reverse("consultation:print_sheets", args=[running.pk])).content.decode()
    assert "□ 我家没有搭建" in sheet
    address = reverse("consultation:see_own_round", args=[running.code])
    household = rounds.a_household(running)
    answer = reverse("consultation:answer_round", args=[household.pk])
    assert bound(running, household).get(address).headers["Location"] == answer
    stranger = entered("13800009999").get(address).content.decode()
    assert "绑定一套房屋" in stranger
    draft = rounds.drafted(world)
    assert entered("13800009998").get(reverse("consultation:see_own_round", args=[draft.code])).status_code == 404


@pytest.mark.parametrize(
    ("back", "leads"),
    [
        ("/my/votes/", "/my/votes/"), ("https://elsewhere.example/my/", "/my/"), ("//elsewhere.example/my/", "/my/"),
        ("/desk/", "/my/"), ("", "/my/"),
    ],
)  # fmt: skip
def test_coming_in_leads_to_a_residents_page_that_was_wanted_and_nowhere_else(
    world: World, back: str, leads: str
) -> None:
    client = Client()
    page = client.post("/my/code/", {"phone": "13800001111", "back": back})
    sent = {"phone": "13800001111", "back": back, "code": str(page.context["shown"])}
    assert client.post("/my/enter/", sent).headers["Location"] == leads


def test_whoever_scans_a_code_before_coming_in_is_led_back_to_it(running: Round) -> None:
    address = reverse("consultation:see_own_round", args=[running.code])
    client = Client()
    asked = client.get(client.get(address).headers["Location"]).context["form"].initial
    assert asked["back"] == address
    page = client.post("/my/code/", {"phone": "13800001111", **asked})
    sent = {**page.context["form"].initial, "code": str(page.context["shown"])}
    assert client.post("/my/enter/", sent).headers["Location"] == address
