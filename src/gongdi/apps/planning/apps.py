"""The app, its entry in the navigation and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.navigation import Entry, navigation


class PlanningConfig(AppConfig):
    """Money, annual plans."""

    name = "gongdi.apps.planning"
    label = "planning"
    verbose_name = "年度计划"

    def ready(self) -> None:
        """Open the plan pages; name the verbs; keep what plans rest on."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.places.remapping import IN_JSON
        from gongdi.apps.places.roster_undo import GUARDS
        from gongdi.apps.planning.resting import planned

        if planned not in GUARDS:
            GUARDS.append(planned)
        IN_JSON["planning.Budget", "money"] = frozenset({"counties", "minimums"})
        IN_JSON["planning.AnnualPlanRecord", "document"] = frozenset({"county", "counties", "minimums"})

        navigation.add(Entry("plans", "年度计划", 40, "planning:see_plans", "plan", "planning.see_plans"))
        VERBS.update({"planning.set_budget": "设定年度资金", "planning.make_plan": "编制年度计划"})
