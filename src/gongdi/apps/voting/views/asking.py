"""The form's page of a vote: its trail leads by the vote, its head says which unit or vote it is about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from gongdi.apps.voting.models import Unit, Vote
from gongdi.web.asking import Page, asked


def page_of(vote: Vote, title: str, button: str, done: str = "", name: str = "see_vote", *more: int) -> Page:
    """A page of a vote that goes on to one of its pages."""
    return Page(title, button, reverse(f"voting:{name}", args=[vote.pk, *more]), vote.title, done)


@dataclass(frozen=True, slots=True)
class About:
    """What a form is about: the vote, one unit of it, and what it answers to."""

    vote: Vote
    unit: Unit | None = None
    told: str = ""


def asked_of(
    request: HttpRequest, form: forms.Form, page: Page, do: Callable[[], Any], about: About, *,
    to: Callable[[Any], str] | None = None, template: str = "voting/form.html",
) -> HttpResponse:  # fmt: skip
    """Answer a form's page of a vote."""
    more = {"vote": about.vote, "unit": about.unit, "told": about.told}
    return asked(request, form, page, do, to=to, template=template, more=more)
