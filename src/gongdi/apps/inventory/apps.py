"""The app, its entries in the navigation, its panel on a compound's page, its facts and its words in the chain."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


def _panel(request: HttpRequest, compound: Any) -> dict[str, Any]:
    from gongdi.apps.accounts.access import person
    from gongdi.apps.inventory.queries import counts_of

    return {"compound": compound, "counts": counts_of(compound, person(request))}


class InventoryConfig(AppConfig):
    """Facilities, inspections, spare space, services nearby, works done before."""

    name = "gongdi.apps.inventory"
    label = "inventory"
    verbose_name = "摸底结果"

    def ready(self) -> None:
        """Open the pages; tell the facts that findings give; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.inventory import facts
        from gongdi.apps.places.facts import PROVIDERS, FactProvider

        see = "inventory.see_findings"
        views = (
            Entry("risks", "待整改隐患", 1, "inventory:see_risks", "warning", see),
            Entry("spaces", "存量资源", 2, "inventory:see_spaces", "map", see),
        )
        navigation.add(Entry("inventory", "摸底结果", 25, "inventory:see_risks", "search", see, views))
        panels.add("compound", Panel("inventory", 30, "inventory/compound_panel.html", _panel, see))
        PROVIDERS["inventory"] = FactProvider(facts.NAMES, facts.known_of)
        VERBS.update(
            {
                "inventory.record_finding": "记录摸底结果",
                "inventory.withdraw_finding": "撤下摸底结果",
                "inventory.treat_risk": "登记整改完成",
            }
        )
