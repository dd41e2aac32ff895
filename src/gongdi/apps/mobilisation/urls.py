"""Addresses of reach and visits."""

from django.urls import path

from gongdi.apps.mobilisation import views

app_name = "mobilisation"
urlpatterns = [
    path("mobilisation/", views.see_drives, name="see_drives"),
    path("mobilisation/<slug:kind>/<int:pk>/", views.see_reach, name="see_reach"),
    path("mobilisation/<slug:kind>/<int:pk>/print/", views.print_doors, name="print_doors"),
    path("mobilisation/<slug:kind>/<int:pk>/<int:dwelling>/visit/", views.record_visit, name="record_visit"),
]
