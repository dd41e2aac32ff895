"""A question about a compound may say itself which permit, fund or work it is about."""

import re
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from gongdi.apps.policy.asking import asking
from gongdi.apps.policy.deciding import ON_A_COMPOUND
from gongdi.apps.policy.models import DecisionRecord
from gongdi.apps.policy.packs import library
from tests.support.world import PACK, World

TABLES = library().packs[PACK].tables


def note(client: Client, world: World, decision: str, **query: str) -> str:
    address = reverse("policy:see_decision", args=[world.compounds["梅堰新村"].pk, decision])
    return client.get(address, query).content.decode()


def outcome(page: str) -> str:
    found = re.search(r'<p class="g-answer">(.*?)</p>', page, re.DOTALL)
    assert found is not None
    return re.sub(r"<[^>]*>", "", found[1]).strip()


def test_a_permit_that_is_named_is_decided_on(world: World, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("district_officer")
    open_page = note(client, world, "permits")
    assert outcome(open_page).startswith("待定")
    assert '<select name="permit"' in open_page
    page = note(client, world, "permits", permit="project_approval")
    assert outcome(page).startswith("需要办理")
    assert "提问时给出" in page
    assert '<input type="hidden" name="permit" value="project_approval">' in page
    assert "language=en&amp;permit=project_approval" in page


def test_what_is_missing_and_can_be_given_here_is_asked_at_once(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    page = note(signed_in("district_officer"), world, "acceptance_parties")
    assert '<details class="g-fold" open><summary><span class="g-fold-title">提问时给出' in page
    assert "（在上面选择）" in page


def test_a_kept_decision_holds_what_the_question_gave(world: World, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("district_officer")
    address = reverse("policy:store_decision", args=[world.compounds["梅堰新村"].pk, "permits"])
    page = client.post(address, {"permit": "project_approval"}, follow=True).content.decode()
    record = DecisionRecord.objects.get(decision="permits")
    assert (record.facts["permit"], record.outcome) == ("project_approval", "required")
    assert "按留存的事实和政策包重放，结论相同" in page
    assert "提问时给出" in page
    english = client.get(reverse("policy:see_record", args=[record.pk]), {"language": "en"}).content.decode()
    assert "the same answer" in english
    assert "given with the question" in english


def test_what_does_not_fit_is_told_and_nothing_is_guessed(world: World, signed_in: Callable[[str], Client]) -> None:
    page = note(signed_in("district_officer"), world, "permits", permit="no-such")
    assert "的值 &#x27;no-such&#x27; 不能使用" in page


def test_what_does_not_fit_is_told_in_english_on_the_english_page(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    page = note(signed_in("district_officer"), world, "permits", permit="no-such", language="en")
    assert outcome(page).startswith("facts at fault")
    assert "(permit): the value cannot be used; one of: project_approval" in page


def test_a_note_says_so_when_no_single_fact_would_change_the_answer(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("district_officer")
    assert "只改一项事实，不会得出另一个确定的结论" in note(client, world, "permits", permit="project_approval")
    assert "只改一项事实，不会得出另一个确定的结论" not in note(client, world, "permits")


def test_the_document_named_is_the_one_that_answers(world: World, signed_in: Callable[[str], Client]) -> None:
    page = note(signed_in("district_officer"), world, "owners_vote", matter="rebuild")
    assert "依上级（国家）" in page
    assert reverse("policy:see_table", args=["cn", "owners_vote"]) in page
    assert reverse("policy:see_table", args=[PACK, "owners_vote"]) not in page


def test_every_decision_of_the_pack_can_be_reached_from_the_compound(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    compound = world.compounds["梅堰新村"]
    page = signed_in("district_officer").get(reverse("places:see_compound", args=[compound.pk])).content.decode()
    for name in TABLES:
        if name not in ON_A_COMPOUND:
            assert reverse("policy:see_decision", args=[compound.pk, name]) in page


@pytest.mark.parametrize("decision", list(TABLES))
def test_the_facts_of_a_question_are_those_that_no_compound_records(decision: str) -> None:
    empty = asking(TABLES[decision], QueryDict(""))
    assert empty.facts == {}
    assert set(TABLES[decision].selectors) <= {field.name for field in empty.fields}
    assert "delivered_on" not in {field.name for field in empty.fields}


def test_a_number_that_is_typed_says_how_and_what_stands_without_it() -> None:
    fields = {field.name: field.hint for field in asking(TABLES["plan_decision_deadline"], QueryDict("")).fields}
    assert fields == {"plan_year": "年份，如 2005", "parameter:plan_decision_last_day": "不给时为 07-31"}


def test_a_list_may_be_known_to_hold_nothing() -> None:
    table = TABLES["acceptance_parties"]
    assert asking(table, QueryDict("parties_present=-")).facts == {"parties_present": []}
    given = asking(table, QueryDict("parties_present=street&parties_present=designer"))
    assert given.facts == {"parties_present": ["street", "designer"]}
    assert given.address == "parties_present=street&parties_present=designer"
