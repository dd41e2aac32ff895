"""Addresses found by their first part (按首段查网址): of an app's many patterns only those are tried that can fit.

Django tries every pattern of every app in turn, several hundred regular expressions for a page. Which pattern answers
is decided by Django as before; here those are left out whose first part is another one than asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.exceptions import Resolver404
from django.urls.resolvers import ResolverMatch, RoutePattern


class ByFirstPart(URLResolver):
    """Addresses below a common beginning, those of each first part with a resolver of their own."""

    def resolve(self, path: str) -> ResolverMatch:
        """The view that answers at an address below this one.

        Raises:
            Resolver404: none does.
        """
        found = self._by_part.get(str(path).partition("/")[0], self._others)
        if found is None:
            raise Resolver404({"tried": [], "path": path})
        try:
            match = found.resolve(path)
        except Resolver404:
            # What was tried is told by pages for developers alone, and gathering it takes longer than trying it.
            raise Resolver404({"tried": [], "path": path}) from None
        match.tried = []
        return match

    @cached_property
    def parts(self) -> set[str] | None:
        """The first parts of all of them; None where some may begin with anything."""
        return _union(_first_parts(each) for each in self.url_patterns)

    @cached_property
    def _by_part(self) -> dict[str, URLResolver]:
        named = [(each, _first_parts(each)) for each in self.url_patterns]
        every: set[str] = set().union(*(parts for _, parts in named if parts is not None))
        return {part: self._of([each for each, parts in named if parts is None or part in parts]) for part in every}

    @cached_property
    def _others(self) -> URLResolver | None:
        open_ones = [each for each in self.url_patterns if _first_parts(each) is None]
        return self._of(open_ones) if open_ones else None

    def _of(self, patterns: list[Any]) -> URLResolver:
        return URLResolver(self.pattern, patterns, self.default_kwargs, self.app_name, self.namespace)


def _union(several: Iterable[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for parts in several:
        if parts is None:
            return None
        found |= parts
    return found


def _first_parts(pattern: URLPattern | URLResolver) -> set[str] | None:
    """With what an address must begin, up to its first slash, for a pattern to fit; None when that is not fixed."""
    route = pattern.pattern
    if not isinstance(route, RoutePattern):
        return None
    if isinstance(pattern, ByFirstPart) and not str(route):
        return pattern.parts
    part, slash, _ = str(route).partition("/")
    whole = slash or isinstance(pattern, URLPattern)
    return {part} if whole and "<" not in part else None


def addresses_of(apps: Iterable[str]) -> ByFirstPart:
    """The addresses of some apps (their modules `urls`), at the root."""
    told = (include(f"{app}.urls") for app in apps)
    return _at_root([_at_root(patterns, app_name, namespace) for patterns, app_name, namespace in told])


def _at_root(patterns: Any, app_name: str | None = None, namespace: str | None = None) -> ByFirstPart:
    return ByFirstPart(RoutePattern("", is_endpoint=False), patterns, None, app_name, namespace)
