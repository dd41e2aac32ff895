"""Addresses of the start page and of tasks."""

from django.urls import path

from gongdi.apps.desk import views

app_name = "desk"
urlpatterns = [
    path("", views.see_desk, name="see_desk"),
    path("tasks/", views.see_tasks, name="see_tasks"),
    path("tasks/make/", views.make_task, name="make_task"),
    path("tasks/<int:pk>/", views.see_task, name="see_task"),
    path("tasks/<int:pk>/hand-over/", views.hand_over_task, name="hand_over_task"),
    path("tasks/<int:pk>/move/", views.move_task, name="move_task"),
    path("tasks/<int:pk>/urge/", views.urge_task, name="urge_task"),
    path("tasks/<int:pk>/finish/", views.finish_task, name="finish_task"),
]
