"""Addresses found by their first part (按首段查网址): of an app's many patterns only those are tried that can fit.

Django tries every pattern of every app in turn, several hundred regular expressions for a page. Which pattern answers
is decided by Django as before; here those are left out whose first part is another one than asked for.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.exceptions import Resolver404
from django.urls.resolvers import ResolverMatch, RoutePattern


class ByFirstPart(URLResolver):
    """The addresses of an app, each first part with a resolver of its own."""

    def resolve(self, path: str) -> ResolverMatch:
        """The view that answers at an address below this one.

        Raises:
            Resolver404: none does.
        """
        found = self._by_part.get(str(path).partition("/")[0], self._others)
        if found is None:
            raise Resolver404({"tried": [], "path": path})
        return found.resolve(path)

    @cached_property
    def _by_part(self) -> dict[str, URLResolver]:
        parts = {_first_part(each) for each in self.url_patterns} - {None}
        return {part: self._of([each for each in self.url_patterns if _first_part(each) in (part, None)])
                for part in parts if part is not None}  # fmt: skip

    @cached_property
    def _others(self) -> URLResolver | None:
        open_ones = [each for each in self.url_patterns if _first_part(each) is None]
        return self._of(open_ones) if open_ones else None

    def _of(self, patterns: list[Any]) -> URLResolver:
        return URLResolver(self.pattern, patterns, self.default_kwargs, self.app_name, self.namespace)


def _first_part(pattern: URLPattern | URLResolver) -> str | None:
    """What an address must begin with, up to its first slash, for a pattern to fit; None when that is not fixed."""
    route = pattern.pattern
    if not isinstance(route, RoutePattern):
        return None
    part, slash, _ = str(route).partition("/")
    whole = slash or isinstance(pattern, URLPattern)
    return part if whole and "<" not in part else None


def addresses_of(app: str) -> ByFirstPart:
    """The addresses of an app (its module `urls`), at the root."""
    patterns, app_name, namespace = include(f"{app}.urls")
    return ByFirstPart(RoutePattern("", is_endpoint=False), patterns, None, app_name, namespace)
