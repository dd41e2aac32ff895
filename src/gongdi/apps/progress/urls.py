"""Addresses of the wall chart."""

from django.urls import path

from gongdi.apps.progress import own, views

app_name = "progress"
urlpatterns = [
    path("chart/", views.see_chart, name="see_chart"),
    path("compounds/<int:pk>/nodes/", views.see_nodes, name="see_nodes"),
    path("compounds/<int:pk>/nodes/plan/", views.plan_nodes, name="plan_nodes"),
    path("nodes/<int:pk>/reach/", views.reach_node, name="reach_node"),
    path("nodes/<int:pk>/delay/", views.explain_delay, name="explain_delay"),
    path("my/progress/", own.see_own_progress, name="see_own_progress"),
]
