"""Addresses of yearly registers."""

from django.urls import path

from gongdi.apps.registers import views

app_name = "registers"
urlpatterns = [
    path("registers/", views.see_registers, name="see_registers"),
    path("registers/open/", views.open_register, name="open_register"),
    path("registers/<int:pk>/", views.see_register, name="see_register"),
    path("registers/<int:pk>/export/", views.export_register, name="export_register"),
    path("registers/<int:pk>/add/", views.add_to_register, name="add_to_register"),
    path("registers/<int:pk>/publish/", views.publish_register, name="publish_register"),
    path("registers/lines/<int:pk>/remove/", views.remove_from_register, name="remove_from_register"),
]
