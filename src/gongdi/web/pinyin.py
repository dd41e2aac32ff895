"""How a Chinese name sounds, for search and for order."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin


def sound(name: str) -> tuple[str, str]:
    """The full pinyin and the initials of a name, in small letters without spaces: 梅堰 gives meiyan and my."""
    full = "".join(lazy_pinyin(name)).lower().replace(" ", "")
    initials = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower().replace(" ", "")
    return full[:300], initials[:100]
