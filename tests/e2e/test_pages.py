"""The pages in a real browser, on a desk and on a phone."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.checks import ADMINISTRATOR, AUDITOR, CLERK, OFFICER, SECURITY, UTILITY, faults, overflow
from tests.e2e.conftest import SIZES, Visit

pytestmark = pytest.mark.e2e
PACK = "zhejiang-ningbo-jiangbei-2020"
PAGES = [
    (OFFICER, "/"),
    (OFFICER, "/pool/board/"),
    (OFFICER, "/pool/register/"),
    (OFFICER, "/pool/register/?q=qh&stage=formed&missing=1"),
    (OFFICER, "/pool/map/"),
    (OFFICER, "/compounds/1/"),
    (OFFICER, "/compounds/1/move/"),
    (OFFICER, "/compounds/1/facts/delivered_on/record/"),
    (OFFICER, "/rosters/"),
    (OFFICER, "/password/"),
    (OFFICER, "/policy/"),
    (OFFICER, f"/policy/packs/{PACK}/"),
    (OFFICER, f"/policy/packs/{PACK}/scope/"),
    (OFFICER, "/policy/survey/"),
    (OFFICER, "/policy/compare/"),
    (OFFICER, "/policy/drafts/"),
    (OFFICER, "/policy/packs/cn-opinion-2020/"),
    (OFFICER, "/policy/places/330205/"),
    (OFFICER, "/compounds/1/decisions/scope/"),
    (OFFICER, "/plans/"),
    (OFFICER, "/plans/1/"),
    (OFFICER, "/plans/1/?with=undetermined"),
    (OFFICER, "/plans/1/scores/"),
    (OFFICER, "/plans/places/330205/make/"),
    (OFFICER, "/plans/places/330205/budget/"),
    (OFFICER, "/survey/"),
    (OFFICER, "/survey/campaigns/draft/"),
    (OFFICER, "/survey/campaigns/1/"),
    (OFFICER, "/survey/assignments/1/review/"),
    (OFFICER, "/survey/assignments/5/reassign/"),
    (OFFICER, "/files/1/"),
    (CLERK, "/notices/"),
    (CLERK, "/notices/1/"),
    (CLERK, "/notices/1/print/"),
    (CLERK, "/notices/draft/"),
    (CLERK, "/objections/2/answer/"),
    (CLERK, "/issues/"),
    (CLERK, "/issues/3/"),
    (CLERK, "/topics/"),
    (CLERK, "/topics/1/"),
    (CLERK, "/topics/1/meetings/hold/"),
    (CLERK, "/survey/mine/"),
    (CLERK, "/survey/assignments/5/"),
    (AUDITOR, "/audit/"),
    (AUDITOR, "/audit/verify/"),
    (ADMINISTRATOR, "/people/"),
    (ADMINISTRATOR, "/people/add/"),
    (ADMINISTRATOR, "/people/1/disable/"),
    (SECURITY, "/people/"),
    (SECURITY, "/people/1/appoint/"),
    (SECURITY, "/people/attempts/"),
    (SECURITY, "/posts/1/end/"),
    (SECURITY, "/delegations/"),
    (OFFICER, "/account/"),
    (OFFICER, "/account/second-factor/"),
    (OFFICER, "/account/second-factor/app/"),
    (OFFICER, "/account/second-factor/key/"),
    (OFFICER, "/posts/1/delegate/"),
    (OFFICER, "/mobilisation/"),
    (OFFICER, "/consultations/"),
    (OFFICER, "/notices/"),
    (OFFICER, "/notices/1/"),
    (OFFICER, "/issues/1/"),
    (OFFICER, "/topics/"),
    (OFFICER, "/votes/"),
]


@pytest.mark.parametrize(("person", "path"), PAGES, ids=[path for _, path in PAGES])
def test_a_page_is_accessible_fits_and_stays_at_home(visit: Visit, person: str, path: str) -> None:
    page = visit.sign_in(person).go(path)
    expect(page.locator("h1")).to_be_visible()
    assert faults(page) == []
    assert overflow(page) <= 0
    visit.check_clean()


def test_the_sign_in_page_is_accessible_and_says_what_is_wrong(visit: Visit) -> None:
    page = visit.go("/sign-in/")
    assert faults(page) == []
    page.get_by_label("登录名").fill(OFFICER)
    page.get_by_label("口令").fill("不对的口令")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("alert")).to_contain_text("登录名或口令不对")
    assert overflow(page) <= 0


def test_the_board_narrows_to_a_street_in_place(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/pool/board/")
    page.get_by_label("街道").select_option(label="文教街道")
    page.wait_for_url(re.compile("place=330205004"))
    expect(page.locator(".g-tile p", has_text="外滩街道")).to_have_count(0)
    expect(page.locator(".g-tile").first).to_contain_text("文教街道")
    visit.check_clean()


def test_the_register_finds_by_pinyin_as_one_types(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/pool/register/")
    name = page.locator("tbody th a").first.inner_text()
    page.get_by_role("searchbox").press_sequentially(name)
    page.wait_for_url(re.compile("q="))
    expect(page.locator("tbody th a").first).to_have_text(name)
    expect(page.locator(".g-chip")).to_contain_text(name)
    visit.check_clean()


def test_the_map_draws_a_dot_for_each_compound_and_marks_its_line(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/pool/map/")
    expect(page.locator("#map path.leaflet-interactive")).to_have_count(73)
    expect(page.locator(".g-street-label", has_text="慈城镇")).to_be_visible()
    page.locator("#map path.leaflet-interactive").first.dispatch_event("click")
    expect(page.locator("#map-list li.g-chosen")).to_have_count(1)
    visit.check_clean()


def test_a_second_click_while_the_net_is_slow_sends_nothing_more(visit: Visit, request: pytest.FixtureRequest) -> None:
    page, sent = visit.sign_in(OFFICER).go("/meetings/record/"), []
    name = f"慢网会议{request.node.callspec.id}"
    page.on("request", lambda each: sent.append(each.url) if each.method == "POST" else None)
    page.get_by_label("名称或主题").fill(name)
    page.get_by_label("区划").fill("江北区")
    slow = page.context.new_cdp_session(page)
    slow.send("Network.enable")
    slow.send(
        "Network.emulateNetworkConditions",
        {"offline": False, "latency": 1500, "downloadThroughput": -1, "uploadThroughput": -1},
    )
    button = page.locator("main form button").last
    button.scroll_into_view_if_needed()
    box = button.bounding_box()
    assert box is not None
    for _ in range(2):
        page.mouse.click(box["x"] + 9, box["y"] + 9)
        page.wait_for_timeout(300)
    page.wait_for_url("**/meetings/")
    assert len(sent) == 1
    expect(page.get_by_role("link", name=name)).to_have_count(1)


def test_one_compound_alone_is_drawn_on_the_map_too(visit: Visit) -> None:
    page = visit.sign_in(UTILITY).go("/pool/map/?place=330205004")
    expect(page.locator("#map path.leaflet-interactive")).to_have_count(1)
    expect(page.locator("#map path.leaflet-interactive")).to_be_in_viewport()
    visit.check_clean()


def test_a_roster_is_read_shown_and_kept(visit: Visit, request: pytest.FixtureRequest) -> None:
    page = visit.sign_in(CLERK).go("/rosters/")
    name = f"试读{request.node.callspec.id}小区"
    content = f"小区名称,户数,建成年份\n{name},120,1988\n".encode()
    page.get_by_label("名单文件").set_input_files({"name": "名单.csv", "mimeType": "text/csv", "buffer": content})
    page.get_by_role("button", name="上传并读取").click()
    expect(page.get_by_role("table").last).to_contain_text(name)
    assert faults(page) == []
    assert overflow(page) <= 0
    page.get_by_role("button", name="确认入库").click()
    expect(page.get_by_role("status")).to_contain_text("新增 1 个")
    visit.go(f"/pool/register/?q={name}")
    expect(page.locator("tbody th")).to_contain_text(name)
    visit.check_clean()


def test_everything_works_without_scripts(plain_visit: Visit) -> None:
    page = plain_visit.sign_in(OFFICER).go("/pool/register/")
    page.locator("#stage").select_option(label="实施")
    page.get_by_role("button", name="筛选").click()
    expect(page.locator(".g-chip")).to_contain_text("实施")
    page.goto(plain_visit.served.address + "/pool/board/")
    first = page.locator("article", has=page.get_by_role("button", name=re.compile("转入生成"))).first
    name = first.locator("a.g-tile-name").inner_text()
    first.get_by_role("button", name=re.compile("转入生成")).click()
    expect(page.get_by_role("status")).to_contain_text(f"“{name}”已转为“生成”")


@pytest.mark.parametrize("path", ["/issues/", "/notices/", "/votes/", "/bindings/", "/risks/"])
def test_a_list_reads_on_a_phone_without_scrolling_sideways(visit: Visit, path: str) -> None:
    page = visit.sign_in(OFFICER).go(path)
    wider = page.evaluate(
        "[...document.querySelectorAll('.g-table-wrap:has(> .g-stack)')].map((at) => at.scrollWidth - at.clientWidth)"
    )
    if page.viewport_size == SIZES["phone"]:
        assert all(each <= 1 for each in wider), wider
    assert faults(page) == []
