"""Settings of the tests: SQLite in memory, or PostgreSQL when `GONGDI_DATABASE_URL` is set."""

from __future__ import annotations

import os
import tempfile

os.environ.setdefault("GONGDI_DATA_DIR", tempfile.mkdtemp(prefix="gongdi-test-"))

from gongdi.config.settings import *  # noqa: F403

SECRET_KEY = "only for tests"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
MESSAGE_GATEWAY = "screen"
# Workers that share a folder would take each other's files away.
UPLOADS_DIR = DATA_DIR / "uploads" / os.environ.get("PYTEST_XDIST_WORKER", "alone")  # noqa: F405
