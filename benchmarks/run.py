"""Run the benchmarks and write docs/benchmarks.md: `python benchmarks/run.py [name …]`.

Each claim is a section under its title; naming some runs those alone. pages.py wants a city first and stands apart."""

from __future__ import annotations

import os
import platform
import re
import sys
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

PAGE = ROOT / "docs" / "benchmarks.md"
CLAIMS = ("decisions_at_size", "one_decision", "plans", "what_if", "recount", "dwelling_roll", "ballots_in")
PEERS = ("polars", "numpy", "highspy", "openfisca-core", "ortools", "sqlglot", "zen-engine")


def machine() -> str:
    """What this ran on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    versions = ", ".join(f"{name} {metadata.version(name)}" for name in PEERS if _installed(name))
    hardware = f"{os.cpu_count()} cores ({platform.machine()}), {memory:.0f} GiB"
    day = f"{datetime.now(UTC):%Y-%m-%d}, load {os.getloadavg()[0]:.1f}"
    return f"{hardware}, Python {platform.python_version()}; {versions}. {day}."


def _installed(name: str) -> bool:
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def sections_of(page: str) -> tuple[str, dict[str, str]]:
    """The head of the page, and its sections by their titles."""
    head, *parts = re.split(r"^(?=## )", page, flags=re.MULTILINE)
    return head, {part.splitlines()[0].removeprefix("## "): part.strip() + "\n" for part in parts}


def main() -> None:
    """Run what is named, or everything; sections of other claims stay on the page as they are."""
    names = sys.argv[1:] or CLAIMS
    head, found = sections_of(PAGE.read_text(encoding="utf-8"))
    for name in names:
        for claim in import_module(f"benchmarks.{name}").run():
            claim.notes.append(f"Run on {machine()}")
            found[claim.title] = claim.markdown().strip() + "\n"
            print(found[claim.title])
            PAGE.write_text("\n".join([head, *found.values()]), encoding="utf-8")


if __name__ == "__main__":
    main()
