"""The app, its entries in the navigation, its panel on a compound's page, its duties and its words in the chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


class DwellingsConfig(AppConfig):
    """Buildings, dwellings, owners, ownership."""

    name = "gongdi.apps.dwellings"
    label = "dwellings"
    verbose_name = "房屋与业主"

    def ready(self) -> None:
        """Open the pages; say what waits; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.dwellings import access
        from gongdi.apps.dwellings import duties as found
        from gongdi.apps.dwellings.panel import make_context
        from gongdi.apps.dwellings.tallies import known_of
        from gongdi.apps.places.facts import PROVIDERS, FactProvider

        PROVIDERS["dwellings"] = FactProvider(
            frozenset({"households_total", "owners_total", "area_total_m2"}), known_of
        )

        navigation.add(Entry("rolls", "房屋清册导入", 52, "dwellings:see_rolls", "upload", access.IMPORT))
        navigation.add(Entry("owners", "查找业主", 54, "dwellings:search_owner", "people", access.REVEAL))
        panels.add("compound", Panel("dwellings", 20, "dwellings/compound_panel.html", make_context, access.SEE))
        duties.add("dwellings.waiting_rolls", found.waiting_rolls)
        VERBS.update(
            {
                "dwellings.record_building": "登记楼栋",
                "dwellings.add_dwelling": "登记房屋",
                "dwellings.correct_dwelling": "更正房屋",
                "dwellings.correct_owner": "更正业主",
                "dwellings.merge_owner": "合并业主",
                "dwellings.end_dwelling": "注销房屋",
                "dwellings.record_transfer": "登记产权变更",
                "dwellings.declare_complete": "宣布清册已齐",
                "dwellings.note_stop": "房屋清册办理中断",
                "dwellings.reveal_owner": "查看业主信息",
                "dwellings.search_owner": "查找业主",
                "dwellings.upload_roll": "上传房屋清册",
                "dwellings.finish_check": "检查房屋清册",
                "dwellings.keep_roll": "确认房屋清册入库",
                "dwellings.write_part": "写入一批房屋",
                "dwellings.finish_writing": "房屋清册入库完成",
                "dwellings.discard_roll": "放弃房屋清册",
                "dwellings.undo_roll": "撤销房屋清册",
                "dwellings.call_off_undo": "中止撤销房屋清册",
                "dwellings.take_back_part": "撤回一批房屋",
                "dwellings.finish_taking_back": "撤回房屋清册完成",
            }
        )
