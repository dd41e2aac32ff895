"""What a page reads once it reads anew on the next page, and wherever something is written."""

from __future__ import annotations

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from gongdi.web.once import ReadOnce, once


def handled(method: str) -> list[int]:
    """How often a value was read, call by call, in two requests of a method."""
    reads: list[int] = []

    def answer(request: HttpRequest) -> HttpResponse:
        for _ in range(3):
            once("key", lambda: reads.append(len(reads)))
        return HttpResponse()

    handler = ReadOnce(answer)
    for _ in range(2):
        handler(RequestFactory().generic(method, "/"))
    return reads


def test_a_page_that_is_read_asks_once_each_time() -> None:
    assert len(handled("GET")) == 2


def test_a_request_that_writes_asks_every_time() -> None:
    assert len(handled("POST")) == 6


def test_nothing_is_kept_outside_a_request_or_after_one_that_failed() -> None:
    def fails(request: HttpRequest) -> HttpResponse:
        once("key", lambda: 1)
        raise RuntimeError

    with pytest.raises(RuntimeError):
        ReadOnce(fails)(RequestFactory().get("/"))
    assert once("key", lambda: 2) == 2
