from collections.abc import Mapping

from gongdi.core.policy.soundness import soundness_faults
from tests.support.packs import read


def problems(*rows: Mapping[str, str]) -> list[str]:
    pack, faults = read("renewal_type", *rows)
    assert pack is not None, faults
    return [fault.problem for fault in soundness_faults(pack)]


def test_rows_that_can_all_be_reached_on_every_day_are_sound() -> None:
    assert (
        problems(
            {"when": "structure_safe", "outcome": "comprehensive", "until": "2020-12-31"},
            {"when": "structure_safe", "outcome": "either", "from": "2021-01-01"},
            {"when": "TRUE", "outcome": "neither"},
            {"when": "linked_project", "flags": "X-31"},
        )
        == []
    )


def test_a_row_after_one_that_always_applies_is_named() -> None:
    rows = ({"when": "TRUE", "outcome": "neither"}, {"when": "structure_safe", "outcome": "comprehensive"})
    assert problems(*rows) == ["行“r2”永远用不到"]


def test_a_row_that_always_applied_earlier_does_not_hide_a_later_one() -> None:
    rows = (
        {"when": "TRUE", "outcome": "neither", "until": "2020-12-31"},
        {"when": "structure_safe", "outcome": "comprehensive", "from": "2021-01-01"},
    )
    assert problems(*rows) == []


def test_days_between_two_periods_without_a_row_are_named() -> None:
    rows = (
        {"when": "structure_safe", "outcome": "comprehensive", "until": "2020-12-31"},
        {"when": "structure_safe", "outcome": "either", "from": "2021-01-03"},
    )
    assert problems(*rows) == ["2021-01-01 至 2021-01-02 没有生效的行"]


def test_the_same_condition_with_two_outcomes_on_one_day_is_named() -> None:
    rows = (
        {"when": "structure_safe", "outcome": "comprehensive", "until": "2021-01-01"},
        {"when": "structure_safe", "outcome": "either", "from": "2021-01-01"},
    )
    assert problems(*rows) == ["行“r1”与“r2”条件相同、日期重叠而结论不同"]


def test_dates_as_a_spreadsheet_rewrites_them_are_read() -> None:
    pack, faults = read("renewal_type", {"when": "TRUE", "outcome": "neither", "from": "2021/1/1"})
    assert pack is not None, faults
    first = pack.tables["renewal_type"].rows[0].in_force.first
    assert first is not None
    assert first.isoformat() == "2021-01-01"


def test_a_table_without_rows_is_named() -> None:
    assert problems() == ["表中没有一行结论"]
