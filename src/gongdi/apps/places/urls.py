"""Addresses of the pool's pages."""

from django.urls import path

from gongdi.apps.places.views import board, compound, divisions, map, register, rosters

app_name = "places"
urlpatterns = [
    path("pool/board/", board.see_board, name="see_board"),
    path("pool/register/", register.see_register, name="see_register"),
    path("pool/register/export/", register.export_register, name="export_register"),
    path("pool/register/views/save/", register.save_view, name="save_view"),
    path("pool/register/views/<int:pk>/delete/", register.delete_view, name="delete_view"),
    path("pool/map/", map.see_map, name="see_map"),
    path("compounds/<int:pk>/", compound.see_compound, name="see_compound"),
    path("compounds/<int:pk>/move/", board.move_compound, name="move_compound"),
    path("compounds/<int:pk>/facts/<slug:name>/record/", compound.record_fact, name="record_fact"),
    path("rosters/", rosters.see_rosters, name="see_rosters"),
    path("rosters/<int:pk>/", rosters.see_roster, name="see_roster"),
    path("rosters/<int:pk>/keep/", rosters.keep_roster, name="keep_roster"),
    path("rosters/<int:pk>/discard/", rosters.discard_roster, name="discard_roster"),
    path("rosters/<int:pk>/undo/", rosters.undo_roster, name="undo_roster"),
    path("divisions/", divisions.see_divisions, name="see_divisions"),
    path("divisions/changes/record/", divisions.record_change, name="record_change"),
    path("divisions/<int:pk>/codes/map/", divisions.map_code, name="map_code"),
    path("divisions/<int:pk>/remap/", divisions.remap_division, name="remap_division"),
]
