"""A served demo of its own, in a folder of its own, and a real browser before it."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
SIZES = {"desk": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}


@dataclass
class Served:
    """Where the demo answers, and the passwords that it printed."""

    address: str
    passwords: dict[str, str]


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _wait_for(address: str, server: subprocess.Popen[str]) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"{address}/health/", timeout=2).close()
            return
        except OSError:
            assert server.poll() is None, "the server ended"
            time.sleep(0.1)
    raise AssertionError("the server does not answer")


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    port = _free_port()
    command = [str(Path(sys.executable).with_name("gongdi")), "demo", "--serve", "--port", str(port)]
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith(("GONGDI_", "DJANGO_"))}
    surroundings |= {"GONGDI_DATA_DIR": str(tmp_path_factory.mktemp("demo")), "PYTHONUNBUFFERED": "1"}
    server = subprocess.Popen(
        command, env=surroundings, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert server.stdout is not None
    try:
        passwords: dict[str, str] = {}
        for line in server.stdout:
            found = re.search(r"登录名 (\S+)\t口令 (\S+)", line)
            if found:
                passwords[found[1]] = found[2]
            if "网站地址" in line:
                break
        address = f"http://127.0.0.1:{port}"
        _wait_for(address, server)
        yield Served(address, passwords)
    finally:
        server.terminate()
        try:
            server.wait(10)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        server.stdout.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@dataclass
class Visit:
    """A page of a signed-in person, with every address it asked for and every complaint of the browser."""

    page: Page
    served: Served
    asked: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    sessions: dict[str, Any] = field(default_factory=dict)

    def go(self, path: str) -> Page:
        """Open a page of the demo."""
        self.page.goto(self.served.address + path)
        return self.page

    def sign_in(self, username: str) -> Visit:
        """Sign in by the form, or with the session of an earlier sign-in."""
        if username in self.sessions:
            self.page.context.add_cookies(self.sessions[username])
            return self
        self.go("/sign-in/")
        self.page.get_by_label("登录名").fill(username)
        self.page.get_by_label("口令").fill(self.served.passwords[username])
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_selector("h1:has-text('待办'), h1:has-text('第二要素')")
        if self.page.url.endswith("/account/second-factor/"):
            self._enrol()
        cookies = self.page.context.cookies()
        self.sessions[username] = [each for each in cookies if each["name"] == "gongdi_session"]  # type: ignore[misc]
        return self

    def _enrol(self) -> None:
        """Enrol an authenticator app, as the posts of administrators ask at the first sign-in."""
        from gongdi.apps.accounts.second_factor import code_at

        self.go("/account/second-factor/app/")
        secret = self.page.locator("code").inner_text().replace(" ", "")
        self.page.get_by_label("动态口令", exact=True).fill(code_at(secret, datetime.now(UTC)))
        self.page.get_by_role("button", name="绑定").click()
        self.page.wait_for_selector("h1:has-text('恢复码')")

    def check_clean(self) -> None:
        """Nothing was asked of anyone but the server, and the browser had nothing to complain about."""
        assert [each for each in self.asked if not each.startswith((self.served.address, "data:"))] == []
        assert self.complaints == []


@pytest.fixture(scope="session")
def sessions() -> dict[str, Any]:
    """The session cookies of those who signed in, so that each signs in by the form once."""
    return {}


def _visit(context: BrowserContext, served: Served, sessions: dict[str, Any]) -> Visit:
    visit = Visit(context.new_page(), served, sessions=sessions)
    visit.page.on("request", lambda request: visit.asked.append(request.url))
    visit.page.on("pageerror", lambda error: visit.complaints.append(str(error)))
    visit.page.on(
        "console", lambda told: visit.complaints.append(told.text) if told.type in ("error", "warning") else None
    )
    return visit


@pytest.fixture(params=SIZES)
def visit(
    request: pytest.FixtureRequest, browser: Browser, served: Served, sessions: dict[str, Any]
) -> Iterator[Visit]:
    context = browser.new_context(viewport=SIZES[request.param], locale="zh-CN")
    yield _visit(context, served, sessions)
    context.close()


@pytest.fixture
def plain_visit(browser: Browser, served: Served) -> Iterator[Visit]:
    """A browser that runs no scripts."""
    context = browser.new_context(viewport=SIZES["desk"], locale="zh-CN", java_script_enabled=False)
    yield _visit(context, served, {})
    context.close()
