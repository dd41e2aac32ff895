"""Addresses of the policy pages."""

from django.urls import path

from gongdi.apps.policy import draft_views, views

app_name = "policy"
urlpatterns = [
    path("policy/", views.see_packs, name="see_packs"),
    path("policy/survey/", views.see_survey, name="see_survey"),
    path("policy/compare/", views.compare_packs, name="compare_packs"),
    path("policy/compare/export/", views.export_comparison, name="export_comparison"),
    path("policy/coverage/", views.see_coverage, name="see_coverage"),
    path("policy/coverage/export/", views.export_coverage, name="export_coverage"),
    path("policy/documents/", views.see_documents, name="see_documents"),
    path("policy/documents/export/", views.export_documents, name="export_documents"),
    path("policy/places/<str:place>/", views.set_pack, name="set_pack"),
    path("policy/records/<int:pk>/", views.see_record, name="see_record"),
    path("policy/drafts/", draft_views.see_drafts, name="see_drafts"),
    path("policy/drafts/<int:pk>/", draft_views.see_draft, name="see_draft"),
    path("policy/drafts/<int:pk>/export/", draft_views.export_draft, name="export_draft"),
    path("policy/drafts/<int:pk>/discard/", draft_views.discard_draft, name="discard_draft"),
    path("policy/packs/<slug:slug>/export/", draft_views.export_pack, name="export_pack"),
    path("policy/packs/<slug:slug>/", views.see_pack, name="see_pack"),
    path("policy/packs/<slug:slug>/<slug:decision>/", views.see_table, name="see_table"),
    path("compounds/<int:pk>/decisions/<slug:decision>/", views.see_decision, name="see_decision"),
    path("compounds/<int:pk>/decisions/<slug:decision>/store/", views.store_decision, name="store_decision"),
]
