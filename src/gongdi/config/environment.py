"""What the surroundings decide: the data folder, the database, the secret key. Read once, when settings load."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from gongdi.web.key_files import read_or_make

SQLITE_STARTUP = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA busy_timeout=20000; "
    # 16 MiB a connection, and each thread keeps one; what writes a city's roll takes more (web/bulk.py).
    "PRAGMA cache_size=-16384"
)


def data_dir() -> Path:
    """The folder that holds the database and the secret key (`GONGDI_DATA_DIR`, else ./var), made when lacking."""
    folder = Path(os.environ.get("GONGDI_DATA_DIR") or "var").resolve()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def secret_key(folder: Path) -> str:
    """The key that signs sessions: made once, kept in the data folder, readable by its owner alone."""
    return read_or_make(folder / "secret_key", lambda: secrets.token_urlsafe(64))


def sealing_key_file(folder: Path) -> Path:
    """The file of the keys that seal personal data (`GONGDI_SEALING_KEY_FILE`, else in the data folder)."""
    from gongdi.web.sealing import make_key_file

    given = os.environ.get("GONGDI_SEALING_KEY_FILE")
    path = Path(given).resolve() if given else folder / "sealing_keys"
    if not given:
        make_key_file(path)
    return path


def database(url: str, folder: Path) -> dict[str, Any]:
    """The database settings: PostgreSQL when a URL is given, else SQLite in the data folder.

    The URL reads `postgresql://user:password@host:port/name`; a socket folder goes in `?host=/path`.
    Where a pool hands connections on after each transaction, `?pooled=transaction` says so.
    """
    if not url:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(folder / "gongdi.sqlite3"),
            # Kept by its thread: closing the last connection writes the whole log back, several fsyncs for each page.
            "CONN_MAX_AGE": 60,
            "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 20, "init_command": SQLITE_STARTUP},
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgresql", "postgres") or not parts.path.strip("/"):
        raise ValueError("GONGDI_DATABASE_URL 应写成 postgresql://用户:口令@主机:端口/库名")
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "DISABLE_SERVER_SIDE_CURSORS": options.pop("pooled", "") == "transaction",
        "OPTIONS": options,
    }


def switched_on(name: str) -> bool:
    """Whether an environment switch is set to 1, true or yes."""
    return os.environ.get(name, "").lower() in ("1", "true", "yes")


def whole_number(name: str, default: int, *, least: int) -> int:
    """A whole number from the surroundings, at least `least`.

    Raises:
        ValueError: it is none, or smaller.
    """
    told = os.environ.get(name, "").strip()
    if not told:
        return default
    if not told.isdecimal() or int(told) < least:
        raise ValueError(f"{name} 应为不小于 {least} 的整数，现在是 {told}")
    return int(told)


def one_of(name: str, choices: tuple[str, ...]) -> str:
    """One of a few words from the surroundings, the first by default.

    Raises:
        ValueError: it is another word.
    """
    told = os.environ.get(name, "").strip() or choices[0]
    if told not in choices:
        raise ValueError(f"{name} 应为 {'、'.join(choices)} 之一，现在是 {told}")
    return told


def text_of_file(name: str) -> str:
    """The text of the file that a variable names, without blanks around it; "" when it names none.

    Raises:
        ValueError: the file cannot be read.
    """
    path = os.environ.get(name, "").strip()
    if not path:
        return ""
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as problem:
        raise ValueError(f"{name} 所指的文件 {path} 不能读取：{problem.strerror}") from problem


def message_gateway(*, https: bool) -> str:
    """Which gateway sends residents their codes.

    Raises:
        ValueError: the trial gateway where the site is open to the public, or `http` without an address.
    """
    told = os.environ.get("GONGDI_MESSAGE_GATEWAY", "").strip()
    if told == "screen" and https:
        raise ValueError("GONGDI_MESSAGE_GATEWAY=screen 只供试用，会把验证码显示在页面上，不能与 GONGDI_HTTPS 同用。")
    if told == "http" and not os.environ.get("GONGDI_MESSAGE_URL", "").startswith(("https://", "http://127.0.0.1")):
        raise ValueError("GONGDI_MESSAGE_GATEWAY=http 还需 GONGDI_MESSAGE_URL，写 https:// 开头的短信服务地址。")
    return told
