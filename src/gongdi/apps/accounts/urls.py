"""Addresses of the accounts pages."""

from django.urls import path

from gongdi.apps.accounts.views import own, people, posts, signing

app_name = "accounts"
urlpatterns = [
    path("sign-in/", signing.sign_in, name="sign_in"),
    path("sign-in/second/", signing.prove_second_factor, name="prove_second_factor"),
    path("sign-in/second/key/", signing.prove_key, name="prove_key"),
    path("sign-in/city/", signing.start_sign_on, name="start_sign_on"),
    path("sign-in/city/back/", signing.finish_sign_on, name="finish_sign_on"),
    path("sign-out/", signing.sign_out, name="sign_out"),
    path("password/", own.change_password, name="change_password"),
    path("account/", own.see_account, name="see_account"),
    path("account/sessions/end/", own.end_other_sessions, name="end_other_sessions"),
    path("account/second-factor/", own.see_second_factor, name="see_second_factor"),
    path("account/second-factor/app/", own.add_factor_app, name="add_factor_app"),
    path("account/second-factor/key/", own.add_factor_key, name="add_factor_key"),
    path("account/second-factor/<int:pk>/remove/", own.remove_factor, name="remove_factor"),
    path("account/second-factor/codes/", own.renew_recovery_codes, name="renew_recovery_codes"),
    path("people/", people.see_people, name="see_people"),
    path("people/add/", people.add_person, name="add_person"),
    path("people/attempts/", people.see_attempts, name="see_attempts"),
    path("people/<int:pk>/appoint/", posts.appoint_person, name="appoint_person"),
    path("people/<int:pk>/unlock/", people.unlock_person, name="unlock_person"),
    path("people/<int:pk>/reset-password/", people.reset_password, name="reset_password"),
    path("people/<int:pk>/reset-second-factor/", people.reset_second_factor, name="reset_second_factor"),
    path("people/<int:pk>/disable/", people.disable_person, name="disable_person"),
    path("people/<int:pk>/enable/", people.enable_person, name="enable_person"),
    path("people/<int:pk>/bind-sign-on/", people.bind_sign_on, name="bind_sign_on"),
    path("people/<int:pk>/unbind-sign-on/", people.unbind_sign_on, name="unbind_sign_on"),
    path("posts/<int:pk>/end/", posts.end_post, name="end_post"),
    path("posts/<int:pk>/move/", posts.move_post, name="move_post"),
    path("posts/<int:pk>/tie/", posts.tie_post, name="tie_post"),
    path("posts/<int:pk>/delegate/", posts.delegate_post, name="delegate_post"),
    path("delegations/", posts.see_delegations, name="see_delegations"),
    path("delegations/<int:pk>/withdraw/", posts.withdraw_delegation, name="withdraw_delegation"),
]
