"""The app, its entry in the navigation, its panels, its facts, its duties, its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


class ConsultationConfig(AppConfig):
    """Consultations of residents."""

    name = "gongdi.apps.consultation"
    label = "consultation"
    verbose_name = "意愿征询"

    def ready(self) -> None:
        """Open the pages; tell the facts that rounds give; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.consultation import access, facts
        from gongdi.apps.consultation.duties import waiting_rounds
        from gongdi.apps.consultation.panel import on_compound, on_home
        from gongdi.apps.consultation.publishing import SUBJECTS
        from gongdi.apps.notices.subjects import subjects
        from gongdi.apps.places.facts import PROVIDERS, FactProvider

        navigation.add(Entry("consultation", "意愿征询", 56, "consultation:see_rounds", "people", access.SEE))
        panels.add("compound", Panel("consultation", 55, "consultation/compound_panel.html", on_compound, access.SEE))
        panels.add(
            "resident", Panel("consultation", 22, "consultation/resident_panel.html", lambda request, account: {})
        )
        panels.add("resident_now", Panel("consultation", 10, "consultation/resident_now.html", on_home))
        PROVIDERS["consultation"] = FactProvider(facts.NAMES, facts.known_of)
        duties.add("consultation.waiting_rounds", waiting_rounds)
        for subject in SUBJECTS:
            subjects.add(subject)
        VERBS.update(
            {
                "consultation.draft_round": "起草意愿征询",
                "consultation.edit_round": "修改征询草稿",
                "consultation.discard_round": "放弃征询草稿",
                "consultation.choose_items": "选定征询内容",
                "consultation.price_menu": "填写征询菜单",
                "consultation.add_photo": "给征询内容配照片",
                "consultation.open_round": "开始意愿征询",
                "consultation.extend_round": "延长意愿征询",
                "consultation.take_answer": "征询答复",
                "consultation.note_attempt": "登记未征求到",
                "consultation.close_round": "结束意愿征询",
                "consultation.judge_will": "认定居民意愿",
                "consultation.fix_content_list": "确定改造内容清单",
                "consultation.file_application": "登记书面申请",
            }
        )
