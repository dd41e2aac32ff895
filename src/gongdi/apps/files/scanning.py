"""The city's own virus scanner (查毒): a setting, none by default.

GONGDI_FILE_SCANNER is a command, told by a slash or a blank in it (`/usr/bin/clamdscan --no-summary --fdpass`): the
file's path is put at its end, 0 means clean, 1 refused, anything else that it could not look. Or it is a dotted path to
a callable that takes a Path and gives the reason for refusing, or "".
"""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.module_loading import import_string

from gongdi.apps.files.checking import RefusedFileError

SECONDS = 60
_CANNOT = "查毒程序暂时不能用，文件没有收下。请稍后再传；一直不行请联系系统管理员。"


def scan(content: bytes) -> None:
    """Let the scanner look at a file; nothing happens when none is set.

    Raises:
        RefusedFileError: the scanner refuses it, or could not look.
    """
    scanner = settings.FILE_SCANNER
    if not scanner:
        return
    with tempfile.TemporaryDirectory(prefix="gongdi-scan-") as folder:
        path = Path(folder) / "file"
        path.write_bytes(content)
        reason = _by_command(scanner, path) if "/" in scanner or " " in scanner else import_string(scanner)(path)
    if reason:
        raise RefusedFileError(f"查毒程序认为文件不安全（{reason}），没有收下。请检查您的电脑或手机后换一份再传。")


def _by_command(command: str, path: Path) -> str:
    try:
        done = subprocess.run(
            [*shlex.split(command), str(path)], capture_output=True, text=True, timeout=SECONDS, check=False,
            errors="replace",
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired, ValueError):
        raise RefusedFileError(_CANNOT) from None
    if done.returncode == 0:
        return ""
    if done.returncode != 1:
        raise RefusedFileError(_CANNOT)
    first = next(iter(done.stdout.strip().splitlines()), "未说明")
    return first.replace(str(path), "文件")[:100]
