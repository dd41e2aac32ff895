"""Addresses found by their first part lead where Django's own search of all patterns leads."""

from typing import Any

import pytest
from django.conf import settings
from django.urls import Resolver404, URLResolver, get_resolver, include, path
from django.urls.resolvers import RegexPattern, RoutePattern
from hypothesis import given
from hypothesis import strategies as st

from gongdi.web import faults
from gongdi.web.addresses import ByFirstPart, addresses_of

PLAIN = URLResolver(
    RegexPattern(r"^/"), [path("", include(f"gongdi.apps.{name}.urls")) for name in settings.HOUSE_APPS]
)


def found(resolver: URLResolver, at: str) -> Any:
    """Where an address leads; None when nowhere."""
    try:
        match = resolver.resolve(at)
    except Resolver404:
        return None
    return match.func, match.args, match.kwargs, match.view_name, match.route


def routes(patterns: list[Any], before: str = "") -> list[str]:
    """Every address of some patterns, as it is written."""
    return [route for each in patterns for route in (
        routes(each.url_patterns, before + str(each.pattern)) if isinstance(each, URLResolver)
        else [before + str(each.pattern)]
    )]  # fmt: skip


ROUTES = routes(PLAIN.url_patterns)
WORDS = sorted(
    {part for route in ROUTES for part in route.split("/") if "<" not in part} | {"7", "abc", "北", "..", "my "}
)


def filled(route: str) -> str:
    """A route with a number or a word where something goes."""
    parts = [("7" if "int:" in part else "20" + part) if "<" in part else part for part in route.split("/")]
    return "/" + "/".join(part.replace("<", "").replace(">", "") for part in parts)


def test_every_address_leads_where_it_led() -> None:
    for route in ROUTES:
        at = filled(route)
        for asked in (at, at.rstrip("/"), at + "more/"):
            assert found(get_resolver(), asked) == found(PLAIN, asked), asked
    assert sum(found(PLAIN, filled(route)) is not None for route in ROUTES) > 0.9 * len(ROUTES)


@given(st.lists(st.sampled_from(WORDS), max_size=5), st.booleans())
def test_any_address_leads_where_it_led(parts: list[str], slash: bool) -> None:
    at = "/" + "/".join(parts) + ("/" if slash else "")
    if at not in ("/health/", "/writing/"):
        assert found(get_resolver(), at) == found(PLAIN, at)


def test_no_pattern_of_the_house_may_begin_with_anything() -> None:
    assert addresses_of(f"gongdi.apps.{name}" for name in settings.HOUSE_APPS).parts


@pytest.mark.parametrize("at", ["a/", "a", "a/b/", "7/", "7/c/", "x/y/", "", "zz"])
def test_patterns_that_begin_with_anything_keep_their_place(at: str) -> None:
    view = faults.see_health
    inner = [path("b/", view, name="inner"), path("<str:rest>/", view, name="rest")]
    patterns: list[Any] = [
        path("a/", view, name="a"), path("<int:n>/", view, name="number"), path("a/", include(inner)),
        path("x", include(inner)), path("<str:any>/c/", view, name="any"), path("", view, name="home"),
    ]  # fmt: skip
    own = ByFirstPart(RoutePattern("", is_endpoint=False), patterns)
    assert found(own, at) == found(URLResolver(RoutePattern("", is_endpoint=False), patterns), at)
