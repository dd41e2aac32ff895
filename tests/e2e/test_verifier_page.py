"""The verifier's page in a real browser, opened from a file, without any network."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from gongdi.verifier.page import page_html
from tests.e2e.conftest import SIZES
from tests.verifier.make_vectors import FOLDER

pytestmark = pytest.mark.e2e


@pytest.fixture
def opened(tmp_path: Path, browser: Browser) -> Iterator[Page]:
    path = tmp_path / "verify.html"
    path.write_text(page_html(), encoding="utf-8")
    context = browser.new_context(viewport=SIZES["phone"], offline=True)  # type: ignore[arg-type]
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    page.goto(path.as_uri())
    yield page
    context.close()
    assert faults == []


def test_every_vector_gets_in_the_browser_the_findings_of_its_index(opened: Page) -> None:
    for entry in json.loads((FOLDER / "index.json").read_text(encoding="utf-8")):
        text = (FOLDER / entry["file"]).read_text(encoding="utf-8")
        given = {"key": entry["key"], "receipts": entry["receipts"]}
        found = opened.evaluate("([text, given]) => GongdiVerifier.verify(text, given)", [text, given])
        assert set(entry["names"]) <= {code for code, _ in found["faults"]}, entry["file"]
        assert bool(entry["names"]) == bool(found["faults"]), entry["file"]


def test_a_person_chooses_the_file_and_reads_the_verdict(opened: Page) -> None:
    opened.get_by_label("公开文件").set_input_files(FOLDER / "good.jsonl")
    opened.get_by_role("button", name="重算并核对").click()
    expect(opened.locator("#found")).to_contain_text("未发现问题")
    opened.get_by_label("公开文件").set_input_files(FOLDER / "altered.jsonl")
    opened.get_by_role("button", name="重算并核对").click()
    expect(opened.locator("#found")).to_contain_text("条目内容被改动")
    expect(opened.locator("#found")).to_contain_text("不能作准")


def test_no_fault_is_told_in_another_language(opened: Page) -> None:
    for name, words in (
        ("dropped", "张，少"),
        ("tail-cut-off", "截止这一条"),
        ("count-cut-off", "没有下文"),
        ("altered", "条"),
        ("swapped-threshold", "事项"),
    ):
        opened.get_by_label("公开文件").set_input_files(FOLDER / f"{name}.jsonl")
        opened.get_by_role("button", name="重算并核对").click()
        expect(opened.locator("#found ul")).to_contain_text(words)
        assert re.findall("[a-z]{2,}", opened.locator("#found ul").inner_text()) == []
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")
