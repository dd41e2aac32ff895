"""The app, its entry in the navigation, its duties and its words in the chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation


class SurveyConfig(AppConfig):
    """Campaigns, assignments, submissions, review."""

    name = "gongdi.apps.survey"
    label = "survey"
    verbose_name = "摸底调查"

    def ready(self) -> None:
        """Open the pages; say what waits; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.survey import access
        from gongdi.apps.survey import duties as found

        navigation.add(Entry("survey", "摸底调查", 22, "survey:see_campaigns", "register", access.SEE))
        navigation.add(Entry("survey_mine", "我的填报", 23, "survey:see_assignments", "edit", access.FILL))
        duties.add("survey.fill", found.fill_duties)
        duties.add("survey.keeper", found.keeper_duties)
        VERBS.update(
            {
                "survey.draft_campaign": "起草调查任务",
                "survey.change_campaign": "修改调查任务",
                "survey.open_campaign": "开始调查",
                "survey.close_campaign": "结束调查",
                "survey.reassign_assignment": "改派填报",
                "survey.send_answers": "提交填报",
                "survey.send_photo": "上传调查照片",
                "survey.accept_submission": "审核通过填报",
                "survey.return_submission": "退回填报",
                "survey.upload_sheet": "上传填报表",
                "survey.keep_sheet": "提交填报表",
                "survey.discard_sheet": "放弃填报表",
            }
        )
