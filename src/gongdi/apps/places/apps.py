"""The app, its entries in the navigation, its duties and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation


class PlacesConfig(AppConfig):
    """Divisions, compounds, facts, rosters."""

    name = "gongdi.apps.places"
    label = "places"
    verbose_name = "项目库"

    def ready(self) -> None:
        """Open the pages of the pool and of the rosters; say what waits; name the verbs."""
        from gongdi.apps.accounts.reaches import reaches
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.places import duties as found
        from gongdi.apps.places import queries, register
        from gongdi.apps.places.standing import ended_places

        see = "places.see_compounds"
        views = (
            Entry("board", "看板", 1, "places:see_board", "board", see),
            Entry("register", "清册", 2, "places:see_register", "register", see),
            Entry("map", "地图", 3, "places:see_map", "map", see),
        )
        navigation.add(Entry("pool", "项目库", 20, "places:see_board", "pool", see, views))
        rosters = Entry("rosters", "名单导入", 50, "places:see_rosters", "upload", "places.import_roster")
        navigation.add(rosters)
        divisions = Entry("divisions", "行政区划", 94, "places:see_divisions", "map", "places.see_divisions")
        navigation.add(divisions)
        register.add_own_provider()
        reaches.told_by(queries.places, queries.codes_in, ended_places)
        reaches.objects_told_by(queries.compounds_meant)
        duties.add("places.waiting_rosters", found.waiting_rosters)
        VERBS.update(
            {
                "places.add_divisions": "登记区划",
                "places.add_compounds": "批量登记小区",
                "places.record_fact": "记录情况",
                "places.move_compound": "调整阶段",
                "places.upload_roster": "上传名单",
                "places.import_roster": "名单入库",
                "places.discard_roster": "放弃名单",
                "places.undo_roster": "撤销名单",
                "places.map_code": "登记代码对照",
                "places.record_change": "登记区划调整",
                "places.remap_division": "归入正式区划",
                "places.save_view": "保存视图",
                "places.delete_view": "删除视图",
            }
        )
