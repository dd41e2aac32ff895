"""The few signs used in pages: strokes on a grid of 24, drawn for this project."""

from __future__ import annotations

ICONS = {
    "dot": "M12 9a3 3 0 1 0 0 6a3 3 0 0 0 0-6z",
    "desk": "M4 6h16v12H4z M8 10l2 2 4-4 M8 15h8",
    "pool": "M4 20V9l8-5 8 5v11z M9 20v-6h6v6",
    "board": "M4 5h4v14H4z M10 5h4v9h-4z M16 5h4v11h-4z",
    "register": "M4 5h16v14H4z M4 10h16 M4 14.5h16 M10 5v14",
    "map": "M12 21c-4-5-6-8-6-11a6 6 0 0 1 12 0c0 3-2 6-6 11z M12 8a2 2 0 1 0 0 4a2 2 0 0 0 0-4z",
    "policy": "M6 3h9l4 4v14H6z M9 11h7 M9 15h7",
    "plan": "M4 6h16v14H4z M4 10h16 M8 3v5 M16 3v5 M8 15h3",
    "upload": "M12 16V5 M7 9l5-5 5 5 M4 16v4h16v-4",
    "download": "M12 4v11 M7 11l5 5 5-5 M4 16v4h16v-4",
    "audit": "M12 3l8 3v6c0 5-4 8-8 9c-4-1-8-4-8-9V6z M9 12l2 2 4-4",
    "people": "M9 5a3 3 0 1 0 0 6a3 3 0 0 0 0-6z M3 20c0-4 3-6 6-6s6 2 6 6 M16 6a3 3 0 0 1 0 5 M17 14c3 1 4 3 4 6",
    "search": "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 0 0 0-13z M15.5 15.5L21 21",
    "menu": "M4 6h16 M4 12h16 M4 18h16",
    "close": "M6 6l12 12 M18 6L6 18",
    "print": "M7 9V4h10v5 M7 17H4V9h16v8h-3 M7 14h10v6H7z",
    "in": "M5 12.5l5 5L19 7",
    "reserve": "M6 4h12v16l-6-4-6 4z",
    "optional": "M12 5v14 M5 12h14",
    "out": "M6 12h12",
    "undetermined": "M8.5 9a3.5 3.5 0 1 1 5 3.2c-1 .6-1.5 1.2-1.5 2.3 M12 18v.5",
    "warning": "M12 4L2.5 20h19z M12 10v5 M12 17.5v.5",
    "clock": "M12 4a8 8 0 1 0 0 16a8 8 0 0 0 0-16z M12 8v4.5l3 2",
    "arrow": "M5 12h14 M13 6l6 6-6 6",
    "history": "M5 12a7.5 7.5 0 1 0 2.5-5.5L4 9 M4 4v5h5 M12 8v4.5l3 2",
    "key": "M8 11a4 4 0 1 0 0 8a4 4 0 0 0 0-8z M11 12.5L20 4 M16 8l3 3",
    "edit": "M5 19l1-4L16 5l3 3L9 18z",
}
