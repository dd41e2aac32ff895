"""The app and its entry in the navigation."""

from django.apps import AppConfig

from gongdi.web.navigation import Entry, navigation


class AuditConfig(AppConfig):
    """The chain of audit events."""

    name = "gongdi.apps.audit"
    label = "audit"
    verbose_name = "审计"

    def ready(self) -> None:
        """Show the chain to those who may read it."""
        from gongdi.apps.audit.verbs import VERBS

        VERBS.update({"audit.export_events": "导出审计记录"})
        navigation.add(Entry("audit", "审计", 90, "audit:see_events", "audit", "audit.see_events"))
