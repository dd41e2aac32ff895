"""What is wrong in a file that somebody sent: where it stands, why it matters, what to do."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Severity = Literal["error", "warning"]
Sureness = Literal["sure", "likely", "guess"]
"""How sure a reading is (把握): as written, by a stated rule, or by a guess that somebody should look at."""

MAX_PROBLEMS = 10_000
"""Problems kept for one file; past that only their number is told."""

SHOWN_CHARACTERS = 200
"""Characters of a cell that a problem quotes."""


def least_sure(*readings: Sureness) -> Sureness:
    """The weakest of several readings: a figure is as sure as its weakest part."""
    if "guess" in readings:
        return "guess"
    return "likely" if "likely" in readings else "sure"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong in a file (问题).

    `cell` is a reference such as "C12", or "" for the sheet or the file as a whole. An error stops an import; a
    warning names a figure that stays unknown or should be looked at.
    """

    sheet: str
    cell: str
    value: str
    why: str
    remedy: str
    severity: Severity = "error"

    @property
    def is_error(self) -> bool:
        """Whether it stops an import."""
        return self.severity == "error"


class CannotReadError(Exception):
    """The file as a whole cannot be read; carries the problem that says why."""

    def __init__(self, why: str, remedy: str, *, sheet: str = "", cell: str = "", value: str = "") -> None:
        super().__init__(why)
        self.problem = Problem(sheet, cell, value[:SHOWN_CHARACTERS], why, remedy)


@dataclass(slots=True)
class ProblemList:
    """Collects problems up to a limit, so that a hopeless file does not fill the memory."""

    kept: list[Problem] = field(default_factory=list)
    dropped: int = 0
    dropped_errors: int = 0

    def add(self, problem: Problem) -> None:
        """Keep the problem, or count it when the list is full."""
        if len(self.kept) < MAX_PROBLEMS:
            self.kept.append(problem)
            return
        self.dropped += 1
        self.dropped_errors += problem.is_error

    def finished(self) -> tuple[Problem, ...]:
        """All problems kept, with a last one that tells how many were not."""
        if not self.dropped:
            return tuple(self.kept)
        why = f"问题太多，另有 {self.dropped} 处没有逐条列出。"
        remedy = "请先改正已列出的问题，再重新检查。"
        severity: Severity = "error" if self.dropped_errors else "warning"
        return (*self.kept, Problem("", "", "", why, remedy, severity))


def quoted(value: object) -> str:
    """A cell's text for a problem, cut at a stated length."""
    text = str(value)
    return text if len(text) <= SHOWN_CHARACTERS else text[:SHOWN_CHARACTERS] + "…"
