"""Addresses of attachments."""

from django.urls import path

from gongdi.apps.files import views

app_name = "files"
urlpatterns = [
    path("files/<int:pk>/", views.see_attachment, name="see_attachment"),
    path("files/<int:pk>/photo/", views.show_photo, name="show_photo"),
    path("files/<int:pk>/thumbnail/", views.show_thumbnail, name="show_thumbnail"),
    path("files/<int:pk>/download/", views.download_attachment, name="download_attachment"),
    path("files/<int:pk>/original/", views.see_original, name="see_original"),
    path("files/<int:pk>/withdraw/", views.withdraw_attachment, name="withdraw_attachment"),
]
