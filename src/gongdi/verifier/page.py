"""The verifier as one page (验票网页): the shell with the script set into it, to be saved and opened offline."""

from __future__ import annotations

from pathlib import Path

HERE = Path(__file__).resolve().parent


def page_html() -> str:
    """The whole page in one file."""
    shell, script = (HERE / name for name in ("shell.html", "verify.js"))
    return shell.read_text(encoding="utf-8").replace("/*VERIFIER*/", script.read_text(encoding="utf-8"))


def program() -> bytes:
    """`verify.py` as it stands."""
    return (HERE / "verify.py").read_bytes()
