"""The app, its panel on a compound's page and its words in the chain."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

from gongdi.web.panels import Panel, panels

MOST_SHOWN = 12


def _panel(request: HttpRequest, compound: Any) -> dict[str, Any] | None:
    from gongdi.apps.accounts.access import person
    from gongdi.apps.files.queries import of_compound

    rows = list(of_compound(person(request), compound.pk)[: MOST_SHOWN + 1])
    return {"rows": rows[:MOST_SHOWN], "more": len(rows) > MOST_SHOWN} if rows else None


class FilesConfig(AppConfig):
    """Photos and documents about anything."""

    name = "gongdi.apps.files"
    label = "files"
    verbose_name = "附件"

    def ready(self) -> None:
        """Show what is attached; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS

        panels.add("compound", Panel("files", 80, "files/compound_panel.html", _panel, "files.see_attachments"))
        VERBS.update(
            {
                "files.keep_attachment": "上传附件",
                "files.carry_attachment": "沿用附件",
                "files.withdraw_attachment": "撤下附件",
                "files.see_original": "查看原件",
            }
        )
