"""Who may do what: one table for the page, the service and the tests. Where they may do it is the post's place."""

from __future__ import annotations

from django.db.models import TextChoices


class PostKind(TextChoices):
    """The kinds of post (岗位类别)."""

    DISTRICT_OFFICER = "district_officer", "区住建局经办"
    STREET_CLERK = "street_clerk", "街道经办"
    COMMUNITY_WORKER = "community_worker", "社区工作者"
    CITY_VIEWER = "city_viewer", "市级查看"
    AUDITOR = "auditor", "审计"
    ADMINISTRATOR = "administrator", "系统管理员"


_OFFICER, _CLERK, _WORKER = PostKind.DISTRICT_OFFICER, PostKind.STREET_CLERK, PostKind.COMMUNITY_WORKER
_VIEWER, _AUDITOR, _ADMINISTRATOR = PostKind.CITY_VIEWER, PostKind.AUDITOR, PostKind.ADMINISTRATOR
_READERS = frozenset({_OFFICER, _CLERK, _WORKER, _VIEWER, _AUDITOR})

PERMISSIONS: dict[str, frozenset[PostKind]] = {
    "accounts.see_people": frozenset({_ADMINISTRATOR}),
    "accounts.keep_people": frozenset({_ADMINISTRATOR}),
    "audit.see_events": frozenset({_AUDITOR}),
    "places.see_compounds": _READERS,
    "places.record_fact": frozenset({_OFFICER, _CLERK, _WORKER}),
    "places.move_compound": frozenset({_OFFICER}),
    "places.import_roster": frozenset({_OFFICER, _CLERK}),
    "planning.see_plans": _READERS,
    "planning.make_plan": frozenset({_OFFICER}),
    "policy.see_packs": _READERS,
    "policy.set_pack": frozenset({_OFFICER}),
    "policy.store_decision": frozenset({_OFFICER, _CLERK}),
}
"""Permission, named app.verb_object, to the kinds of post that have it. A later app adds its own rows here."""
