"""Two clerks in one compound at the same moment, and two guesses at one password."""

import pytest

from tests.support import races

RACES = (
    races.two_dwellings_passing_to_one_buyer,
    races.adding_a_dwelling_twice,
    races.counting_while_a_dwelling_ends,
    races.guessing_while_the_last_guess_fails,
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return races.raced(tmp_path_factory.mktemp("races"), *RACES)


def test_one_buyer_of_two_dwellings_is_one_owner_and_counted_once(told: dict[str, list[str]]) -> None:
    assert told["two_dwellings_passing_to_one_buyer"] == ["done", "done"]


def test_who_records_a_dwelling_second_is_told(told: dict[str, list[str]]) -> None:
    first, second = told["adding_a_dwelling_twice"]
    assert first == "done"
    assert second.startswith("RefusedError: 1幢9单元909 已经登记")


def test_a_count_does_not_lose_what_somebody_else_wrote(told: dict[str, list[str]]) -> None:
    assert told["counting_while_a_dwelling_ends"] == ["done", "done"]


def test_a_guess_that_comes_with_the_one_that_locks_is_turned_away(told: dict[str, list[str]]) -> None:
    assert told["guessing_while_the_last_guess_fails"] == ["done", "done"]
