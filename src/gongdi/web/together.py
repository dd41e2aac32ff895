"""Written together (合并提交): what requests of one process write at the same moment goes to the disk in one go.

A disk takes as long for one commit as for fifty. Whoever comes while nobody writes, writes for all that wait; whoever
comes meanwhile waits for the next go. Nobody waits for company: alone, a request is written at once (docs/adr/0008).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import Generic, TypeAlias, TypeVar

Asked = TypeVar("Asked")
Got = TypeVar("Got")


@dataclass(eq=False, slots=True)
class _Turn(Generic[Asked, Got]):
    asked: Asked
    called: Event = field(default_factory=Event)
    """Set when it is answered, or when it is this one's turn to write."""
    answers: list[Got | BaseException] = field(default_factory=list)


Take: TypeAlias = "Callable[[], Sequence[Asked]]"


class Together(Generic[Asked, Got]):
    """One place to write to. `write` takes what waits, as often as it likes: what came while it waited for a lock goes
    along, at most `most` in all. It gives an answer or an exception for each, in order, and has committed when it
    returns. An exception of its own goes to all whom it took."""

    def __init__(self, write: Callable[[Take[Asked]], Sequence[Got | BaseException]], most: int) -> None:
        self._write, self._most = write, most
        self._lock, self._led = Lock(), False
        self._waiting: deque[_Turn[Asked, Got]] = deque()

    def do(self, asked: Asked) -> Got:
        """Have something written: its answer, once it is.

        Raises:
            BaseException: the one that `write` gave for it.
        """
        turn: _Turn[Asked, Got] = _Turn(asked)
        with self._lock:
            self._waiting.append(turn)
            leads, self._led = not self._led, True
        if not leads:
            turn.called.wait()
        if not turn.answers:
            self._lead()
        (answer,) = turn.answers
        if isinstance(answer, BaseException):
            raise answer
        return answer

    def _lead(self) -> None:
        """Write for all that wait, the caller first; then let the next in line lead."""
        batch: list[_Turn[Asked, Got]] = []

        def take() -> Sequence[Asked]:
            with self._lock:
                more = [self._waiting.popleft() for _ in range(min(self._most - len(batch), len(self._waiting)))]
            batch.extend(more)
            return [turn.asked for turn in more]

        answers: Sequence[Got | BaseException] = ()
        try:
            answers = self._write(take)
            assert 0 < len(answers) == len(batch)
        except BaseException as fault:
            if not batch:
                take()
            answers = [fault] * len(batch)
            if not isinstance(fault, Exception):
                raise
        finally:
            for turn, answer in zip(batch, answers, strict=True):
                turn.answers.append(answer)
            with self._lock:
                following = self._waiting[0] if self._waiting else None
                self._led = following is not None
            for turn in [following, *batch] if following else batch:
                turn.called.set()
