"""The app, its entry in the navigation, its panels, its guard over rolls of dwellings, its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


class VotingConfig(AppConfig):
    """Votes of owners."""

    name = "gongdi.apps.voting"
    label = "voting"
    verbose_name = "业主表决"

    def ready(self) -> None:
        """Open the pages; keep rolls on which a vote rests from being undone; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.dwellings.services import OWNER_GUARDS
        from gongdi.apps.dwellings.undoing import GUARDS
        from gongdi.apps.notices.subjects import subjects
        from gongdi.apps.voting import access
        from gongdi.apps.voting.duties import waiting_votes
        from gongdi.apps.voting.freezing import rests_on_roll
        from gongdi.apps.voting.panel import on_compound, waiting_on_home
        from gongdi.apps.voting.publishing import SUBJECT
        from gongdi.apps.voting.voters import votes_by_phone

        if rests_on_roll not in GUARDS:
            GUARDS.append(rests_on_roll)
        if votes_by_phone not in OWNER_GUARDS:
            OWNER_GUARDS.append(votes_by_phone)
        duties.add("voting.waiting_votes", waiting_votes)
        navigation.add(Entry("votes", "业主表决", 58, "voting:see_votes", "in", access.SEE))
        panels.add("compound", Panel("voting", 60, "voting/compound_panel.html", on_compound, access.SEE))
        panels.add("resident", Panel("voting", 25, "voting/resident_panel.html", lambda request, account: {}))
        panels.add("resident_now", Panel("voting", 5, "voting/resident_now.html", waiting_on_home))
        subjects.add(SUBJECT)
        VERBS.update(
            {
                "voting.draft_vote": "起草表决",
                "voting.edit_draft": "修改表决草稿",
                "voting.freeze_roll": "固定表决名册",
                "voting.open_vote": "开始表决",
                "voting.cast_ballot": "投票",
                "voting.enter_paper": "录入纸质选票",
                "voting.receive_paper": "登记交回的选票",
                "voting.discard_paper": "作废选票录入",
                "voting.confirm_discard": "复核作废选票",
                "voting.refuse_discard": "不同意作废选票",
                "voting.enter_visit": "入户登记选票",
                "voting.name_voter": "登记共有人推选的投票人",
                "voting.record_mandate": "登记书面委托",
                "voting.see_evidence": "查看签名或委托书",
                "voting.see_answers": "查看每户表决意见",
                "voting.raise_objection": "对表决结果提出异议",
                "voting.answer_objection": "答复表决异议",
                "voting.confirm_result": "确认表决结果",
                "voting.submit_result": "表决结果提交街道",
                "voting.receive_result": "街道收件",
                "voting.end_vote_early": "表决提前截止",
                "voting.check_paper": "复核纸质选票",
                "voting.close_vote": "表决截止",
                "voting.publish_result": "公示表决结果",
                "voting.finish_vote": "表决结果生效",
                "voting.void_vote": "作废表决",
            }
        )
