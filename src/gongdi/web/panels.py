"""Panels that a later app adds to the page of an earlier app's object.

    panels.add("compound", Panel(key="policy", order=10, template="policy/compound_panel.html", context=make_context))

`context(request, compound)` gives the template's context, or None when there is nothing to show.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel: its place in the order, its template, and what fills it."""

    key: str
    order: int
    template: str
    context: Callable[[HttpRequest, Any], dict[str, Any] | None]
    permission: str = ""


@dataclass(slots=True)
class Panels:
    """The panels of each slot."""

    slots: dict[str, dict[str, Panel]] = field(default_factory=dict)

    def add(self, slot: str, panel: Panel) -> None:
        """Add a panel to a slot; the same key replaces."""
        self.slots.setdefault(slot, {})[panel.key] = panel

    def rendered(self, slot: str, request: HttpRequest, subject: Any) -> list[str]:
        """The panels of a slot as HTML, in order, for the person who asks."""
        found: list[str] = []
        for panel in sorted(self.slots.get(slot, {}).values(), key=lambda each: each.order):
            if panel.permission and not request.user.may_anywhere(panel.permission):  # type: ignore[union-attr]
                continue
            context = panel.context(request, subject)
            if context is not None:
                found.append(render_to_string(panel.template, context, request))
        return found


panels = Panels()
