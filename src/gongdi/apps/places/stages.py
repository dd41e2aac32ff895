"""The stages of the project pool (项目库) and the moves between them: one table for page, service and test."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where a compound stands in the pool."""

    CONCEIVED = "conceived", "谋划"
    FORMED = "formed", "生成"
    UNDERWAY = "underway", "实施"
    RESERVED = "reserved", "储备"


@dataclass(frozen=True, slots=True)
class Move:
    """One allowed move, with its word; one that goes back asks for a reason."""

    source: Stage
    target: Stage
    word: str
    reason_needed: bool = False


MOVES = (
    Move(Stage.CONCEIVED, Stage.FORMED, "转入生成"),
    Move(Stage.CONCEIVED, Stage.RESERVED, "转入储备"),
    Move(Stage.RESERVED, Stage.FORMED, "转入生成"),
    Move(Stage.RESERVED, Stage.CONCEIVED, "退回谋划", reason_needed=True),
    Move(Stage.FORMED, Stage.UNDERWAY, "转入实施"),
    Move(Stage.FORMED, Stage.RESERVED, "转入储备"),
    Move(Stage.FORMED, Stage.CONCEIVED, "退回谋划", reason_needed=True),
    Move(Stage.UNDERWAY, Stage.FORMED, "退回生成", reason_needed=True),
)


def moves_from(stage: str) -> list[Move]:
    """The moves open to a compound at a stage."""
    return [move for move in MOVES if move.source == stage]


def find_move(source: str, target: str) -> Move | None:
    """The move between two stages, or None when there is none."""
    return next((move for move in MOVES if (move.source, move.target) == (source, target)), None)
