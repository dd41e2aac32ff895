"""The app, its entry in the navigation and its words in the audit chain."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


def _panel(request: HttpRequest, compound: Any) -> dict[str, Any] | None:
    from gongdi.apps.accounts.access import person
    from gongdi.apps.registers.access import lines_about

    lines = list(lines_about(person(request), compound))
    return {"lines": lines} if lines else None


class RegistersConfig(AppConfig):
    """Yearly registers."""

    name = "gongdi.apps.registers"
    label = "registers"
    verbose_name = "年度清册"

    def ready(self) -> None:
        """Open the pages; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS

        panels.add(
            "compound", Panel("registers", 8, "registers/compound_panel.html", _panel, "registers.see_registers")
        )
        navigation.add(
            Entry("registers", "年度清册", 45, "registers:see_registers", "register", "registers.see_registers")
        )
        VERBS.update(
            {
                "registers.open_register": "建立年度清册",
                "registers.add_to_register": "列入清册",
                "registers.remove_from_register": "移出清册",
                "registers.publish_register": "公布清册",
            }
        )
