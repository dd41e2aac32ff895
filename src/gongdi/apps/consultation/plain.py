"""The items of the common catalogue in plain words for residents, and which picture stands for each."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class PlainItem:
    """An item as a neighbour would say it: picture, name, one sentence."""

    picture: str
    name: str
    sentence: str


@cache
def plain_items() -> dict[str, PlainItem]:
    """By item code; every item of the dictionary stands here (held by a test)."""
    with (Path(__file__).parent / "plain_items.csv").open(encoding="utf-8", newline="") as lines:
        return {row["item"]: PlainItem(row["picture"], row["name"], row["sentence"]) for row in csv.DictReader(lines)}
