"""Letting go of a response that nobody reads to its end."""

from __future__ import annotations

from django.http import HttpResponseBase


def let_go(response: HttpResponseBase) -> None:
    """Close the file behind a response. Its own close() would also end the request and, with it, the test's connection
    to the database.
    """
    for close in response._resource_closers:  # type: ignore[attr-defined]
        close()
