"""Addresses of the dwellings pages."""

from django.urls import path

from gongdi.apps.dwellings.views import buildings, owners, rolls

app_name = "dwellings"
urlpatterns = [
    path("compounds/<int:pk>/buildings/", buildings.see_buildings, name="see_buildings"),
    path("compounds/<int:pk>/buildings/record/", buildings.record_building, name="record_building"),
    path("compounds/<int:pk>/buildings/complete/", buildings.declare_complete, name="declare_complete"),
    path("compounds/<int:pk>/roll/", rolls.see_roll, name="see_roll"),
    path("compounds/<int:pk>/roll/export/", rolls.export_roll, name="export_roll"),
    path("compounds/<int:pk>/roll/upload/", rolls.upload_roll, name="upload_roll"),
    path("buildings/<int:pk>/", buildings.see_building, name="see_building"),
    path("buildings/<int:pk>/dwellings/add/", buildings.add_dwelling, name="add_dwelling"),
    path("dwellings/<int:pk>/", buildings.see_dwelling, name="see_dwelling"),
    path("dwellings/<int:pk>/correct/", buildings.correct_dwelling, name="correct_dwelling"),
    path("dwellings/<int:pk>/end/", buildings.end_dwelling, name="end_dwelling"),
    path("dwellings/<int:pk>/transfer/", buildings.record_transfer, name="record_transfer"),
    path("owners/search/", owners.search_owner, name="search_owner"),
    path("owners/<int:pk>/", owners.see_owner, name="see_owner"),
    path("owners/<int:pk>/merge/", owners.merge_owner, name="merge_owner"),
    path("owners/<int:pk>/correct/", owners.correct_owner, name="correct_owner"),
    path("owners/<int:pk>/reveal/", owners.reveal_owner, name="reveal_owner"),
    path("rolls/", rolls.see_rolls, name="see_rolls"),
    path("rolls/blank/", rolls.export_blank, name="export_blank"),
    path("rolls/<int:pk>/", rolls.see_import, name="see_import"),
    path("rolls/<int:pk>/problems/", rolls.export_problems, name="export_problems"),
    path("rolls/<int:pk>/keep/", rolls.keep_roll, name="keep_roll"),
    path("rolls/<int:pk>/discard/", rolls.discard_roll, name="discard_roll"),
    path("rolls/<int:pk>/undo/", rolls.undo_roll, name="undo_roll"),
]
