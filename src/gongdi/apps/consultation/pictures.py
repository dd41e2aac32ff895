"""Pictures of the menu: small scenes drawn for this project on a ground of 96 by 64, in four tones of the style sheet.

Each part is a tone and a path: `a` a filled light shape, `b` a filled stronger one, `w` a white one, `l` a line.
"""

from __future__ import annotations

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

_Part = tuple[str, str]
_GROUND: _Part = ("l", "M6 56H90")


def _box(x: int, y: int, wide: int, high: int) -> str:
    return f"M{x} {y}h{wide}v{high}h-{wide}z"


def _disc(x: int, y: int, r: int) -> str:
    return f"M{x - r} {y}a{r} {r} 0 1 0 {2 * r} 0a{r} {r} 0 1 0 -{2 * r} 0z"


def _windows(x: int, y: int, columns: int, rows: int) -> str:
    return "".join(_box(x + 10 * c, y + 10 * r, 5, 5) for c in range(columns) for r in range(rows))


_HOUSE: list[_Part] = [("a", _box(28, 14, 40, 42)), ("w", _windows(34, 20, 3, 3)), ("b", _box(44, 48, 8, 8)), _GROUND]
PICTURES: dict[str, list[_Part]] = {
    "building": [*_HOUSE, ("l", "M28 14h40v42h-40z M20 56V30 M76 56V30 M20 38h8 M68 38h8")],
    "roof": [
        ("a", _box(24, 32, 48, 24)), ("b", "M16 34L48 10l32 24z"), ("w", _box(32, 40, 9, 9) + _box(55, 40, 9, 9)),
        ("l", "M20 10l-3 6 M32 5l-3 6 M66 5l3 6 M78 10l3 6"), _GROUND,
    ],
    "facade": [
        *_HOUSE, ("b", _box(56, 14, 12, 34)), ("w", _box(60, 20, 5, 5) + _box(60, 30, 5, 5) + _box(60, 40, 5, 5)),
        ("l", "M76 8v36 M72 44h8v6h-8z M70 8h12"),
    ],
    "stairs": [("a", "M14 56V46h14V36h14V26h14V16h26v40z"), ("l", "M14 34l42-30h26 M28 24v12 M42 14v12 M56 4v12"),
               _GROUND],
    "lift": [
        ("a", _box(22, 8, 30, 48)), ("w", _windows(28, 14, 2, 4)), ("b", _box(58, 8, 20, 48)),
        ("w", _box(62, 34, 12, 18)), ("l", "M68 34v18 M64 24l4-5 4 5 M64 16h8"), _GROUND,
    ],
    "lighting": [
        ("a", "M52 20L34 56h40z"), ("b", "M46 16h16l-3 6h-10z"), ("l", "M28 56V10h22 M54 10v6 M22 56h12"),
        ("w", _disc(54, 26, 3)), _GROUND,
    ],
    "gate": [
        ("a", _box(14, 18, 16, 38) + _box(66, 18, 16, 38)), ("b", _box(30, 26, 36, 30)), ("w", _disc(72, 34, 4)),
        ("l", "M48 26v30 M44 42v4 M52 42v4 M10 18h24 M62 18h24"), _GROUND,
    ],
    "demolition": [
        ("a", "M20 56V30l18-10v36z"), ("b", "M38 56V34l14 8v14z"), ("w", _box(25, 36, 6, 6)),
        ("l", "M86 10L64 30 M58 24l12 12 M58 50l8 6 M72 48l4 8 M54 30l-4-5 M60 40l6 2"), _GROUND,
    ],
    "interior": [
        ("a", _box(14, 12, 68, 44)), ("b", "M24 42h30v8h-30z M22 34h6v16h-6z M50 34h6v16h-6z"),
        ("w", _box(62, 20, 12, 14)), ("l", "M40 12v8 M34 26l3-6h6l3 6z M14 56h68"),
    ],
    "pipes": [
        ("a", _box(8, 26, 80, 30)), ("b", "M8 36h30v8h-30z M46 44v12h8v-12h34v-8h-50v8z"), ("w", _box(36, 32, 6, 16)),
        ("l", "M8 26h80 M22 26v-8h8 M30 14v8 M68 26V12 M62 12h12"),
    ],
    "power": [("a", _disc(48, 32, 24)), ("b", "M52 12L34 36h12l-4 18 20-26h-13z"),
              ("l", "M8 14h12 M8 50h12 M76 14h12 M76 50h12")],
    "gas": [
        ("a", _box(20, 34, 56, 16)),
        ("b", "M48 6c8 8 12 13 12 19a12 12 0 0 1-24 0c0-5 4-8 6-12 2 3 4 4 5 3 1-2 1-6 1-10z"),
        ("w", "M48 22c3 4 5 6 5 9a5 5 0 0 1-10 0c0-3 3-5 5-9z"), ("l", "M14 42h6 M76 42h6 M30 50v6 M66 50v6"), _GROUND,
    ],
    "heat": [
        ("a", _box(20, 26, 56, 26)), ("b", "".join(_box(24 + 10 * n, 26, 5, 26) for n in range(5))),
        ("l", "M30 18c-4-4 4-6 0-12 M48 18c-4-4 4-6 0-12 M66 18c-4-4 4-6 0-12 M14 46h6 M76 46h6"), _GROUND,
    ],
    "cable": [
        ("a", _box(26, 12, 44, 30)), ("w", _box(31, 17, 34, 20)), ("b", "M38 56h20v-4h-20z M46 42h4v10h-4z"),
        ("l", "M42 32a8 8 0 0 1 12 0 M38 27a14 14 0 0 1 20 0 M8 50c12 0 14-16 18-24 M88 50c-12 0-14-16-18-24"),
    ],
    "road": [
        ("a", "M38 8h20l26 48H12z"), ("w", "M46 12h4l1 8h-6z M45 26h6l1 10h-8z M43 42h10l1 14H42z"),
        ("b", _disc(16, 20, 8) + _box(14, 26, 4, 10)), ("l", "M38 8L12 56 M58 8l26 48"), _GROUND,
    ],
    "rain": [
        ("b", "M28 24a9 9 0 0 1 4-17a13 13 0 0 1 24 2a8 8 0 0 1 6 15z"), ("a", "M8 56c10-12 26-14 40-8s28 2 40-4v12z"),
        ("l", "M34 30l-2 6 M46 30l-2 6 M58 30l-2 6 M70 42v-10 M70 36l-5-4 M70 34l5-4"), _GROUND,
    ],
    "fire": [
        ("a", _box(12, 12, 30, 44)), ("w", _box(17, 18, 20, 14)), ("b", _box(56, 24, 20, 32)),
        ("w", _box(60, 34, 12, 10)),
        ("l", "M66 24v-8 M58 16h16 M74 16c8 2 8 8 8 20 M22 40h10 M22 46h10"), _GROUND,
    ],
    "parking": [
        ("a", _box(12, 8, 24, 24)), ("l", "M24 32v24 M20 27V14h5a4 4 0 0 1 0 8h-5"),
        ("b", "M42 44l5-12h24l7 12h8v8H40v-8z"), ("w", "M50 35h8v8h-11z M61 35h8l5 8h-13z"),
        ("l", f"{_disc(51, 52, 4)} {_disc(77, 52, 4)}"), _GROUND,
    ],
    "charging": [
        ("a", _box(14, 12, 24, 44)), ("w", _box(19, 18, 14, 10)), ("b", "M28 34l-7 10h5l-2 8 8-11h-5z"),
        ("l", f"M38 44h6V28l6-4 {_disc(58, 50, 6)} {_disc(82, 50, 6)} M58 50l8-16h10l6 16 M66 34h-6 M76 34v-6h5"),
        _GROUND,
    ],
    "barrier": [
        ("a", "M10 56L66 36h20v20z"), ("b", _disc(38, 14, 5)),
        ("l", f"M38 20v12h10l6 10 M38 26h9 {_disc(40, 38, 9)} M66 36V18h20 M86 18v18"), _GROUND,
    ],
    "green": [
        ("b", _disc(32, 24, 15)), ("a", _disc(62, 32, 12) + _disc(76, 42, 8)),
        ("l", "M32 56V24 M32 38l7-6 M62 56V34 M76 56V44 M14 50h12 M14 46h12 M16 50v6 M24 50v6"), _GROUND,
    ],
    "security": [
        ("a", _box(12, 34, 26, 22)), ("b", "M40 12l38 8-3 14-38-8z"), ("w", _disc(70, 26, 4)),
        ("l", "M56 31v10h-8 M48 34v14 M78 22l8 2 M78 32l6 4 M18 42h14 M18 48h14"), _GROUND,
    ],
    "waste": [
        ("a", "M10 20L48 6l38 14z"), ("b", "M18 30h16l-2 26H20z M62 30h16l-2 26H64z"), ("a", "M40 30h16l-2 26H42z"),
        ("l", "M16 30h20 M38 30h20 M60 30h20 M24 38v10 M48 38v10 M70 38v10"), _GROUND,
    ],
    "toilet": [
        ("a", _box(14, 10, 68, 46)), ("b", f"{_disc(34, 22, 5)}M27 30h14v12h-3v10h-8V42h-3z"),
        ("w", f"{_disc(62, 22, 5)}M58 30h8l5 16h-5v6h-8v-6h-5z"), ("l", "M48 14v38"), _GROUND,
    ],
    "board": [("a", _box(14, 10, 68, 34)), ("w", _box(20, 16, 26, 22) + _box(52, 16, 24, 10)),
              ("l", "M24 22h18 M24 28h18 M24 34h10 M52 32h24 M52 38h16 M24 44v12 M72 44v12"), _GROUND],
    "leisure": [
        ("a", "M48 6L16 22h64z"), ("b", _box(34, 40, 28, 4)), ("w", _disc(48, 16, 3)),
        ("l", f"M22 22v34 M74 22v34 M48 44v12 M30 56v-8h-6 M66 56v-8h6 {_disc(30, 38, 4)} {_disc(66, 38, 4)}"), _GROUND,
    ],
    "sports": [
        ("a", _box(10, 50, 76, 6)), ("b", _disc(38, 16, 5)),
        ("l", "M38 22v14 M38 26l-12 4 M38 26l12-6 M38 36l-8 14 M38 36l10 14 M66 50V12h14v38 M66 20h14 M54 24h8"),
        _GROUND,
    ],
    "elderly": [
        ("b", _disc(40, 14, 6)), ("a", "M30 24h18l4 32H28z"), ("l", "M48 28l10 8v20 M56 36h6 M34 56v-8 M44 56v-8"),
        ("b", "M76 22c-5-8-15-1-8 6l8 8 8-8c7-7-3-14-8-6z"), _GROUND,
    ],
    "childcare": [
        ("b", _disc(32, 20, 7)), ("a", "M24 30h16l4 26H20z"), ("l", "M40 34l12 6 M28 56v-6 M36 56v-6"),
        ("a", _box(56, 38, 18, 18)), ("b", "M56 38l9-12 9 12z"), ("l", f"{_disc(80, 18, 6)} M80 24c-4 6 4 8 0 14"),
        _GROUND,
    ],
    "service": [
        ("a", _box(16, 24, 64, 32)), ("b", "M12 24l8-12h56l8 12z"), ("w", _box(24, 32, 20, 12) + _box(56, 32, 14, 24)),
        ("l", "M24 50h20 M66 44v3 M34 32v12"), _GROUND,
    ],
    "health": [
        ("a", _box(18, 18, 60, 38)), ("b", "M42 26h12v8h8v12h-8v8H42v-8h-8V34h8z"),
        ("l", "M18 18h60v38h-60z M38 18v-8h20v8"),
        _GROUND,
    ],
    "meal": [
        ("b", "M18 34h60c0 12-10 18-20 20H38C28 52 18 46 18 34z"), ("a", _box(14, 30, 68, 4)),
        ("l", "M36 24c-4-4 4-6 0-12 M48 24c-4-4 4-6 0-12 M60 24c-4-4 4-6 0-12 M74 30L88 10 M70 30L82 8"), _GROUND,
    ],
    "courier": [
        ("a", _box(16, 12, 40, 44)), ("w", _box(20, 16, 14, 10) + _box(38, 16, 14, 10) + _box(20, 30, 32, 8)),
        ("b", _box(60, 34, 24, 22)), ("w", _box(69, 34, 6, 8)), ("l", "M20 44h14 M38 44h14 M20 50h14 M38 50h14"),
        _GROUND,
    ],
    "shop": [
        ("a", _box(16, 26, 64, 30)),
        ("b", "M12 26l6-14h60l6 14" + "c-4 6-10 6-14.4 0" * 5 + "z"),
        ("w", _box(24, 38, 24, 12) + _box(58, 38, 14, 18)), ("l", "M36 38v12"), _GROUND,
    ],
}  # fmt: skip


def picture(kind: str, about: str) -> SafeString:
    """A picture as inline SVG, with the words that stand for it."""
    parts = format_html_join("", '<path class="c-{}" d="{}"/>', PICTURES.get(kind, PICTURES["building"]))
    return format_html('<svg class="c-picture" viewBox="0 0 96 64" role="img" aria-label="{}">{}</svg>', about, parts)
