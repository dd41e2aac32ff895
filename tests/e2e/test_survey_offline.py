"""The survey on a phone with bad reception: nothing typed is lost, everything arrives exactly once."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Browser, Page, Route, expect

from tests.e2e.checks import CLERK, faults, overflow
from tests.e2e.conftest import SIZES, Served, Visit, _free_port, _visit, _wait_for

pytestmark = pytest.mark.e2e
GONGDI = str(Path(sys.executable).with_name("gongdi"))
STATE = "#fill [data-state]"


def large_photo(width: int = 4000, height: int = 3000) -> bytes:
    """A photo of several MB with its time and place, lying on its side as phones write them."""
    noise = Image.frombytes("RGB", (width // 4, height // 4), os.urandom(width // 4 * (height // 4) * 3))
    image = noise.resize((width, height), Image.Resampling.NEAREST)
    tags = Image.Exif()
    tags[ExifTags.Base.Orientation] = 6
    tags.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:20 09:15:30"
    place = tags.get_ifd(ExifTags.IFD.GPSInfo)
    place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLongitudeRef] = "N", "E"
    place[ExifTags.GPS.GPSLatitude], place[ExifTags.GPS.GPSLongitude] = (29.0, 52.0, 55.2), (121.0, 33.0, 3.6)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80, exif=tags)
    return out.getvalue()


@dataclass
class Own:
    """A server of this module's own, that can be killed and started again over the same data."""

    folder: Path
    port: int
    served: Served
    process: subprocess.Popen[str]

    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith(("GONGDI_", "DJANGO_"))}
        return kept | {"GONGDI_DATA_DIR": str(self.folder), "PYTHONUNBUFFERED": "1"}

    def kill(self) -> None:
        """End the server at once, and the worker that it started in a session of its own."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text(encoding="ascii")
        for pid in (self.process.pid, *map(int, children.split())):
            os.kill(pid, signal.SIGKILL)
        self.process.wait()

    def start(self) -> None:
        self.process = subprocess.Popen(
            [GONGDI, "serve", "--port", str(self.port)], env=self.environment(), stdout=subprocess.DEVNULL, text=True,
            start_new_session=True,
        )  # fmt: skip
        _wait_for(self.served.address, self.process)

    def rows(self, question: str) -> list[tuple[object, ...]]:
        with sqlite3.connect(f"file:{self.folder}/gongdi.sqlite3?mode=ro", uri=True) as database:
            found = database.execute(question).fetchall()
        database.close()
        return found


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Own]:
    folder, port = tmp_path_factory.mktemp("survey"), _free_port()
    made = Own(folder, port, Served(f"http://127.0.0.1:{port}", {}), None)  # type: ignore[arg-type]
    done = subprocess.run([GONGDI, "demo"], env=made.environment(), capture_output=True, text=True, check=True)
    made.served.passwords.update(re.findall(r"登录名 (\S+)\t口令 (\S+)", done.stdout))
    made.start()
    yield made
    made.kill()


@pytest.fixture
def phone(browser: Browser, own: Own) -> Iterator[Visit]:
    context = browser.new_context(viewport=SIZES["phone"], locale="zh-CN", has_touch=True)
    yield _visit(context, own.served, {})
    context.close()


def open_form(phone: Visit) -> Page:
    """A form that has not been begun (these stand last), opened and kept on the phone."""
    page = phone.sign_in(CLERK).go("/survey/mine/")
    page.locator("a[data-keep]", has_text="填报").last.click()
    page.wait_for_selector("#fill[data-kept]")
    page.evaluate("navigator.serviceWorker.ready")
    page.reload()
    page.wait_for_selector("#fill[data-kept]")
    assert page.evaluate("navigator.serviceWorker.controller !== null")
    return page


def add_photo(page: Page, question: str, content: bytes) -> None:
    place = page.locator(f"[data-question='{question}']")
    if place.locator("details:not([open])").count():
        place.locator("summary").click()
    place.locator("input[type=file]").set_input_files(
        {"name": "IMG_0001.jpg", "mimeType": "image/jpeg", "buffer": content}
    )


def number(page: Page) -> int:
    found = re.search(r"/assignments/(\d+)/", page.url)
    assert found is not None
    return int(found[1])


def test_what_is_typed_without_reception_arrives_exactly_once(phone: Visit, own: Own) -> None:
    page = open_form(phone)
    assert faults(page) == []
    assert overflow(page) <= 0
    which = number(page)
    page.context.set_offline(True)
    page.locator("[data-question='item:parking']").get_by_text("缺失", exact=True).click()
    page.locator("[data-question='item:drainage']").get_by_text("老化", exact=True).click()
    page.locator("[name='item:drainage~quantity']").fill("320 米")
    add_photo(page, "item:drainage", large_photo())
    expect(page.locator(STATE)).to_contain_text("待上传 1 张照片")
    expect(page.locator(STATE)).to_contain_text("没有网络")
    page.reload()
    page.wait_for_selector("#fill[data-ready]")
    expect(page.locator("[name='item:drainage~quantity']")).to_have_value("320 米")
    expect(page.locator("[name='item:parking~value'][value=missing]")).to_be_checked()
    expect(page.locator("[data-question='item:drainage'] [data-waiting] img")).to_be_visible()
    page.get_by_role("button", name="提交填报").click()
    expect(page.locator(STATE)).to_contain_text("1 张照片、1 份填报")
    page.reload()
    page.wait_for_selector("#fill[data-ready]")
    page.context.set_offline(False)
    expect(page.locator(STATE)).to_have_text(re.compile(r"已全部送达 \d\d:\d\d"), timeout=30_000)
    assert own.rows(f"SELECT count(*) FROM survey_answerphoto WHERE assignment_id = {which}") == [(1,)]
    sent = own.rows(f"SELECT answers, final, channel FROM survey_submission WHERE assignment_id = {which}")
    assert len(sent) == 1
    assert json.loads(str(sent[0][0])) == {
        "item:parking": {"condition": "missing", "quantity": ""},
        "item:drainage": {"condition": "worn", "quantity": "320 米"},
    }  # fmt: skip
    assert sent[0][1:] == (1, "offline")
    kept = own.rows(
        "SELECT taken_at, longitude, latitude, width, height, device_digest, size FROM files_attachment"
        f" WHERE object_kind = 'survey.assignment' AND object_id = {which}"
    )
    taken, longitude, latitude, width, height, device, size = kept[0]
    assert str(taken).startswith("2026-11-20 01:15:30")
    assert (round(float(str(longitude)), 3), round(float(str(latitude)), 3)) == (121.551, 29.882)
    assert (width, height) == (1500, 2000)
    assert len(str(device)) == 64
    assert int(str(size)) < len(large_photo()) // 2
    page.reload()
    page.wait_for_selector("#fill[data-ready]")
    expect(page.locator("[data-question='item:drainage'] [data-photos] img")).to_have_count(1)
    expect(page.locator("[data-waiting]")).to_have_count(0)
    expect(page.locator("[name='item:drainage~quantity']")).to_have_value("320 米")


def test_a_photo_whose_confirmation_was_lost_is_sent_again_and_kept_once(phone: Visit, own: Own) -> None:
    page = open_form(phone)
    which, tries = number(page), []

    def lose_the_answer(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            assert route.fetch().status == 200
            own.kill()
            route.abort("connectionreset")
        else:
            route.continue_()

    page.context.route("**/photos/send/", lose_the_answer)
    add_photo(page, "item:parking", large_photo(800, 600))
    expect(page.locator(STATE)).to_contain_text("待上传 1 张照片")
    while own.process.returncode is None:
        page.wait_for_timeout(50)
    own.start()
    expect(page.locator(STATE)).to_have_text(re.compile(r"已全部送达 \d\d:\d\d"), timeout=60_000)
    assert len(tries) == 2
    assert own.rows(f"SELECT count(*) FROM survey_answerphoto WHERE assignment_id = {which}") == [(1,)]
    assert own.rows(
        "SELECT count(*) FROM files_attachment"
        f" WHERE object_kind = 'survey.assignment' AND object_id = {which}"
    ) == [(1,)]  # fmt: skip


def test_an_answer_that_cannot_be_used_is_told_at_its_question_and_stays(phone: Visit, own: Own) -> None:
    page = open_form(phone)
    page.locator("[name='fact:completed_year~value']").fill("二零零零")
    page.get_by_role("button", name="提交填报").click()
    expect(page.locator("[data-question='fact:completed_year'] [data-fault]")).to_contain_text("年份")
    expect(page.locator("[name='fact:completed_year~value']")).to_have_value("二零零零")
    page.locator("[name='fact:completed_year~value']").fill("1994")
    page.get_by_role("button", name="提交填报").click()
    expect(page.locator(STATE)).to_have_text(re.compile(r"已全部送达 \d\d:\d\d"))


def test_a_choice_is_taken_back_and_what_is_no_photo_is_told_at_once(phone: Visit) -> None:
    page = open_form(phone)
    page.context.set_offline(True)
    place = page.locator("[data-question='item:parking']")
    chosen = place.locator("input[type=radio]:checked")
    if chosen.count():
        place.get_by_role("button", name="取消选择").click()
    place.get_by_text("缺失", exact=True).click()
    expect(chosen).to_have_count(1)
    place.get_by_role("button", name="取消选择").click()
    expect(chosen).to_have_count(0)
    expect(place.get_by_role("button", name="取消选择")).to_be_hidden()
    expect(page.locator(STATE)).to_contain_text("已保存在本机")
    page.reload()
    page.wait_for_selector("#fill[data-ready]")
    expect(page.locator("[data-question='item:parking'] input[type=radio]:checked")).to_have_count(0)
    add_photo(page, "item:parking", b"<script>")
    expect(page.locator("[data-question='item:parking'] [data-fault]")).to_contain_text("不是照片")
    expect(page.locator("[data-waiting]")).to_have_count(0)
    page.context.set_offline(False)


def test_another_page_opened_without_reception_leads_to_the_kept_forms(phone: Visit) -> None:
    page = open_form(phone)
    page.goto(f"{page.url.split('/survey/')[0]}/")
    expect(page.get_by_role("heading", name="待办", exact=True)).to_be_visible()
    page.context.set_offline(True)
    page.goto(f"{page.url.split('/survey/')[0].rstrip('/')}/chart/")
    expect(page.get_by_role("heading", name="没有网络")).to_be_visible()
    page.get_by_role("link", name="打开“我的填报”").click()
    expect(page.get_by_role("heading", name="我的填报")).to_be_visible()
    page.context.set_offline(False)
    page.goto(f"{page.url.split('/survey/')[0]}/chart/")
    expect(page.get_by_role("heading", name="挂图作战")).to_be_visible()


def test_the_form_is_a_plain_one_without_scripts(browser: Browser, own: Own) -> None:
    context = browser.new_context(viewport=SIZES["phone"], locale="zh-CN", java_script_enabled=False)
    try:
        visit = _visit(context, own.served, {})
        page = visit.sign_in(CLERK).go("/survey/mine/")
        page.locator("a[data-keep]", has_text="填报").first.click()
        page.locator("[data-question='item:drainage']").get_by_text("损坏", exact=True).click()
        page.get_by_role("button", name="保存").click()
        expect(page.get_by_role("status").first).to_contain_text("已保存")
        expect(page.locator("[name='item:drainage~value'][value=broken]")).to_be_checked()
    finally:
        context.close()


def test_signing_out_takes_the_kept_pages_off_the_phone(phone: Visit, own: Own) -> None:
    page = open_form(phone)
    assert page.evaluate("caches.has('gongdi-survey-1')")
    page.locator("form[data-sign-out] button").first.click(force=True)
    page.wait_for_url("**/sign-in/**")
    assert page.evaluate("caches.keys()") == []
