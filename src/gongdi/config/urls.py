"""Every address, app by app."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from gongdi.web import faults, writing
from gongdi.web.addresses import addresses_of

urlpatterns = [
    path("health/", faults.see_health, name="see_health"),
    path("writing/", writing.set_writing, name="set_writing"),
    addresses_of(f"gongdi.apps.{name}" for name in settings.HOUSE_APPS),
]
handler403 = "gongdi.web.faults.not_allowed"
handler404 = "gongdi.web.faults.not_found"
handler500 = "gongdi.web.faults.went_wrong"
