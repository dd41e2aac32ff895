"""Traditional characters by choice: shown everywhere, sent back nowhere."""

from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from gongdi.apps.places.models import CompoundFact
from gongdi.web.writing import COOKIE, convert_page
from tests.support.world import World


@pytest.fixture
def reader(signed_in: Callable[[str], Client]) -> Client:
    client = signed_in("district_officer")
    client.post("/writing/", {"writing": "hant", "next": "/"})
    return client


def test_the_choice_is_kept_and_can_be_taken_back(signed_in: Callable[[str], Client]) -> None:
    client = signed_in("district_officer")
    assert "项目库" in client.get("/").content.decode()
    answer = client.post("/writing/", {"writing": "hant", "next": "/pool/register/?q=%E6%A2%85"})
    assert answer.headers["Location"] == "/pool/register/?q=%E6%A2%85"
    assert answer.cookies[COOKIE]["httponly"]
    page = client.get("/").content.decode()
    assert "項目庫" in page
    assert '<html lang="zh-Hant">' in page
    client.post("/writing/", {"writing": "hans", "next": "/"})
    assert "项目库" in client.get("/").content.decode()


def test_the_sign_in_page_offers_the_choice_too() -> None:
    client = Client()
    client.post("/writing/", {"writing": "hant", "next": "/sign-in/"})
    assert "登錄" in client.get("/sign-in/").content.decode()


@pytest.mark.parametrize(
    "back", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "zzz", "./x", ""]
)
def test_the_way_back_never_leaves_the_site(back: str) -> None:
    assert Client().post("/writing/", {"writing": "hant", "next": back}).headers["Location"] == "/"


def test_an_unknown_writing_changes_nothing() -> None:
    client = Client()
    client.post("/writing/", {"writing": "runes", "next": "/sign-in/"})
    assert COOKIE not in client.cookies
    client.cookies[COOKIE] = "runes"
    assert "登录" in client.get("/sign-in/").content.decode()


def test_what_is_typed_is_kept_as_typed_and_comes_back_as_typed(reader: Client, world: World) -> None:
    address = f"/compounds/{world.compounds['梅堰新村'].pk}/facts/completed_year/record/"
    given_ = {
        "value": "九六",
        "source": "竣工备案表",
        "sureness": "verified",
        "note": "街道核实后台",
        "recorded_on": "2026-01-01",
    }
    page = reader.post(address, given_).content.decode()
    assert 'value="竣工备案表"' in page
    assert "街道核实后台</textarea>" in page
    assert reader.post(address, {**given_, "value": "1996"}).status_code == 302
    kept = CompoundFact.objects.get(name="completed_year")
    assert (kept.source, kept.note) == ("竣工备案表", "街道核实后台")


def test_only_what_is_shown_is_converted() -> None:
    page = (
        '<a href="/简体/" title="发现">发现</a><input value="简体" placeholder="简体"><textarea>简体</textarea>'
        '<option value="简">简体</option><option>简体</option><code>简体</code><script>let s = "简体"</script>'
        '<script id="d" type="application/json">{"name": "\\u7b80\\u4f53", "n": 1}</script><!-- 简体 -->'
    )
    assert convert_page(page, "s2t") == (
        '<a href="/简体/" title="發現">發現</a><input value="简体" placeholder="簡體"><textarea>简体</textarea>'
        '<option value="简">簡體</option><option>简体</option><code>简体</code><script>let s = "简体"</script>'
        '<script id="d" type="application/json">{"name": "\\u7c21\\u9ad4", "n": 1}</script><!-- 简体 -->'
    )


@given(st.text(alphabet=st.characters(codec="ascii"), max_size=200))
def test_what_holds_no_chinese_stays_as_it_is(text: str) -> None:
    assert convert_page(text, "s2t") == text


def test_files_are_left_alone(reader: Client) -> None:
    answer = reader.get("/pool/register/export/")
    assert answer.headers["Content-Type"].startswith("application/")
