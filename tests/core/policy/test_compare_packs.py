from datetime import date

from gongdi.core.policy.comparing import compare_catalogues, compare_packs, compare_tables
from gongdi.exchange.packfiles import load_library
from tests.support.packs import META, read

LIBRARY = load_library()
DAY = date(2022, 6, 1)


def rows(*conditions: tuple[str, str]):  # type: ignore[no-untyped-def]
    pack, faults = read("scope", *({"when": when, "outcome": outcome} for when, outcome in conditions))
    assert pack is not None, faults
    return pack.tables["scope"].rows


def kinds(left, right) -> list[str]:  # type: ignore[no-untyped-def]
    return [each.kind for each in compare_tables(left, right)]


def test_the_same_rows_are_the_same_whatever_their_names() -> None:
    one = rows(("structure_safe", "in"), ("TRUE", "out"))
    other = rows(("structure_safe", "in"), ("TRUE", "out"))
    assert kinds(one, other) == ["same", "same"]


def test_a_changed_condition_and_an_added_row_are_told_apart() -> None:
    one = rows(("completed_on <= DATE '2000-12-31'", "in"), ("TRUE", "out"))
    other = rows(("completed_on <= DATE '2005-12-31'", "in"), ("safety_hazard", "optional"), ("TRUE", "out"))
    assert kinds(one, other) == ["changed", "right", "same"]


def test_a_value_alone_that_changes_is_told() -> None:
    def report(words: str):  # type: ignore[no-untyped-def]
        pack, faults = read("owner_minimum_share", {"when": "TRUE", "outcome": "met", "value:minimum_yuan": words})
        assert pack is not None, faults
        return pack.tables["owner_minimum_share"].rows

    five, six = (f"round(total_investment_yuan * {part} / 100, 2)" for part in (5, 6))
    assert kinds(report(five), report(five)) == ["same"]
    assert kinds(report(five), report(six)) == ["changed"]


def test_a_parameter_that_stands_at_another_value_changes_the_rows_that_read_it() -> None:
    def deadline(day: str | None):  # type: ignore[no-untyped-def]
        state = f'default = "{day}"' if day else 'state = "masked"'
        meta = f'{META}\n[parameters.last]\nkind = "month_day"\nzh = "末日"\nen = "last day"\n{state}\n'
        when = "decided_on <= date_in_year(plan_year - 1, parameter.last)"
        rows = ({"when": when, "outcome": "on_time"}, {"when": "TRUE", "outcome": "late"})
        pack, faults = read("plan_decision_deadline", *rows, meta=meta)
        assert pack is not None, faults
        return pack.tables["plan_decision_deadline"].rows

    assert kinds(deadline("07-31"), deadline("07-31")) == ["same", "same"]
    assert kinds(deadline("07-31"), deadline("08-31")) == ["changed", "same"]
    assert kinds(deadline("07-31"), deadline(None)) == ["changed", "same"]


def test_other_words_for_the_same_condition_are_told_and_decide_alike() -> None:
    one, _ = read("scope", {"when": "TRUE", "outcome": "in", "text": "其余纳入"})
    other, _ = read("scope", {"when": "TRUE", "outcome": "in", "text": "其他的也纳入"})
    assert one is not None
    assert other is not None
    (found,) = compare_packs(one, other, DAY, DAY)
    assert [each.kind for each in found.clauses] == ["reworded"]
    assert (found.same, found.kind) == (True, "reworded")


def test_every_pack_is_the_same_as_itself() -> None:
    for pack in LIBRARY.packs.values():
        assert all(each.same for each in compare_packs(pack, pack, DAY, DAY))
        assert compare_catalogues(pack, pack) == []


def test_a_law_before_and_after_its_change_differs() -> None:
    law = LIBRARY.packs["cn"]
    (votes,) = compare_packs(law, law, date(2020, 12, 31), date(2021, 1, 1))
    assert not votes.same


def test_items_in_another_class_are_named_with_both() -> None:
    found = {
        each.item: (each.left, each.right)
        for each in compare_catalogues(
            LIBRARY.packs["henan-zhumadian-2021"], LIBRARY.packs["zhejiang-ningbo-jiangbei-2020"]
        )
    }
    assert found["barrier_free"] == (("improvement",), ("basic",))
