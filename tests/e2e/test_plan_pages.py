"""The planning pages in a real browser: money in, a plan out, looked at both ways, exported."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, expect

from tests.e2e.checks import OFFICER, faults, overflow
from tests.e2e.conftest import Visit

pytestmark = pytest.mark.e2e
BUDGET = "/plans/places/330205/budget/"
HEAD = "名称,可用类别,适用区县,可结转,2028年（万元）,2029年（万元）\n"


def table(rows: str) -> FilePayload:
    return {"name": "资金表.csv", "mimeType": "text/csv", "buffer": (HEAD + rows).encode()}


def test_a_faulty_budget_is_refused_cell_by_cell_and_a_good_one_leads_to_a_plan(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go(BUDGET)
    page.get_by_label("名称").fill("测试资金")
    page.get_by_label("资金表").set_input_files(table("市级资金,基础类,全部,是,很多,100\n"))
    page.get_by_role("button", name="上传").click()
    expect(page.locator(".g-note-bad")).to_contain_text("E2")
    expect(page.locator(".g-note-bad")).to_contain_text("很多")
    assert faults(page) == []
    assert overflow(page) <= 0
    page.get_by_label("名称").fill("测试资金")
    page.get_by_label("资金表").set_input_files(table("市级资金,基础类;完善类;提升类,全部,是,3000,2000\n"))
    page.get_by_role("button", name="上传").click()
    expect(page.locator("h1")).to_contain_text("编制计划")
    page.get_by_label("计划名称").fill("试编计划")
    page.get_by_role("button", name="编制并保存").click()
    expect(page.locator("h1")).to_contain_text("试编计划", timeout=30_000)
    expect(page.get_by_role("status")).to_contain_text("已编制")
    assert [each for each in visit.complaints if "422" not in each] == []


def test_the_plan_shows_both_ways_and_the_flow_of_money(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/plans/1/")
    expect(page.locator("[data-sankey] svg path").first).to_be_attached()
    assert page.locator("[data-sankey] svg path").count() > 10
    expect(page.locator("[data-sankey] svg text", has_text="基础类").first).to_be_visible()
    page.get_by_role("link", name="测算（待定的暂按可列入）").click()
    expect(page.locator(".g-note-warn").first).to_contain_text("只供比较")
    visit.check_clean()


def test_a_changed_weight_shows_who_moves(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/plans/1/scores/")
    page.get_by_label("评分项").select_option(index=0)
    page.get_by_label("改为").fill("40")
    page.get_by_role("button", name="重新排序").click()
    expect(page.locator("section.g-card")).to_contain_text("改为 40")
    expect(page.locator("section.g-card")).to_contain_text("名次变动")
    assert faults(page) == []
    assert overflow(page) <= 0
    visit.check_clean()


def test_the_export_is_a_workbook(visit: Visit, tmp_path: Path) -> None:
    page = visit.sign_in(OFFICER).go("/plans/1/")
    with page.expect_download() as found:
        page.get_by_role("link", name="导出工作簿").click()
    path = tmp_path / "plan.xlsx"
    found.value.save_as(path)
    assert "xl/workbook.xml" in zipfile.ZipFile(path).namelist()


def test_the_plan_prints_on_wide_sheets_with_its_drawing_inside(visit: Visit) -> None:
    page = visit.sign_in(OFFICER).go("/plans/1/")
    expect(page.locator("[data-sankey] svg[viewBox]")).to_be_attached()
    page.set_viewport_size({"width": 1030, "height": 700})
    page.emulate_media(media="print")
    drawing, card = page.locator("[data-sankey] svg").bounding_box(), page.locator("#flow").bounding_box()
    assert drawing is not None
    assert card is not None
    assert drawing["height"] > 100
    assert drawing["x"] + drawing["width"] <= 1030
    pdf = page.pdf(prefer_css_page_size=True)
    assert b"/MediaBox [0 0 841" in pdf
