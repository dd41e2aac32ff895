"""The entry point for the server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
application = get_wsgi_application()

# Once the apps stand; each process of the server keeps its own.
from gongdi.apps.policy.warming import warm_aside  # noqa: E402

warm_aside()
