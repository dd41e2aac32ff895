"""The policy pages in a real browser: from the list of packs to a stored decision."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.checks import OFFICER, faults, overflow
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.e2e


def test_from_the_packs_to_a_clause_of_one(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/policy/")
    page.get_by_role("link", name=re.compile("江北区城镇老旧小区改造三年行动方案")).first.click()
    page.get_by_role("link", name="纳入范围").first.click()
    expect(page.locator(".g-rules li").first).to_be_visible()
    expect(page.locator(".g-rules .g-tag").first).to_contain_text("二")
    visit.check_clean()


def test_the_pack_of_a_place_can_be_set_again(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/policy/places/330205/")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("status")).to_be_visible()
    visit.check_clean()


def test_the_survey_list_leads_to_the_compound_and_its_decision(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/policy/survey/")
    name = page.locator("table").last.locator("tbody th a").first.inner_text()
    page.locator("table").last.locator("tbody th a").first.click()
    expect(page.locator("h1")).to_contain_text(name)
    page.get_by_role("link", name=re.compile("逐条查看|判定依据|详情|查看")).first.click()
    expect(page.locator(".g-missing")).to_contain_text("待补充")
    visit.check_clean()


def test_a_decision_is_stored_and_replays_the_same(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/compounds/1/decisions/scope/")
    answer = page.locator(".g-answer .g-mark").inner_text().strip()
    page.get_by_role("button", name="留存判定").click()
    expect(page.locator(".g-note-good", has_text="结论相同")).to_be_visible()
    expect(page.locator(".g-answer .g-mark")).to_have_text(re.compile(re.escape(answer)))
    assert faults(page) == []
    assert overflow(page) <= 0
    visit.check_clean()


def test_a_decision_prints_without_its_frame(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/compounds/1/decisions/scope/")
    page.emulate_media(media="print")
    for hidden in (".g-top", ".g-side", ".g-actions"):
        expect(page.locator(hidden).first).to_be_hidden()
    expect(page.locator(".g-clause-decided .g-reasons").first).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
