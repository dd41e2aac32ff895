"""What every page must pass in the browser."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
OFFICER, CLERK, AUDITOR = "shenzhiyuan", "guminghe", "jiangzhao"
ADMINISTRATOR, SECURITY, UTILITY = "heshouyi", "songanlan", "shuichangliu"


@cache
def _axe() -> str:
    return AXE.read_text(encoding="utf-8")


def faults(page: Page) -> list[str]:
    """The serious and critical faults that axe finds; the colours, the same at any size, are measured at the desk."""
    page.evaluate(_axe())
    wide = (page.viewport_size or {"width": 0})["width"] > 1000
    rules = {} if wide else {"color-contrast": {"enabled": False}}
    found = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], rules})", rules)
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the window."""
    width: int = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return width
