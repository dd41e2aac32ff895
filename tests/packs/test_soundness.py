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
    assert problems(*rows) == ["与第 2 行（r1）条件相同、日期重叠而结论不同"]


def versions(until: str, start: str, *more: Mapping[str, str]) -> list[str]:
    return problems(
        {"when": "structure_safe", "outcome": "comprehensive", "until": until},
        {"when": "structure_safe AND linked_project", "outcome": "comprehensive", "from": start},
        *more,
        {"when": "TRUE", "outcome": "neither"},
    )


def test_two_versions_of_a_rule_follow_each_other_to_the_day() -> None:
    assert versions("2020-12-31", "2021-01-01") == []
    assert versions("2020-12-31", "2021-01-02") == [
        "第 2 行（r1）到 2020-12-31 为止，这一行从 2021-01-02 起，中间空了几天"
    ]
    assert versions("2021-01-01", "2021-01-01") == ["第 2 行（r1）到 2021-01-01 为止，这一行从 2021-01-01 起，日期重叠"]


def test_days_between_two_versions_that_are_said_to_be_unruled_are_accounted_for() -> None:
    silent = {"when": "structure_safe", "outcome": "not_regulated", "from": "2021-01-01", "until": "2021-01-31"}
    assert versions("2020-12-31", "2021-02-01", silent) == []


def test_dates_as_a_spreadsheet_rewrites_them_are_read() -> None:
    pack, faults = read("renewal_type", {"when": "TRUE", "outcome": "neither", "from": "2021/1/1"})
    assert pack is not None, faults
    first = pack.tables["renewal_type"].rows[0].in_force.first
    assert first is not None
    assert first.isoformat() == "2021-01-01"


def test_a_table_without_rows_is_named() -> None:
    assert problems() == ["表中没有一行结论"]
