"""Who may do what: one table for the page, the service and the tests. Where they may do it is the post's place."""

from __future__ import annotations

from django.db.models import TextChoices


class PostKind(TextChoices):
    """The kinds of post (岗位类别)."""

    DISTRICT_OFFICER = "district_officer", "区住建局经办"
    STREET_LEADER = "street_leader", "街道分管领导"
    STREET_CLERK = "street_clerk", "街道经办"
    COMMUNITY_WORKER = "community_worker", "社区工作者"
    FINANCE_OFFICER = "finance_officer", "区财政局经办"
    DEPARTMENT_OFFICER = "department_officer", "部门联审"
    OWNERS_COMMITTEE = "owners_committee", "业主委员会"
    RESIDENTS_GROUP = "residents_group", "居民小组"
    PROPERTY_COMPANY = "property_company", "物业服务企业"
    UTILITY = "utility", "专营单位"
    DESIGNER = "designer", "设计单位"
    BUILDER = "builder", "施工单位"
    SUPERVISOR = "supervisor", "监理单位"
    CITY_VIEWER = "city_viewer", "市级查看"
    PROVINCE_VIEWER = "province_viewer", "省级查看"
    AUDITOR = "auditor", "审计"
    ADMINISTRATOR = "administrator", "系统管理员"
    SECURITY_ADMINISTRATOR = "security_administrator", "安全管理员"
    AUDIT_ADMINISTRATOR = "audit_administrator", "审计管理员"


_OFFICER, _CLERK, _WORKER = PostKind.DISTRICT_OFFICER, PostKind.STREET_CLERK, PostKind.COMMUNITY_WORKER
_VIEWER, _AUDITOR, _ADMINISTRATOR = PostKind.CITY_VIEWER, PostKind.AUDITOR, PostKind.ADMINISTRATOR
_SECURITY, _AUDIT = PostKind.SECURITY_ADMINISTRATOR, PostKind.AUDIT_ADMINISTRATOR
_FINANCE, _DEPARTMENT = PostKind.FINANCE_OFFICER, PostKind.DEPARTMENT_OFFICER

ADMINISTRATORS = frozenset({_ADMINISTRATOR, _SECURITY, _AUDIT})
"""The three administrators (三员): they exclude one another and every other kind (GB/T 22239-2019, 8.1.4.2)."""

TIED = frozenset(
    {
        PostKind.OWNERS_COMMITTEE,
        PostKind.RESIDENTS_GROUP,
        PostKind.PROPERTY_COMPANY,
        PostKind.UTILITY,
        PostKind.DESIGNER,
        PostKind.BUILDER,
        PostKind.SUPERVISOR,
    }
)
"""Kinds that reach only the objects their post names (PostObject), never all of a place."""

BESIDE_AUDIT = frozenset({_AUDITOR, _VIEWER, PostKind.PROVINCE_VIEWER})
"""Kinds that one person may hold beside auditing (审计): they read and change nothing, as an auditor does."""

READERS = frozenset(
    {
        _OFFICER,
        PostKind.STREET_LEADER,
        _CLERK,
        _WORKER,
        _FINANCE,
        _DEPARTMENT,
        _VIEWER,
        PostKind.PROVINCE_VIEWER,
        _AUDITOR,
    }
)
"""Kinds that read what lies in their place."""

FACT_READERS = READERS | (TIED - {PostKind.UTILITY})
"""Kinds that read the facts, the money and the decisions of the compounds they see. A utility (专营单位) reads of a
compound that it touches what it is and where, its schedule and notices, and what is about its own lines."""

_READERS = READERS

PERMISSIONS: dict[str, frozenset[PostKind]] = {
    "accounts.see_people": frozenset({_ADMINISTRATOR, _SECURITY}),
    "accounts.keep_people": frozenset({_ADMINISTRATOR}),
    "accounts.keep_posts": frozenset({_SECURITY}),
    "accounts.keep_security": frozenset({_SECURITY}),
    "accounts.see_attempts": frozenset({_SECURITY, _AUDIT}),
    "accounts.delegate_post": frozenset(PostKind) - ADMINISTRATORS,
    "audit.see_events": frozenset({_AUDITOR, _AUDIT}),
    "audit.export_events": frozenset({_AUDITOR, _AUDIT}),
    "workdays.enter_year": frozenset({_ADMINISTRATOR}),
    "files.see_attachments": _READERS | TIED,
    "files.see_original": frozenset({_OFFICER, _CLERK, _AUDITOR}),
    "files.withdraw_attachment": frozenset({_OFFICER, _CLERK, _WORKER}),
    "places.see_compounds": _READERS | TIED,
    "places.see_facts": FACT_READERS,
    "places.record_fact": frozenset({_OFFICER, _CLERK, _WORKER}),
    "places.move_compound": frozenset({_OFFICER}),
    "places.import_roster": frozenset({_OFFICER, _CLERK}),
    "places.see_divisions": _READERS | {_ADMINISTRATOR},
    "places.keep_divisions": frozenset({_ADMINISTRATOR}),
    "dwellings.see_dwellings": _READERS,
    "dwellings.edit_dwellings": frozenset({_OFFICER, _CLERK, _WORKER}),
    "dwellings.import_roll": frozenset({_OFFICER, _CLERK}),
    "dwellings.reveal_owner": frozenset({_OFFICER, _CLERK, _WORKER}),
    "desk.make_task": frozenset({_OFFICER, PostKind.STREET_LEADER, _CLERK}),
    "inventory.see_findings": _READERS | TIED,
    "inventory.record_finding": frozenset({_OFFICER, _CLERK, _WORKER}),
    "survey.see_campaigns": _READERS,
    "survey.run_campaign": frozenset({_OFFICER, _CLERK}),
    "survey.fill_assignment": frozenset({_CLERK, _WORKER}),
    "survey.review_submission": frozenset({_OFFICER, _CLERK}),
    "organisations.see_bodies": _READERS | TIED,
    "organisations.keep_bodies": frozenset({_OFFICER, _CLERK}),
    "organisations.keep_meetings": frozenset({_OFFICER, _CLERK}),
    "organisations.keep_experts": frozenset({_OFFICER}),
    "organisations.close_followup": TIED | {_OFFICER, PostKind.STREET_LEADER, _CLERK, _WORKER, _FINANCE, _DEPARTMENT},
    "planning.see_plans": _READERS,
    "planning.make_plan": frozenset({_OFFICER}),
    "residents.see_bindings": frozenset({_OFFICER, _CLERK, _WORKER, _AUDITOR}),
    "residents.confirm_binding": frozenset({_WORKER}),
    "progress.see_chart": _READERS | TIED,
    "progress.plan_nodes": frozenset({_OFFICER, _CLERK}),
    "progress.reach_node": frozenset({_OFFICER, _CLERK, _WORKER}),
    "progress.explain_delay": frozenset({_OFFICER, _CLERK, _WORKER}),
    "registers.see_registers": _READERS,
    "registers.keep_register": frozenset({_OFFICER}),
    "policy.see_packs": _READERS | TIED,
    "policy.see_decisions": FACT_READERS,
    "policy.set_pack": frozenset({_OFFICER}),
    "policy.try_draft": frozenset({_OFFICER}),
    "notices.see_notices": _READERS | TIED,
    "notices.keep_notice": frozenset({_OFFICER, _CLERK}),
    "notices.record_posting": frozenset({_OFFICER, _CLERK, _WORKER, PostKind.BUILDER}),
    "notices.enter_objection": frozenset({_CLERK, _WORKER}),
    "notices.answer_objection": frozenset({_OFFICER, _CLERK}),
    "deliberation.see_issues": _READERS | TIED,
    "deliberation.see_whole_log": frozenset({PostKind.OWNERS_COMMITTEE, PostKind.RESIDENTS_GROUP, PostKind.SUPERVISOR}),
    "deliberation.report_issue": TIED | {_OFFICER, _CLERK, _WORKER},
    "deliberation.keep_issue": frozenset({_OFFICER, _CLERK, _WORKER}),
    "deliberation.handle_issue": TIED | {_OFFICER, _CLERK, _WORKER, _DEPARTMENT},
    "deliberation.see_topics": _READERS | {PostKind.OWNERS_COMMITTEE, PostKind.RESIDENTS_GROUP},
    "deliberation.keep_topic": frozenset({_OFFICER, _CLERK, _WORKER}),
    "deliberation.hold_meeting": frozenset({_OFFICER, _CLERK, _WORKER}),
    "consultation.see_rounds": _READERS | {PostKind.OWNERS_COMMITTEE, PostKind.RESIDENTS_GROUP},
    "consultation.keep_round": frozenset({_OFFICER, _CLERK, _WORKER}),
    "consultation.enter_answer": frozenset({_CLERK, _WORKER}),
    "consultation.see_answers": frozenset({_OFFICER, _CLERK, _WORKER, _AUDITOR}),
    "voting.see_votes": _READERS | {PostKind.OWNERS_COMMITTEE, PostKind.RESIDENTS_GROUP},
    "voting.keep_vote": frozenset({_OFFICER, _CLERK}),
    "voting.enter_ballot": frozenset({_CLERK, _WORKER}),
    "voting.see_counts": frozenset({_OFFICER, PostKind.STREET_LEADER, _CLERK, _AUDITOR}),
    "mobilisation.see_reach": frozenset({_OFFICER, PostKind.STREET_LEADER, _CLERK, _WORKER, _AUDITOR}),
    "mobilisation.record_visit": frozenset({_CLERK, _WORKER}),
    "voting.see_ballots": frozenset({_CLERK, _WORKER, _AUDITOR}),
    "voting.see_answers": frozenset({_AUDITOR}),
    "voting.confirm_result": frozenset({PostKind.OWNERS_COMMITTEE, PostKind.RESIDENTS_GROUP, _WORKER}),
    "voting.receive_result": frozenset({_CLERK, PostKind.STREET_LEADER}),
    "policy.store_decision": frozenset({_OFFICER, _CLERK}),
}
"""Permission, named app.verb_object, to the kinds of post that have it. A later app adds its own rows here."""
