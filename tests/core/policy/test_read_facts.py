from datetime import date
from typing import Any

import pytest

from gongdi.core.policy import Question, Refusal, decide
from gongdi.core.policy.inputs import remedy_for
from gongdi.core.policy.vocabulary import Fact, Kind
from gongdi.exchange.packfiles import load_library

LIBRARY = load_library()
ON = date(2022, 12, 6)
DAY = Fact("day", Kind.DATE, "日期", "day")
EVENT = Fact("event", Kind.EVENT, "事件", "event")
MONTH_DAY = Fact("bound", Kind.MONTH_DAY, "期限", "bound")


@pytest.mark.parametrize("raw", ["9999-12-31", "1799-12-31", "2201-01-01", "0001-01-01"])
def test_a_day_of_another_age_is_refused_with_the_years_to_choose_from(raw: str) -> None:
    for fact in (DAY, EVENT):
        assert "1800 至 2200" in (remedy_for(fact, raw) or "")


@pytest.mark.parametrize("raw", ["1800-01-01", "2200-12-31"])
def test_the_first_and_the_last_day_are_fine(raw: str) -> None:
    assert remedy_for(DAY, raw) is None


def test_an_event_may_still_not_have_happened() -> None:
    assert remedy_for(EVENT, "none") is None


def test_relief_that_starts_at_the_end_of_time_is_refused() -> None:
    facts: dict[str, Any] = {"relief_start_on": "9999-12-31"}
    answer = decide(LIBRARY, Question("", "guizhou-2021", "land_relief", ON, facts))
    assert isinstance(answer, Refusal)
    assert [(fault.code, fault.fact) for fault in answer.faults] == [("wrong_type", "relief_start_on")]


@pytest.mark.parametrize("raw", ["02-30", "02-31", "04-31", "06-31", "09-31", "11-31"])
def test_a_month_day_that_no_year_has_is_refused(raw: str) -> None:
    assert remedy_for(MONTH_DAY, raw) is not None


@pytest.mark.parametrize("raw", ["02-29", "04-30", "12-31"])
def test_a_month_day_that_some_year_has_is_fine(raw: str) -> None:
    assert remedy_for(MONTH_DAY, raw) is None
