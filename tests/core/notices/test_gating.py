"""What a notice on show keeps from going on."""

from datetime import date

import pytest

from gongdi.core.notices.gating import OnShow, gate, rendering_clause

LAST = date(2027, 3, 8)


def test_what_was_never_published_or_was_withdrawn_hinders_nothing() -> None:
    assert gate(None, must_end=True) == []
    assert gate(OnShow(False, LAST, False, 3), must_end=True) == []


@pytest.mark.parametrize(
    ("ended", "waiting", "must_end", "told"),
    [
        (False, 0, True, ["公示期未满"]),
        (False, 0, False, []),
        (True, 0, True, []),
        (True, 2, True, ["公示中的异议"]),
        (False, 1, True, ["公示中的异议", "公示期未满"]),
        (False, 1, False, ["公示中的异议"]),
    ],
)
def test_objections_that_wait_hinder_always_a_period_that_runs_only_where_it_must_end(
    ended: bool, waiting: int, must_end: bool, told: list[str]
) -> None:
    found = gate(OnShow(True, LAST, ended, waiting), must_end=must_end)
    assert [each.what for each in found] == told
    assert all(each.why and each.remedy for each in found)


def test_only_the_document_that_asks_for_the_rendering_is_cited_for_it() -> None:
    clause = rendering_clause("anhui-anqing-2022")
    assert clause is not None
    assert clause.section == "四(五)"
    assert rendering_clause("zhejiang-ningbo-jiangbei-2020") is None
    assert rendering_clause(None) is None
