"""The app, its entry in the navigation and its words in the audit chain."""

from django.apps import AppConfig

from gongdi.web.duties import duties
from gongdi.web.navigation import Entry, navigation


class AccountsConfig(AppConfig):
    """People, organisations and posts."""

    name = "gongdi.apps.accounts"
    label = "accounts"
    verbose_name = "人员与岗位"

    def ready(self) -> None:
        """Show the people to the administrators; note sessions; say what waits; name the verbs."""
        from django.contrib.auth.signals import user_logged_in

        from gongdi.apps.accounts import duties as found
        from gongdi.apps.accounts import sessions
        from gongdi.apps.audit.verbs import VERBS

        user_logged_in.connect(sessions.begin, dispatch_uid="accounts.sessions")
        duties.add("accounts.people_without_post", found.people_without_post)
        duties.add("accounts.posts_in_ended_places", found.posts_in_ended_places)
        duties.add("accounts.delegations_to_me", found.delegations_to_me)
        navigation.add(Entry("people", "人员与岗位", 95, "accounts:see_people", "people", "accounts.see_people"))
        attempts = Entry("attempts", "登录记录", 96, "accounts:see_attempts", "history", "accounts.see_attempts")
        navigation.add(attempts)
        VERBS.update(
            {
                "accounts.sign_in": "登录",
                "accounts.pass_password": "口令通过",
                "accounts.prove_second_factor": "第二要素登录",
                "accounts.sign_on": "统一身份登录",
                "accounts.refuse_sign_in": "登录被拒",
                "accounts.sign_out": "退出登录",
                "accounts.add_person": "新增人员",
                "accounts.appoint_person": "任命岗位",
                "accounts.end_post": "终止岗位",
                "accounts.move_post": "调整管辖范围",
                "accounts.tie_post": "调整岗位对象",
                "accounts.delegate_post": "委托代理",
                "accounts.withdraw_delegation": "撤回代理",
                "accounts.reset_password": "重置口令",
                "accounts.change_password": "修改口令",
                "accounts.unlock_person": "解除锁定",
                "accounts.add_factor_app": "绑定动态口令",
                "accounts.add_factor_key": "绑定安全密钥",
                "accounts.remove_factor": "解除第二要素",
                "accounts.renew_recovery_codes": "重新生成恢复码",
                "accounts.reset_second_factor": "重置第二要素",
                "accounts.end_other_sessions": "结束其他会话",
                "accounts.disable_person": "停用人员",
                "accounts.enable_person": "启用人员",
                "accounts.bind_sign_on": "绑定统一身份",
                "accounts.unbind_sign_on": "解除统一身份",
            }
        )
