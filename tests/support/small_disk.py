"""A small disk for a database of PostgreSQL: a tablespace on a file system of its own, filled and made free again."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

SIZE = 128
"""MB: the empty tables of the house take some forty."""
ROOM_LEFT = 400_000


@contextmanager
def small_disk(server: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """The name of a tablespace on it, and where it is mounted; skips the test where none can be mounted."""
    name, disk = f"small_{uuid4().hex}", folder / "disk"
    disk.mkdir()
    if os.geteuid() != 0:
        pytest.skip("only root may mount a file system")
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={SIZE}m", "tmpfs", disk], capture_output=True, text=True
    )
    if done.returncode:
        pytest.skip(f"no file system can be mounted here: {done.stderr.strip()}")
    try:
        place = disk / "tables"
        place.mkdir()
        for each in (folder, *folder.parents):  # the server must be able to reach it
            if each.owner() == "root" and each != Path("/"):
                each.chmod(each.stat().st_mode | 0o011)
        with psycopg.connect(server, autocommit=True) as link:
            try:
                shutil.chown(place, "postgres", "postgres")
                link.execute(f"CREATE TABLESPACE {name} LOCATION '{place}'")  # type: ignore[call-overload]
            except (LookupError, psycopg.Error) as why:
                pytest.skip(f"the server cannot use a file system that is mounted here: {why}")
            yield name, disk
            for (base,) in link.execute(
                "SELECT datname FROM pg_database JOIN pg_tablespace t ON dattablespace = t.oid WHERE spcname = %s",
                [name],
            ).fetchall():
                link.execute(f"DROP DATABASE {base} WITH (FORCE)")
            link.execute(f"DROP TABLESPACE {name}")  # type: ignore[call-overload]
    finally:
        subprocess.run(["umount", "-l", disk], check=True)


@contextmanager
def nearly_full(disk: Path) -> Iterator[None]:
    """Take all its room but a little, and give it back."""
    ballast, free = disk / "ballast", shutil.disk_usage(disk).free
    with open(ballast, "wb") as file:
        for _ in range((free - ROOM_LEFT) // 65_536):
            file.write(bytes(65_536))
    try:
        yield
    finally:
        ballast.unlink()
