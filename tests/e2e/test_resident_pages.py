"""A resident with a phone: scans the code of a notice, objects, reports an issue with a photo."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from gongdi.demo.deliberation import PHONES
from tests.e2e.checks import CLERK, faults, overflow
from tests.e2e.conftest import SIZES, Served, Visit, _visit
from tests.support.photos import photo

pytestmark = pytest.mark.e2e


@pytest.fixture
def phone(browser: Browser, served: Served) -> Iterator[Visit]:
    context = browser.new_context(viewport=SIZES["phone"], locale="zh-CN")
    yield _visit(context, served, {})
    context.close()


@pytest.fixture
def code(browser: Browser, served: Served) -> str:
    """The address that the QR code of the scheme's notice leads to, from the clerk's page."""
    context = browser.new_context(viewport=SIZES["desk"], locale="zh-CN")
    page = _visit(context, served, {}).sign_in(CLERK).go("/notices/?kind=scheme")
    page.locator("tbody th a").first.click()
    found = page.get_by_role("link", name="公开页面").get_attribute("href")
    context.close()
    assert found is not None
    return found


def come_in(page: Page, number: str, title: str = "我的房屋") -> None:
    page.locator("[name=phone]").fill(number)
    page.locator("main form button").first.click()
    told = page.locator(".r-trial strong").inner_text()
    page.locator("[name=code]").fill(told)
    page.locator("main form button").first.click()
    expect(page.locator("h1")).to_have_text(title)


def check(page: Page) -> None:
    assert faults(page) == []
    assert overflow(page) <= 0


def test_a_resident_reads_a_notice_objects_and_reports_an_issue_with_a_photo(phone: Visit, code: str) -> None:
    page = phone.go(code)
    expect(page.get_by_text("正在公示")).to_be_visible()
    check(page)
    page.get_by_role("button", name="大字版").click()
    check(page)
    page.get_by_role("button", name="标准字").click()
    page.get_by_role("link", name="我有意见").click()
    # Whoever had to sign in on the way comes back to what they were about to do.
    come_in(page, PHONES[0], "提意见")
    check(page)
    page.get_by_text("提异议").click()
    page.get_by_label("请写下来").fill("楼梯扶手没有列入")
    check(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("楼梯扶手没有列入")).to_be_visible()
    expect(page.get_by_text("已收到，等社区答复")).to_be_visible()
    check(page)

    page.get_by_role("link", name="看全文").first.click()
    expect(page.get_by_text("要先用手机号登录")).to_have_count(0)
    check(page)
    page.get_by_role("link", name="返回我的公示和意见").click()
    expect(page.get_by_text("楼梯扶手没有列入")).to_be_visible()

    phone.go("/my/").get_by_role("link", name="报现场问题").click()
    page.get_by_role("link", name="报一个现场问题").click()
    page.get_by_label("出了什么问题").fill("管沟盖板松了")
    page.locator("[type=file]").set_input_files(
        {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": photo(640, 480)}
    )
    page.get_by_label("在哪一类地方").select_option(label="室外公共场地")
    page.get_by_label("具体在哪里").fill("西门内侧")
    check(page)
    page.get_by_role("button", name="提交").click()
    expect(page.get_by_text("管沟盖板松了")).to_be_visible()
    expect(page.get_by_text("社区收到了，正在安排谁来办")).to_be_visible()
    expect(page.get_by_role("img", name="反映的照片")).to_be_visible()
    assert page.get_by_role("img", name="反映的照片").evaluate("each => each.naturalWidth") > 0
    check(page)
    phone.go("/my/topics/").get_by_role("link", name="看看").last.click()
    check(page)
    phone.check_clean()
