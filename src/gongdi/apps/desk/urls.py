"""The address of the start page."""

from django.urls import path

from gongdi.apps.desk import views

app_name = "desk"
urlpatterns = [path("", views.see_desk, name="see_desk")]
