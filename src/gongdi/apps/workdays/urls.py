"""The address of the calendar."""

from django.urls import path

from gongdi.apps.workdays import views

app_name = "workdays"
urlpatterns = [path("workdays/", views.enter_year, name="enter_year")]
