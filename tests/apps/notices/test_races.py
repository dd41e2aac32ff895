"""What is on show is held still by whoever goes on because of it; also in deliberation, where a topic is closed."""

import pytest

from tests.support import races

RACES = (
    races.objecting_while_a_vote_opens,
    races.entering_an_objection_while_a_vote_opens,
    races.replying_while_a_topic_closes,
)


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return races.raced(tmp_path_factory.mktemp("races"), *RACES)


def test_a_vote_does_not_open_over_an_objection_that_is_being_raised(told: dict[str, list[str]]) -> None:
    objecting, opening = told["objecting_while_a_vote_opens"]
    assert objecting == "done"
    assert opening.startswith("RefusedError: ")
    assert "异议" in opening


def test_an_objection_entered_while_a_vote_opens_waits_and_none_blocks_the_other(told: dict[str, list[str]]) -> None:
    assert told["entering_an_objection_while_a_vote_opens"] == ["done", "done"]


def test_nothing_is_written_under_a_topic_that_is_being_closed(told: dict[str, list[str]]) -> None:
    closing, replying = told["replying_while_a_topic_closes"]
    assert closing == "done"
    assert replying.startswith("RefusedError: 这个议题已经结束")
