"""The app, its entries in the navigation, its panels, its duties, its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


class DeliberationConfig(AppConfig):
    """Topics, meetings of residents, issues on site."""

    name = "gongdi.apps.deliberation"
    label = "deliberation"
    verbose_name = "议事"

    def ready(self) -> None:
        """Open the pages; say what waits; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.deliberation import access
        from gongdi.apps.deliberation import duties as found
        from gongdi.apps.deliberation.panel import on_compound, on_home, open_topics_on_home

        navigation.add(Entry("topics", "议事", 57, "deliberation:see_topics", "people", access.TOPICS))
        navigation.add(Entry("issues", "现场问题", 62, "deliberation:see_issues", "warning", access.SEE))
        panels.add("compound", Panel("deliberation", 65, "deliberation/compound_panel.html", on_compound, access.SEE))
        panels.add("resident", Panel("deliberation", 12, "deliberation/resident_panel.html", open_topics_on_home))
        panels.add("resident_now", Panel("deliberation", 15, "deliberation/resident_now.html", on_home))
        duties.add("deliberation.issues", found.issues)
        duties.add("deliberation.to_answer", found.to_answer)
        VERBS.update(
            {
                "deliberation.raise_topic": "提出议题",
                "deliberation.reply_topic": "发言",
                "deliberation.hide_topic": "隐藏议题",
                "deliberation.hide_reply": "隐藏发言",
                "deliberation.hold_meeting": "登记议事会",
                "deliberation.close_topic": "结束议题",
                "deliberation.report_issue": "反映现场问题",
                "deliberation.assign_issue": "分派现场问题",
                "deliberation.handle_issue": "登记处理",
                "deliberation.close_issue": "核实销号",
                "deliberation.reopen_issue": "重新打开",
                "deliberation.escalate_issue": "报区县",
                "deliberation.dismiss_issue": "不受理",
            }
        )
