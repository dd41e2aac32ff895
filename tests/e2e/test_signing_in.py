"""Signing in in a real browser: a security key, and a resident with a one-time code."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.checks import faults, overflow
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.e2e
KEY = {"protocol": "ctap2", "transport": "usb", "hasUserVerification": True, "isUserVerified": True}
HOLDERS = {1440: "qianmulan", 390: "zhengyunfan"}
"""One person a size, since the demo is served once for both."""


def test_a_security_key_is_added_and_signs_in(visit: Visit) -> None:
    page = visit.page
    # A key belongs to a name, and an address in numbers is none.
    visit.served = type(visit.served)(visit.served.address.replace("127.0.0.1", "localhost"), visit.served.passwords)
    talk = page.context.new_cdp_session(page)
    talk.send("WebAuthn.enable")
    talk.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})
    username = HOLDERS[(page.viewport_size or {"width": 0})["width"]]
    visit.sign_in(username).go("/account/second-factor/key/")
    page.get_by_label("名称").fill("办公室密钥")
    page.get_by_role("button", name="读取密钥并绑定").click()
    expect(page.locator("h1")).to_have_text("恢复码")
    assert faults(page) == []
    page.get_by_role("button", name="退出").click()
    page.get_by_label("登录名").fill(username)
    page.get_by_label("口令").fill(visit.served.passwords[username])
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_have_text("第二要素")
    assert faults(page) == []
    assert overflow(page) <= 0
    page.get_by_role("button", name="使用安全密钥").click()
    expect(page.locator("h1")).to_have_text("待办")
    visit.check_clean()


def test_a_resident_comes_in_asks_for_a_dwelling_and_reads_large(visit: Visit) -> None:
    page = visit.go("/my/")
    assert faults(page) == []
    page.get_by_label("手机号").fill(f"1380000{(page.viewport_size or {'width': 0})['width']:04d}")
    page.get_by_role("button", name="获取验证码").click()
    assert faults(page) == []
    page.get_by_label("验证码").fill(page.locator(".r-trial strong").inner_text())
    page.get_by_role("button", name="登录").click()
    expect(page.locator("h1")).to_have_text("我的房屋")
    page.get_by_role("link", name="绑定一套房屋").click()
    name = "澄江南区"
    for label, text in (("小区名称", name), ("楼栋", "3幢"), ("单元和房号", "2单元301")):
        page.get_by_label(label).fill(text)
    page.get_by_role("button", name="提交给社区确认").click()
    expect(page.locator(".r-card").filter(has_text=name).first).to_be_visible()
    page.get_by_role("button", name="大字版").click()
    expect(page.locator("body")).to_have_css("font-size", "24px")
    assert faults(page) == []
    assert overflow(page) <= 0
    # Giving a dwelling up is folded away until it is asked for.
    buttons = [each for each in page.locator(".r-button, .r-switch").all() if each.is_visible()]
    assert len(buttons) >= 3
    assert all((button.bounding_box() or {"height": 0})["height"] >= 48 for button in buttons)
    visit.check_clean()
