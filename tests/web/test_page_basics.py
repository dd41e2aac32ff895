"""What every page holds to: its language, one heading, labelled fields, few queries, no foreign address."""

import re
from collections import Counter
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gongdi.apps.places.services import NewCompound, add_compounds
from tests.support.addresses import ADDRESSES, ROLES, Address
from tests.support.world import NOW, World, fact

MOST_QUERIES = 30
"""What design asks of a page."""
PAGES = [
    each
    for each in ADDRESSES
    if each.method == "get" and not each.file and any(each.expected(role) == (200,) for role in ROLES)
]


class Reader(HTMLParser):
    """Collects what the checks below look at."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: Counter[str] = Counter()
        self.ids: list[str] = []
        self.labels: set[str] = set()
        self.fields: list[dict[str, str]] = []
        self.lang = ""
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.depth = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags[tag] += 1
        self.handlers += [name for name in found if name.startswith("on")]
        if "id" in found:
            self.ids.append(found["id"])
        if tag == "html":
            self.lang = found.get("lang", "")
        if tag == "label":
            self.labels.add(found.get("for", ""))
            self.depth += 1
        if tag in ("input", "select", "textarea") and found.get("type") != "hidden":
            self.fields.append({**found, "inside": str(self.depth)})
        self.addresses += [found[name] for name in ("src", "href", "action") if name in found]

    def handle_endtag(self, tag: str) -> None:
        if tag == "label":
            self.depth -= 1


def first_reader(address: Address) -> str:
    return next(role for role in (*ROLES[1:], "anonymous") if address.expected(role) == (200,))


@pytest.mark.parametrize("address", PAGES, ids=lambda each: each.name)
def test_a_page_is_whole_and_needs_few_queries_however_many_compounds_there_are(
    address: Address, world: World, signed_in: Callable[[str], Client]
) -> None:
    county, street = world.divisions["330205"], world.divisions["330205004"]
    facts = (fact("compound_kind", "compound"), fact("completed_year", 1990))
    news = [NewCompound(f"第{n}小区", county, street, None, {"households": n}, facts) for n in range(120)]
    add_compounds(compounds=news, by=None, now=NOW, why="测试")
    client = signed_in(first_reader(address))
    arguments = address.arguments(world)
    with CaptureQueriesContext(connection) as found:
        page = client.get(reverse(address.name, args=arguments))
    assert page.status_code == 200
    assert len(found) <= MOST_QUERIES, "\n".join(each["sql"][:230] for each in found)
    check_whole(page.content.decode())


def check_whole(text: str) -> None:
    reader = Reader()
    reader.feed(text)
    assert reader.lang == "zh-Hans"
    assert (reader.tags["h1"], reader.tags["main"], reader.tags["title"]) == (1, 1, 1)
    assert [name for name, count in Counter(reader.ids).items() if count > 1] == []
    for each in reader.fields:
        assert each["inside"] != "0" or each.get("aria-label") or each.get("id") in reader.labels, each
    assert [each for each in reader.addresses if re.match(r"(https?:)?//", each)] == []
    assert reader.handlers == []
    assert "None" not in re.sub(r"<[^>]*>", "", text)
    assert "！" not in text
    assert "---------" not in text


def test_every_response_keeps_the_browser_to_the_server(world: World, signed_in: Callable[[str], Client]) -> None:
    first, second = (signed_in("district_officer").get("/pool/map/") for _ in range(2))
    policy = first.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert re.search(r"script-src 'self' 'nonce-[\w-]{20,}';", policy)
    assert policy != second.headers["Content-Security-Policy"]
    assert "http" not in policy
    assert first.headers["X-Frame-Options"] == "DENY"
    assert first.headers["X-Content-Type-Options"] == "nosniff"
    assert first.headers["Cache-Control"] == "private, no-store"


def test_pages_of_faults_speak_to_the_reader(world: World, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("street_clerk")
    assert "没有找到" in client.get("/compounds/999999/").content.decode()
    assert "不能办理" in client.get("/audit/").content.decode()
    strict = Client(enforce_csrf_checks=True)
    assert "页面已过期" in strict.post("/sign-in/", {}).content.decode()


@pytest.mark.parametrize("name", ["tabler.css", "htmx.js", "leaflet.js", "leaflet.css", "echarts.js", "tabler.js"])
def test_the_pages_get_their_packages_from_the_server_itself(name: str) -> None:
    answer = Client().get(f"/static/vendor/{name}")
    assert answer.status_code == 200
    assert len(answer.getvalue()) > 10_000


@pytest.mark.parametrize("name", ["package.json", "htmx.org/package.json", "../package.json", "leaflet-src.js"])
def test_nothing_else_of_the_packages_is_served(name: str) -> None:
    assert Client().get(f"/static/vendor/{name}").status_code in (302, 404)


def test_views_never_reach_into_the_tables() -> None:
    apps = Path(settings.ROOT) / "src" / "gongdi" / "apps"
    views = [*apps.glob("*/views.py"), *apps.glob("*/views/*.py")]
    assert len(views) > 5
    assert [str(path) for path in views if ".objects" in path.read_text(encoding="utf-8")] == []


def test_the_clock_has_one_door() -> None:
    source = Path(settings.ROOT) / "src" / "gongdi"
    asks = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|localdate\(|time\.time\(")
    found = [
        path
        for part in ("apps", "web")
        for path in (source / part).rglob("*.py")
        if asks.search(path.read_text("utf-8"))
    ]
    assert [path.name for path in found] == ["clock.py"]
