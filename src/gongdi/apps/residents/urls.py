"""Addresses of residents' pages (under my/) and of the staff who confirm."""

from django.urls import path

from gongdi.apps.residents.views import confirming, entering, home

app_name = "residents"
urlpatterns = [
    path("my/", home.see_home, name="see_home"),
    path("my/code/", entering.ask_code, name="ask_code"),
    path("my/enter/", entering.enter, name="enter"),
    path("my/leave/", entering.leave, name="leave"),
    path("my/type/", entering.set_type, name="set_type"),
    path("my/dwellings/add/", home.ask_binding, name="ask_binding"),
    path("my/dwellings/<int:pk>/end/", home.end_binding, name="end_binding"),
    path("bindings/", confirming.see_bindings, name="see_bindings"),
    path("bindings/<int:pk>/confirm/", confirming.confirm_binding, name="confirm_binding"),
    path("bindings/<int:pk>/link/", confirming.link_binding, name="link_binding"),
    path("bindings/<int:pk>/return/", confirming.return_binding, name="return_binding"),
    path("bindings/<int:pk>/revoke/", confirming.revoke_binding, name="revoke_binding"),
]
