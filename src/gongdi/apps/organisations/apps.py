"""The app, its entries in the navigation, its panel on a compound's page, its duties and its words in the chain."""

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation
from gongdi.web.panels import Panel, panels


def _panel(request: HttpRequest, compound: Any) -> dict[str, Any]:
    from gongdi.apps.organisations import queries
    from gongdi.apps.organisations.access import KEEP
    from gongdi.apps.organisations.sources import governing
    from gongdi.web import clock

    pack, bodies = governing.pack_of(compound.place), queries.bodies_of(compound)
    return {
        "compound": compound,
        "bodies": bodies,
        "leaders": queries.leaders_over(compound, clock.today()),
        "required": queries.required_of(bodies, pack[0]) if pack is not None else [],
        "may_keep": request.user.may(KEEP, compound.place),  # type: ignore[union-attr]
    }


class OrganisationsConfig(AppConfig):
    """Bodies, members, responsibilities, experts, meetings."""

    name = "gongdi.apps.organisations"
    label = "organisations"
    verbose_name = "机构与机制"

    def ready(self) -> None:
        """Open the pages; say what waits; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.inventory.lines import lines
        from gongdi.apps.organisations import duties as found
        from gongdi.apps.organisations.queries import lines_of

        see = "organisations.see_bodies"
        views = (
            Entry("bodies", "机构和成员", 1, "organisations:see_bodies", "people", see),
            Entry("responsibilities", "责任清单", 2, "organisations:see_responsibilities", "register", see),
            Entry("leaders", "领导包片", 3, "organisations:see_leaders", "map", see),
            Entry("meetings", "会议和培训", 4, "organisations:see_meetings", "plan", see),
            Entry("follow_ups", "督办事项", 5, "organisations:see_follow_ups", "clock", see),
            Entry("experts", "专家和备选库", 6, "organisations:see_entries", "search", see),
        )
        entry = Entry("organisations", "机构与机制", 55, "organisations:see_bodies", "people", see, views)
        navigation.add(entry)
        panels.add("compound", Panel("organisations", 40, "organisations/compound_panel.html", _panel, see))
        lines.told_by(lines_of)
        duties.add("organisations.follow_ups", found.follow_ups)
        duties.add("organisations.departmental", found.departmental)
        VERBS.update(
            {
                "organisations.add_body": "登记机构",
                "organisations.correct_body": "更正机构",
                "organisations.end_body": "撤销机构",
                "organisations.set_up_bodies": "按模板建立机构",
                "organisations.add_member": "增加成员",
                "organisations.end_member": "免去成员",
                "organisations.assign_leader": "领导包片",
                "organisations.end_leader": "取消包片",
                "organisations.admit_entry": "入库",
                "organisations.suspend_entry": "暂停在库资格",
                "organisations.restore_entry": "恢复在库资格",
                "organisations.remove_entry": "移出库",
                "organisations.record_entry": "登记业绩或评价",
                "organisations.record_meeting": "登记会议",
                "organisations.add_follow_up": "交办督办",
                "organisations.note_follow_up": "反馈督办",
                "organisations.close_follow_up": "办结督办",
            }
        )
