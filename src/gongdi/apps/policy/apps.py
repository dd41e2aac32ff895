"""The app, its entries in the navigation, what it adds to other pages, its duties and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


class PolicyConfig(AppConfig):
    """Packs in force, decisions, the survey list."""

    name = "gongdi.apps.policy"
    label = "policy"
    verbose_name = "政策"

    def ready(self) -> None:
        """Open the policy pages; put decisions on the compound's page and outcomes into the register."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.organisations.sources import governing as told
        from gongdi.apps.policy import columns
        from gongdi.apps.policy.duties import facts_to_find
        from gongdi.apps.policy.packs import pack_title
        from gongdi.apps.policy.panel import compound_panel

        children = (
            Entry("packs", "政策包", 1, "policy:see_packs", "policy", "policy.see_packs"),
            Entry("compare", "政策对比", 3, "policy:compare_packs", "arrow", "policy.see_packs"),
            Entry("drafts", "政策草案", 5, "policy:see_drafts", "edit", "policy.try_draft"),
            Entry("coverage", "条款去向", 4, "policy:see_coverage", "register", "policy.see_packs"),
            Entry("documents", "文件登记", 6, "policy:see_documents", "register", "policy.see_packs"),
            Entry("survey", "摸底清单", 2, "policy:see_survey", "undetermined", "policy.see_decisions"),
        )
        navigation.add(Entry("policy", "政策", 30, "policy:see_packs", "policy", "policy.see_packs", children))
        panels.add("compound", Panel("policy", 10, "policy/compound_panel.html", compound_panel))
        columns.add_scope()
        told.told_by(pack_title)
        duties.add("policy.facts_to_find", facts_to_find)
        VERBS.update(
            {
                "policy.set_pack": "设定适用政策",
                "policy.store_decision": "留存判定",
                "policy.upload_draft": "上传政策草案",
                "policy.discard_draft": "放弃政策草案",
            }
        )
