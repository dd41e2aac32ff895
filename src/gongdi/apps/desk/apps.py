"""The app, its entry in the navigation, its duties and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation


class DeskConfig(AppConfig):
    """The start page and the tasks that people give one another."""

    name = "gongdi.apps.desk"
    label = "desk"
    verbose_name = "待办"

    def ready(self) -> None:
        """Stand first in the navigation, for everybody; find tasks among the duties; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.desk import duties as found

        views = (Entry("tasks", "交办事项", 1, "desk:see_tasks", "register"),)
        navigation.add(Entry("desk", "待办", 10, "desk:see_desk", "desk", children=views))
        duties.add("desk.tasks", found.tasks)
        VERBS.update(
            {
                "desk.make_task": "交办事项",
                "desk.hand_over_task": "转交事项",
                "desk.move_task": "改期",
                "desk.urge_task": "催办",
                "desk.finish_task": "办结事项",
            }
        )
