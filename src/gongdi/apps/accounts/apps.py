"""The app, its entry in the navigation and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.navigation import Entry, navigation


class AccountsConfig(AppConfig):
    """People, organisations and posts."""

    name = "gongdi.apps.accounts"
    label = "accounts"
    verbose_name = "人员与岗位"

    def ready(self) -> None:
        """Show the people to the administrator; name the verbs."""
        from gongdi.apps.audit.verbs import VERBS

        navigation.add(Entry("people", "人员与岗位", 95, "accounts:see_people", "people", "accounts.see_people"))
        VERBS.update(
            {
                "accounts.sign_in": "登录",
                "accounts.refuse_sign_in": "登录被拒",
                "accounts.sign_out": "退出登录",
                "accounts.add_person": "新增人员",
                "accounts.appoint_person": "任命岗位",
                "accounts.end_post": "终止岗位",
                "accounts.reset_password": "重置口令",
                "accounts.change_password": "修改口令",
                "accounts.unlock_person": "解除锁定",
            }
        )
