"""The app and its entry in the navigation."""

from django.apps import AppConfig

from gongdi.web.navigation import Entry, navigation


class DeskConfig(AppConfig):
    """The start page."""

    name = "gongdi.apps.desk"
    label = "desk"
    verbose_name = "待办"

    def ready(self) -> None:
        """Stand first in the navigation, for everybody."""
        navigation.add(Entry("desk", "待办", 10, "desk:see_desk", "desk"))
