"""What a notice on show keeps from going on."""

from datetime import UTC, date, datetime

import pytest

from gongdi.core.notices.gating import OnShow, gate, rendering_clause

LAST = date(2027, 3, 8)


def shown(
    unanswered: int = 0, *, name: str = "名册公示：一", in_force: bool = True, ended: bool = True, day: int = 1,
    to_revise: tuple[int, ...] = (),
) -> OnShow:  # fmt: skip
    answered = tuple(datetime(2027, 3, each, tzinfo=UTC) for each in to_revise)
    return OnShow(name, in_force, datetime(2027, 3, day, tzinfo=UTC), LAST, ended, unanswered, answered)


def test_what_was_never_published_hinders_nothing_nor_does_a_withdrawn_one_without_objections() -> None:
    assert gate([], must_end=True) == []
    assert gate([shown(in_force=False, ended=False)], must_end=True) == []


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
    found = gate([shown(waiting, ended=ended)], must_end=must_end)
    assert [each.what for each in found] == told
    assert all(each.why and each.remedy for each in found)


def test_the_objections_to_all_notices_are_summed_and_each_notice_named() -> None:
    (found,) = gate(
        [shown(2, in_force=False), shown(1, name="方案公示：二", day=5), shown(name="其他：三")], must_end=True
    )
    assert found.why == "还有 3 条没有了结（“名册公示：一”（已撤回）2 条，“方案公示：二”1 条）"


@pytest.mark.parametrize(
    ("one", "others", "waits"),
    [
        (shown(to_revise=(3,)), [shown(day=4)], True),
        (shown(to_revise=(3,), in_force=False), [], True),
        (shown(to_revise=(3,), in_force=False), [shown(day=2)], True),
        (shown(to_revise=(3,), in_force=False), [shown(day=4, in_force=False)], True),
        (shown(to_revise=(3,), in_force=False), [shown(day=4)], False),
    ],
)
def test_an_accepted_objection_is_met_by_withdrawing_and_publishing_anew_and_by_neither_alone(
    one: OnShow, others: list[OnShow], waits: bool
) -> None:
    assert bool(gate([one, *others], must_end=True)) is waits


def test_the_step_that_revises_waits_for_answers_alone() -> None:
    assert gate([shown(to_revise=(3, 4))], must_end=False, revising=True) == []
    (found,) = gate([shown(1, to_revise=(3, 4))], must_end=False, revising=True)
    assert "还有 1 条" in found.why


def test_only_the_document_that_asks_for_the_rendering_is_cited_for_it() -> None:
    clause = rendering_clause("anhui-anqing-2022")
    assert clause is not None
    assert clause.section == "四(五)"
    assert rendering_clause("zhejiang-ningbo-jiangbei-2020") is None
    assert rendering_clause(None) is None
