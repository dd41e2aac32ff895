"""The app, its entry in the navigation, its permissions, its duty and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation


class ResidentsConfig(AppConfig):
    """Residents and their dwellings."""

    name = "gongdi.apps.residents"
    label = "residents"
    verbose_name = "居民"

    def ready(self) -> None:
        """Show requests to those who confirm; say what waits; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS
        from gongdi.apps.residents import duties as found

        navigation.add(Entry("bindings", "居民绑定", 55, "residents:see_bindings", "people", "residents.see_bindings"))
        duties.add("residents.waiting_bindings", found.waiting_bindings)
        VERBS.update(
            {
                "residents.send_code": "发送验证码",
                "residents.drop_code": "作废验证码",
                "residents.enter": "居民登录",
                "residents.refuse_enter": "居民登录被拒",
                "residents.leave": "居民退出",
                "residents.ask_binding": "申请绑定房屋",
                "residents.end_binding": "解除绑定",
                "residents.confirm_binding": "确认绑定",
                "residents.link_binding": "对应房屋",
                "residents.return_binding": "退回绑定",
                "residents.revoke_binding": "撤销绑定",
            }
        )
