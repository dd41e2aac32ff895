"""The app, its entry in the navigation, its panel, its duties and its words in the audit chain."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


def _panel(request: HttpRequest, compound: Any) -> dict[str, Any] | None:
    from gongdi.apps.progress.queries import nodes_of
    from gongdi.web import clock

    lines, _ = nodes_of(compound, clock.today())
    following = next((line for line in lines if line.row.done_on is None), None)
    return {"compound": compound, "lines": lines, "following": following}


class ProgressConfig(AppConfig):
    """Nodes and the wall chart."""

    name = "gongdi.apps.progress"
    label = "progress"
    verbose_name = "挂图作战"

    def ready(self) -> None:
        """Open the pages; say what is late; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.progress import duties as found

        navigation.add(Entry("chart", "挂图作战", 15, "progress:see_chart", "board", "progress.see_chart"))
        panels.add("compound", Panel("progress", 5, "progress/compound_panel.html", _panel, "progress.see_chart"))
        panels.add("resident", Panel("progress", 10, "progress/resident_panel.html", lambda request, account: {}))
        duties.add("progress.late_nodes", found.late_nodes)
        VERBS.update(
            {
                "progress.plan_nodes": "排定节点",
                "progress.reach_node": "登记节点完成",
                "progress.explain_delay": "说明滞后原因",
            }
        )
