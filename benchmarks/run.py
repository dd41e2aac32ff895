"""Run the benchmarks and write docs/benchmarks.md: `python benchmarks/run.py [name …]`."""

from __future__ import annotations

import os
import platform
import sys
from datetime import UTC, datetime
from importlib import import_module, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

CLAIMS = ("decisions_at_size", "one_decision", "plans", "recount")
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


def main() -> None:
    """Run what is named, or everything, and write the page."""
    names = sys.argv[1:] or CLAIMS
    sections = [claim.markdown() for name in names for claim in import_module(f"benchmarks.{name}").run()]
    head = "# Benchmarks\n\nMedians after a warm-up, peers in the same run. Times are one machine's; ratios travel.\n"
    page = "\n".join([head, machine(), "", *sections])
    print(page)
    if not sys.argv[1:]:
        (ROOT / "docs" / "benchmarks.md").write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
