"""Static files are served under names that carry their hash, and kept by the browser until they change."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client, override_settings

from gongdi.web.hashed_files import hashed_name


@pytest.fixture
def fresh_names() -> Iterator[None]:
    hashed_name.cache_clear()
    yield
    hashed_name.cache_clear()


def test_every_file_that_a_page_loads_has_a_hashed_name_and_is_kept_for_good(
    signed_in: Callable[[str], Client],
) -> None:
    client = signed_in("district_officer")
    page = client.get("/pool/map/").content.decode()
    asked = re.findall(r'(?:src|href)="(/static/[^"]+)"', page)
    assert len(asked) > 6
    for address in asked:
        assert re.search(r"\.[0-9a-f]{12}\.(js|css|svg)$", address), address
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.getvalue()


def test_the_plain_name_answers_for_a_short_time_only() -> None:
    answer = Client().get("/static/gongdi/gongdi.css")
    assert answer.headers["Cache-Control"] == "max-age=600, public"
    assert answer.getvalue()


def test_a_changed_file_gets_another_name(tmp_path: Path, fresh_names: None) -> None:
    finder = "django.contrib.staticfiles.finders.FileSystemFinder"
    with override_settings(STATICFILES_FINDERS=[finder], STATICFILES_DIRS=[tmp_path]):
        finders.get_finder.cache_clear()
        (tmp_path / "a.js").write_text("1", encoding="utf-8")
        first = hashed_name("a.js")
        hashed_name.cache_clear()
        (tmp_path / "a.js").write_text("2", encoding="utf-8")
        assert re.fullmatch(r"a\.[0-9a-f]{12}\.js", first)
        assert hashed_name("a.js") != first
    finders.get_finder.cache_clear()


def test_a_file_that_is_not_there_keeps_its_name() -> None:
    assert hashed_name("gongdi/none.js") == "gongdi/none.js"
