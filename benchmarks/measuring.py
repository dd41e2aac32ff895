"""How the benchmarks measure and report: medians of several runs, ratios against the peer of the same run."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class Claim:
    """One claim with its figures."""

    title: str
    work: str
    target: str
    rows: list[tuple[str, float, str]] = field(default_factory=list)
    """Who ran, median seconds, remark; our own first."""
    notes: list[str] = field(default_factory=list)

    def markdown(self) -> str:
        """The claim as a section of the page."""
        own = self.rows[0][1]
        lines = [f"## {self.title}", "", self.work, "", f"Target: {self.target}", ""]
        lines += ["| who | median | against Gongdi | remark |", "| --- | ---: | ---: | --- |"]
        lines += [f"| {who} | {shown(seconds)} | {seconds / own:.2f} x | {note} |" for who, seconds, note in self.rows]
        return "\n".join([*lines, "", *(f"- {note}" for note in self.notes), ""])


def shown(seconds: float) -> str:
    """Seconds for a reader."""
    return f"{seconds * 1000:.2f} ms" if seconds < 1 else f"{seconds:.2f} s"


def median_seconds(work: Callable[[], object], runs: int = 31) -> float:
    """The median of several runs after one to warm up."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)
