"""The app, its entry in the navigation, its panels, its facts, its duties, its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


class NoticesConfig(AppConfig):
    """Public notices."""

    name = "gongdi.apps.notices"
    label = "notices"
    verbose_name = "公示"

    def ready(self) -> None:
        """Open the pages; tell the facts that notices give; say what waits; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.notices import access, facts
        from gongdi.apps.notices import duties as found
        from gongdi.apps.notices.panel import on_compound, on_home
        from gongdi.apps.places.facts import PROVIDERS, FactProvider

        navigation.add(Entry("notices", "公示", 56, "notices:see_notices", "board", access.SEE))
        panels.add("compound", Panel("notices", 55, "notices/compound_panel.html", on_compound, access.SEE))
        panels.add("resident", Panel("notices", 15, "notices/resident_panel.html", lambda request, account: {}))
        panels.add("resident_now", Panel("notices", 20, "notices/resident_now.html", on_home))
        PROVIDERS["notices"] = FactProvider(facts.NAMES, facts.known_of)
        duties.add("notices.unanswered", found.unanswered)
        duties.add("notices.to_move", found.to_move)
        VERBS.update(
            {
                "notices.draft_notice": "起草公示",
                "notices.edit_notice": "修改公示草稿",
                "notices.attach_file": "添加公示附件",
                "notices.publish_notice": "发布公示",
                "notices.correct_notice": "更正公示",
                "notices.record_posting": "登记张贴",
                "notices.end_notice": "公示期满",
                "notices.finish_notice": "公示生效",
                "notices.withdraw_notice": "撤回公示",
                "notices.raise_objection": "提出异议",
                "notices.enter_objection": "录入异议",
                "notices.answer_objection": "答复异议",
            }
        )
