"""Addresses of the planning pages."""

from django.urls import path

from gongdi.apps.planning import views

app_name = "planning"
urlpatterns = [
    path("plans/", views.see_plans, name="see_plans"),
    path("plans/<int:pk>/", views.see_plan, name="see_plan"),
    path("plans/<int:pk>/scores/", views.see_scores, name="see_scores"),
    path("plans/<int:pk>/export/", views.export_plan, name="export_plan"),
    path("plans/places/<str:place>/make/", views.make_plan, name="make_plan"),
    path("plans/places/<str:place>/budget/", views.set_budget, name="set_budget"),
]
