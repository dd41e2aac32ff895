"""A database of its own for processes that a test starts: none shares it with another test that runs meanwhile."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4


def surroundings(folder: Path, tablespace: str = "pg_default") -> dict[str, str]:
    """What a process finds: a folder of its own, a database of its own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GONGDI_", "DJANGO_"))}
    kept |= {"GONGDI_DATA_DIR": str(folder), "DJANGO_SETTINGS_MODULE": "gongdi.config.settings"}
    server = os.environ.get("GONGDI_DATABASE_URL")
    if server:
        import psycopg

        name = f"alone_{uuid4().hex}"
        with psycopg.connect(server, autocommit=True) as link:
            link.execute(f"CREATE DATABASE {name} TABLESPACE {tablespace}")  # type: ignore[call-overload]
        kept["GONGDI_DATABASE_URL"] = urlsplit(server)._replace(path=f"/{name}").geturl()
    return kept
