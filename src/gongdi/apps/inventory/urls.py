"""Addresses of the findings' pages."""

from django.urls import path

from gongdi.apps.inventory import views

app_name = "inventory"
urlpatterns = [
    path("compounds/<int:pk>/findings/", views.see_findings, name="see_findings"),
    path("compounds/<int:pk>/findings/<slug:key>/record/", views.record_finding, name="record_finding"),
    path("findings/<slug:key>/<int:pk>/withdraw/", views.withdraw_finding, name="withdraw_finding"),
    path("inspections/<int:pk>/treat/", views.treat_risk, name="treat_risk"),
    path("risks/", views.see_risks, name="see_risks"),
    path("spaces/", views.see_spaces, name="see_spaces"),
    path("spaces/export/", views.export_spaces, name="export_spaces"),
]
