"""Addresses of the chain."""

from django.urls import path

from gongdi.apps.audit import views

app_name = "audit"
urlpatterns = [
    path("audit/", views.see_events, name="see_events"),
    path("audit/export/", views.export_events, name="export_events"),
    path("audit/verify/", views.verify_chain, name="verify_chain"),
]
