"""One page for every small form: it asks, does, says so and goes on; a refusal is told above the form."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongdi.apps.places.services import RefusedError


@dataclass(frozen=True, slots=True)
class Page:
    """What a form's page is called, what its button says, where it belongs and what is said when it is done."""

    title: str
    button: str
    back: str
    back_word: str
    done: str
    note: str = ""


def asked(request: HttpRequest, form: forms.Form, page: Page, do: Callable[[], Any], to: str = "") -> HttpResponse:
    """Answer a form's page: GET shows it, POST does it and goes to `to` (the page it belongs to by default)."""
    if form.is_valid():
        try:
            do()
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, page.done)
            return redirect(to or page.back)
    context = {"form": form, "page": page}
    return render(request, "organisations/form.html", context, status=422 if form.errors else 200)
