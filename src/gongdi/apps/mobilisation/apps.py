"""The app, its entry in the navigation, its duties, its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation


class MobilisationConfig(AppConfig):
    """Calling on people."""

    name = "gongdi.apps.mobilisation"
    label = "mobilisation"
    verbose_name = "上门动员"

    def ready(self) -> None:
        """Open the pages; consultations and votes are drives; say what waits; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.mobilisation import access
        from gongdi.apps.mobilisation.drives import KINDS
        from gongdi.apps.mobilisation.duties import drives_running
        from gongdi.apps.mobilisation.rounds import ROUNDS
        from gongdi.apps.mobilisation.votes import VOTES

        KINDS.update({kind.key: kind for kind in (ROUNDS, VOTES)})
        navigation.add(Entry("mobilisation", "上门动员", 59, "mobilisation:see_drives", "in", access.SEE))
        duties.add("mobilisation.drives_running", drives_running)
        VERBS.update({"mobilisation.record_visit": "登记走访"})
