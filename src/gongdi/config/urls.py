"""Every address, app by app."""

from __future__ import annotations

from django.conf import settings
from django.urls import include, path

from gongdi.web import faults, writing

urlpatterns = [
    path("health/", faults.see_health, name="see_health"),
    path("writing/", writing.set_writing, name="set_writing"),
    *(path("", include(f"gongdi.apps.{name}.urls")) for name in settings.HOUSE_APPS),
]
handler403 = "gongdi.web.faults.not_allowed"
handler404 = "gongdi.web.faults.not_found"
handler500 = "gongdi.web.faults.went_wrong"
