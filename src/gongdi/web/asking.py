"""One way for every small form and button: it asks, does, says so and goes on; a refusal stands above the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongdi.web.refusing import RefusedError


@dataclass(frozen=True, slots=True)
class Page:
    """What a form's page is called, what its button says, where it belongs and what is said when it is done.

    With `done` empty nothing is said: the next page shows by itself what came of it.
    """

    title: str
    button: str
    back: str
    back_word: str
    done: str
    note: str = ""
    refused_at: str | None = None


def asked(
    request: HttpRequest, form: forms.Form, page: Page, do: Callable[[], Any], *,
    to: Callable[[Any], str] | None = None, template: str = "web/asking.html", more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Answer a form's page: GET shows it, POST does it and goes back, or where `to` leads from what was made.

    A refusal stands above the form, or at the field that the page names; nothing that was typed is lost.
    """
    if form.is_valid():
        try:
            made = do()
        except RefusedError as refused:
            form.add_error(page.refused_at, str(refused))
        else:
            if page.done:
                messages.success(request, page.done)
            return redirect(to(made) if to is not None else page.back)
    return render(request, template, {"form": form, "page": page, **(more or {})}, status=422 if form.errors else 200)


def confirmed(
    request: HttpRequest, page: Page, points: Sequence[str], do: Callable[[], Any], *, hindrances: Sequence[str] = (),
    trail: Sequence[tuple[str, str]] = (), ways: Sequence[tuple[str, str]] = (),
) -> HttpResponse:  # fmt: skip
    """Ask before a step that cannot be taken back: `points` say what is fixed by it, `hindrances` why it cannot be yet.

    The page works without JavaScript. `trail` are words and addresses of the pages above the one it goes back to,
    `ways` those of the pages on which a hindrance is removed.
    """
    form = forms.Form(request.POST if request.method == "POST" else None)
    more = {"points": points, "hindrances": hindrances, "trail": trail, "ways": ways}
    return asked(request, form, page, do, template="web/confirming.html", more=more)


def pressed(request: HttpRequest, do: Callable[[], Any], done: str, to: str) -> HttpResponse:
    """Answer a button: do it, say so or why not, and go to a page."""
    try:
        do()
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
    return redirect(to)
