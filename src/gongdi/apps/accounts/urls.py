"""Addresses of the accounts pages."""

from django.urls import path

from gongdi.apps.accounts import views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign_in"),
    path("sign-out/", views.sign_out, name="sign_out"),
    path("password/", views.change_password, name="change_password"),
    path("people/", views.see_people, name="see_people"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<int:pk>/appoint/", views.appoint_person, name="appoint_person"),
    path("posts/<int:pk>/end/", views.end_post, name="end_post"),
    path("people/<int:pk>/unlock/", views.unlock_person, name="unlock_person"),
    path("people/<int:pk>/reset-password/", views.reset_password, name="reset_password"),
]
