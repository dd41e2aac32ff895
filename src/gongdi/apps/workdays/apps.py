"""The app, its entry in the navigation, its word in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation


class WorkdaysConfig(AppConfig):
    """The calendar of working days."""

    name = "gongdi.apps.workdays"
    label = "workdays"
    verbose_name = "工作日历"

    def ready(self) -> None:
        """Open the page; name the verb; tell the administrator of a year to enter."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.workdays.duties import enter_year_duties

        navigation.add(Entry("workdays", "工作日历", 96, "workdays:enter_year", "clock", "workdays.enter_year"))
        duties.add("workdays.enter_year", enter_year_duties)
        VERBS["workdays.enter_year"] = "录入节假日安排"
