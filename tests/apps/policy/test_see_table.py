"""The page of a decision's clauses, and the values of answers, in whole words."""

import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.policy.packs import library
from gongdi.apps.policy.presenting import card_of
from gongdi.core.policy.deciding import Answer, decide
from gongdi.exchange.packcases import WorkedCase, read_cases
from gongdi.exchange.packfiles import folder_texts, pack_slugs, shipped_folder
from tests.support.world import World

CODE = re.compile(r"[a-z]{3,}_[a-z]|\b(round|ceil|least|greatest|concat)\b")


def words_of(client: Client, slug: str, decision: str) -> str:
    page = client.get(reverse("policy:see_table", args=[slug, decision])).content.decode()
    rules = re.search(r'<ol class="g-rules">(.*)</ol>', page, re.DOTALL)
    assert rules is not None
    return re.sub(r"<[^>]*>", " ", re.sub(r"<code.*?</code>", "", rules[1], flags=re.DOTALL))


def test_rules_that_followed_each_other_show_their_days(world: World, signed_in: Callable[[str], Client]) -> None:
    words = words_of(signed_in("district_officer"), "cn", "owners_vote")
    assert "有效期：至 2020-12-31" in words
    assert "有效期：2021-01-01 起" in words


def test_a_clause_shows_what_is_open_in_it(world: World, signed_in: Callable[[str], Client]) -> None:
    words = words_of(signed_in("district_officer"), "yunnan-puer-2022", "scope")
    assert "X-03" in words
    assert "另一种读法" in words


@pytest.mark.parametrize("slug", pack_slugs())
def test_no_page_of_clauses_shows_a_code(world: World, signed_in: Callable[[str], Client], slug: str) -> None:
    client = signed_in("district_officer")
    for decision in library().packs[slug].tables:
        assert CODE.findall(words_of(client, slug, decision)) == [], decision


@pytest.mark.parametrize("slug", pack_slugs())
def test_no_value_of_an_answer_is_told_as_a_code(slug: str) -> None:
    pack = library().packs[slug]
    for case in read_cases(pack, folder_texts(shipped_folder() / slug), library().vocabulary):
        assert isinstance(case, WorkedCase)
        answer = decide(library(), case.question)
        assert isinstance(answer, Answer)
        for word, text in card_of(answer, pack, answer.decision).values:
            assert not re.search(r"[a-z]{3,}", text), (case.question.case, word, text)


def test_a_year_is_no_count_and_an_area_has_its_unit() -> None:
    from gongdi.apps.policy.presenting import value_text

    decisions = library().vocabulary.decisions
    year = decisions["maintenance_fund_call"].values["call_from_year"]
    assert value_text(year, 2023) == "2023"
    assert value_text(decisions["plot_ratio_exclusion"].values["excluded_area_m2"], "12.50") == "12.50 平方米"
    assert value_text(decisions["report_calendar"].values["report"], "notice") == "通报"
