"""The app, its entry in the navigation and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.navigation import Entry, navigation


class RegistersConfig(AppConfig):
    """Yearly registers."""

    name = "gongdi.apps.registers"
    label = "registers"
    verbose_name = "年度清册"

    def ready(self) -> None:
        """Open the pages; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS

        navigation.add(
            Entry("registers", "年度清册", 45, "registers:see_registers", "register", "registers.see_registers")
        )
        VERBS.update(
            {
                "registers.open_register": "建立年度清册",
                "registers.add_to_register": "列入清册",
                "registers.remove_from_register": "移出清册",
                "registers.publish_register": "公布清册",
            }
        )
