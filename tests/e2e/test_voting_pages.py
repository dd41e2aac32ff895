"""An owner votes by phone and keeps the receipt; a clerk at the door lets an owner sign on the screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gongdi.demo.votes import DEMO_PHONE
from tests.e2e.checks import CLERK, faults, overflow
from tests.e2e.conftest import SIZES, Served, Visit, _visit
from tests.e2e.test_resident_pages import come_in

pytestmark = pytest.mark.e2e
VOTE = 2
"""The open vote of the demo."""
DOORS = (200, 201)
"""Places on its roll from which no ballot has come: one for each size of screen."""


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Visit]:
    context = browser.new_context(viewport=SIZES["phone"], locale="zh-CN")
    yield _visit(context, served, {})
    context.close()


def check(page: Page) -> None:
    assert faults(page) == []
    assert overflow(page) <= 0


def answer(page: Page) -> None:
    """同意 to every matter."""
    for choice in page.get_by_label("同意", exact=True).all():
        choice.check()


def test_an_owner_votes_by_phone_and_finds_the_receipt_on_the_public_page(phone: Visit) -> None:
    page = phone.go("/my/")
    come_in(page, DEMO_PHONE)
    page.get_by_role("link", name="去投票").first.click()
    check(page)
    answer(page)
    page.locator("[type=checkbox]").first.check()
    page.get_by_role("button", name="提交选票").click()
    expect(page.locator("h1")).to_contain_text("回执")
    check(page)
    phone.check_clean()


def draw(page: Page) -> None:
    pad = page.locator("canvas.v-pad")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 40)
    page.mouse.down()
    for step in range(1, 8):
        page.mouse.move(box["x"] + 20 + 25 * step, box["y"] + 40 + 12 * (step % 3))
    page.mouse.up()


def test_an_owner_signs_on_the_screen_at_the_door(visit: Visit) -> None:
    page = visit.sign_in(CLERK).go("/")
    on_phone = page.viewport_size == SIZES["phone"]
    visit.go(f"/votes/{VOTE}/units/{DOORS[on_phone]}/visit/")
    check(page)
    answer(page)
    page.get_by_role("button", name="登记这张选票").click()
    expect(page.get_by_role("alert")).to_contain_text("请业主在屏幕上签名")
    expect(page.get_by_label("同意", exact=True).first).to_be_checked()
    draw(page)
    # Another answer after signing wants another signature.
    page.get_by_label("反对", exact=True).first.check()
    expect(page.get_by_text("意见改了，请业主看过以后重新签名")).to_be_visible()
    check(page)
    draw(page)
    expect(page.get_by_text("意见改了，请业主看过以后重新签名")).to_be_hidden()
    page.get_by_role("button", name="登记这张选票").click()
    expect(page.locator("h1")).to_contain_text("回执")
    check(page)
