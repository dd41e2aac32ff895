"""One page for every small form, with files: it asks, does, says so and goes on; a refusal stands above the form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from gongdi.apps.organisations.views.asking import Page
from gongdi.apps.places.services import RefusedError


def asked(
    request: HttpRequest, form: forms.Form, page: Page, do: Callable[[], Any], *,
    to: Callable[[Any], str] | None = None, template: str = "notices/form.html", more: dict[str, Any] | None = None,
) -> HttpResponse:  # fmt: skip
    """Answer a form's page: GET shows it, POST does it and goes back, or where `to` leads from what was made."""
    if form.is_valid():
        try:
            made = do()
        except RefusedError as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, page.done)
            return redirect(to(made) if to is not None else page.back)
    return render(request, template, {"form": form, "page": page, **(more or {})}, status=422 if form.errors else 200)
