"""What comes at the same moment is written in one go, each with its own answer."""

from collections.abc import Callable, Sequence
from threading import Event, Thread

import pytest

from gongdi.web.together import Together


class Disk:
    """Notes each go; the first one rests until it is let go on."""

    def __init__(self) -> None:
        self.goes: list[list[int]] = []
        self.writing, self.on = Event(), Event()
        self.once_more = False

    def write(self, take: Callable[[], Sequence[int]]) -> list[int | BaseException]:
        asked = take()
        self.goes.append(list(asked))
        self.writing.set()
        assert self.on.wait(20)
        if self.once_more:
            asked = [*asked, *take()]
            self.goes[-1] = list(asked)
        if 13 in asked:
            raise OSError("no room")
        return [ValueError(number) if number < 0 else number * 2 for number in asked]


def asked_while_one_is_written(disk: Disk, numbers: Sequence[int], most: int = 64) -> dict[int, object]:
    """What each is told that comes while the first is being written."""
    together: Together[int, int] = Together(disk.write, most)
    told: dict[int, object] = {}

    def ask(number: int) -> None:
        try:
            told[number] = together.do(number)
        except (ValueError, OSError) as fault:
            told[number] = fault

    threads = [Thread(target=ask, args=(number,)) for number in (0, *numbers)]
    threads[0].start()
    assert disk.writing.wait(20)
    for at, thread in enumerate(threads[1:], start=1):
        thread.start()
        while len(together._waiting) < at:
            pass
    disk.on.set()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()
    return told


def test_alone_it_is_written_at_once() -> None:
    disk = Disk()
    disk.on.set()
    together: Together[int, int] = Together(disk.write, 64)
    assert [together.do(1), together.do(2)] == [2, 4]
    assert disk.goes == [[1], [2]]


def test_those_who_come_meanwhile_share_the_next_go_in_their_order() -> None:
    disk = Disk()
    told = asked_while_one_is_written(disk, [1, 2, 3, 4])
    assert disk.goes == [[0], [1, 2, 3, 4]]
    assert told == {0: 0, 1: 2, 2: 4, 3: 6, 4: 8}


def test_no_go_is_larger_than_told() -> None:
    disk = Disk()
    told = asked_while_one_is_written(disk, [1, 2, 3, 4, 5], most=2)
    assert disk.goes == [[0], [1, 2], [3, 4], [5]]
    assert len(told) == 6


def test_what_is_refused_is_told_to_the_one_who_asked_it() -> None:
    told = asked_while_one_is_written(Disk(), [1, -2, 3])
    assert (told[1], told[3]) == (2, 6)
    assert isinstance(told[-2], ValueError)


def test_a_go_that_fails_is_told_to_all_of_it_and_the_next_is_written() -> None:
    told = asked_while_one_is_written(Disk(), [1, 13, 2, 3], most=2)
    assert isinstance(told[1], OSError)
    assert isinstance(told[13], OSError)
    assert (told[2], told[3]) == (4, 6)


def test_an_exception_that_ends_the_process_frees_those_who_wait() -> None:
    def write(take: Callable[[], Sequence[int]]) -> list[int | BaseException]:
        raise KeyboardInterrupt

    together: Together[int, int] = Together(write, 64)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            together.do(1)


def test_what_comes_while_a_lock_is_waited_for_goes_along() -> None:
    disk = Disk()
    disk.once_more = True
    told = asked_while_one_is_written(disk, [1, -2, 3, 4], most=4)
    assert disk.goes == [[0, 1, -2, 3], [4]]
    assert (told[0], told[1], told[3], told[4]) == (0, 2, 6, 8)
    assert isinstance(told[-2], ValueError)


def test_a_fault_before_anything_was_taken_is_told_to_those_who_wait() -> None:
    def write(take: Callable[[], Sequence[int]]) -> list[int | BaseException]:
        raise OSError("no database")

    together: Together[int, int] = Together(write, 64)
    for _ in range(2):
        with pytest.raises(OSError, match="no database"):
            together.do(1)
