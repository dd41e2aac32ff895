from datetime import date

import pytest

from gongdi.core.policy import Question, Refusal, decide
from gongdi.core.policy.packs import Library
from gongdi.exchange.packfiles import load_vocabulary
from tests.support.packs import META, answer, read

WINDOW = (
    {"when": "in_shantytown_plan", "outcome": "out"},
    {"when": "completed_on <= DATE '2000-12-31'", "outcome": "in"},
    {"when": "TRUE", "outcome": "out"},
)
MASKED = META + '\n[parameters.cutoff]\nkind = "year"\nzh = "截止年份"\nen = "cut-off"\nstate = "masked"\n'
BY_PARAMETER = (
    {"when": "completed_on <= make_date(parameter.cutoff, 12, 31)", "outcome": "in"},
    {"when": "TRUE", "outcome": "out"},
)


def test_the_first_row_that_holds_decides() -> None:
    found = answer("scope", {"in_shantytown_plan": True, "completed_on": "1990-01-01"}, *WINDOW)
    assert found.outcome == "out"
    assert [clause.row.id for clause in found.clauses if clause.decided] == ["r1"]


def test_a_later_row_with_the_same_outcome_decides_although_an_earlier_one_is_open() -> None:
    assert answer("scope", {"completed_on": "2010-01-01"}, *WINDOW).outcome == "out"


def test_an_open_row_with_another_outcome_leaves_the_answer_open() -> None:
    found = answer("scope", {"completed_on": "1990-01-01"}, *WINDOW)
    assert found.outcome == "undetermined"
    assert found.missing == ("in_shantytown_plan",)


def test_every_fact_that_could_still_matter_is_missing_and_no_other() -> None:
    assert set(answer("scope", {}, *WINDOW).missing) == {"in_shantytown_plan", "completed_on"}
    assert answer("scope", {"in_shantytown_plan": False}, *WINDOW).missing == ("completed_on",)


EXCLUDED = {"when": "in_shantytown_plan", "outcome": "out"}
ONE_WAY = {"when": "upkeep_neglected", "outcome": "in"}
OTHER_WAY = {"when": "resident_will_strong", "outcome": "in"}
BETWEEN = {"when": "rebuild_planned", "outcome": "optional"}
REST = {"when": "TRUE", "outcome": "out"}


@pytest.mark.parametrize("rows", [(EXCLUDED, ONE_WAY, OTHER_WAY, REST), (EXCLUDED, OTHER_WAY, BETWEEN, ONE_WAY, REST)])
def test_of_two_ways_to_one_outcome_the_open_one_adds_nothing_once_the_other_is_sure(
    rows: tuple[dict[str, str], ...],
) -> None:
    assert answer("scope", {"resident_will_strong": True}, *rows).missing == ("in_shantytown_plan",)


def test_a_sure_way_behind_an_open_row_with_another_outcome_leaves_the_earlier_way_missing() -> None:
    rows, sure = (EXCLUDED, ONE_WAY, BETWEEN, OTHER_WAY, REST), {"resident_will_strong": True}
    known = sure | {"rebuild_planned": False}
    assert set(answer("scope", sure, *rows).missing) == {"in_shantytown_plan", "upkeep_neglected", "rebuild_planned"}
    assert answer("scope", known, *rows).missing == ("in_shantytown_plan",)


@pytest.mark.parametrize(("year", "outcome"), [(2000, "in"), (2001, "out")])
def test_a_year_decides_when_every_day_of_it_does(year: int, outcome: str) -> None:
    assert answer("scope", {"in_shantytown_plan": False, "completed_year": year}, *WINDOW).outcome == outcome


def test_a_year_that_straddles_the_bound_leaves_the_day_missing() -> None:
    rows = ({"when": "completed_on <= DATE '2000-06-30'", "outcome": "in"}, {"when": "TRUE", "outcome": "out"})
    found = answer("scope", {"completed_year": 2000}, *rows)
    assert (found.outcome, found.missing) == ("undetermined", ("completed_on",))


def test_the_day_governs_over_the_year() -> None:
    facts = {"in_shantytown_plan": False, "completed_on": "2003-01-01", "completed_year": 1999}
    assert answer("scope", facts, *WINDOW).outcome == "out"


def test_a_masked_parameter_is_missing_by_its_own_name() -> None:
    found = answer("scope", {"completed_on": "1990-01-01"}, *BY_PARAMETER, meta=MASKED)
    assert (found.outcome, found.missing) == ("undetermined", ("parameter:cutoff",))


def test_a_year_needs_no_day_beside_a_bound_at_the_end_of_an_unknown_year() -> None:
    found = answer("scope", {"completed_year": 1990}, *BY_PARAMETER, meta=MASKED)
    assert (found.outcome, found.missing) == ("undetermined", ("parameter:cutoff",))


@pytest.mark.parametrize("bound", ["< make_date(parameter.cutoff, 12, 31)", "<= make_date(parameter.cutoff, 6, 30)"])
def test_a_year_leaves_the_day_missing_where_a_bound_may_fall_within_it(bound: str) -> None:
    rows = ({"when": f"completed_on {bound}", "outcome": "in"}, {"when": "TRUE", "outcome": "out"})
    found = answer("scope", {"completed_year": 1990}, *rows, meta=MASKED)
    assert set(found.missing) == {"completed_on", "parameter:cutoff"}


def test_a_supplied_masked_parameter_is_used_and_flagged() -> None:
    facts = {"completed_on": "1990-01-01", "parameter:cutoff": 2000}
    found = answer("scope", facts, *BY_PARAMETER, meta=MASKED)
    assert (found.outcome, found.flags) == ("in", ("X-01",))


def test_a_parameter_that_no_row_up_to_the_deciding_one_reads_is_not_flagged() -> None:
    rows = ({"when": "in_shantytown_plan", "outcome": "out"}, *BY_PARAMETER)
    facts = {"completed_on": "1990-01-01", "parameter:cutoff": 2000}
    assert answer("scope", {**facts, "in_shantytown_plan": True}, *rows, meta=MASKED).flags == ()
    assert answer("scope", {**facts, "in_shantytown_plan": False}, *rows, meta=MASKED).flags == ("X-01",)
    assert answer("scope", facts, *rows, meta=MASKED).flags == ("X-01",)


def test_a_row_that_says_not_regulated_keeps_its_flag() -> None:
    rows = ({"when": "literal_text", "outcome": "not_regulated", "flags": "X-07"}, {"when": "TRUE", "outcome": "in"})
    found = answer("scope", {"literal_text": True}, *rows)
    assert (found.outcome, found.flags, found.clauses) == ("not_regulated", ("X-07",), ())


def test_an_absent_option_is_false_and_never_missing() -> None:
    found = answer("scope", {}, {"when": "allow_explanation", "outcome": "in"}, {"when": "TRUE", "outcome": "out"})
    assert (found.outcome, found.missing) == ("out", ())


def test_a_question_before_the_first_day_is_not_regulated_and_one_after_the_period_is_flagged() -> None:
    meta = META + "first_day = 2020-05-08\nlast_day = 2022-12-31\n"
    facts = {"in_shantytown_plan": True}
    early = answer("scope", facts, *WINDOW, meta=meta, on="2020-05-07")
    late = answer("scope", facts, *WINDOW, meta=meta, on="2023-01-01")
    assert (early.outcome, early.flags, early.clauses) == ("not_regulated", ("X-34",), ())
    assert (late.outcome, late.flags) == ("out", ("X-34",))


def test_a_row_decides_only_while_it_is_in_force() -> None:
    rows = ({"when": "TRUE", "outcome": "in", "until": "2020-12-31"}, {"when": "TRUE", "outcome": "out"})
    assert answer("scope", {}, *rows, on="2020-12-31").outcome == "in"
    assert answer("scope", {}, *rows, on="2021-01-01").outcome == "out"


def test_an_absent_selector_alone_is_missing() -> None:
    rows = ({"when": "fund = 'fiscal' AND place = 'private'", "outcome": "blocked"},)
    found = answer("fund_for_item", {}, *rows)
    assert (found.outcome, found.missing) == ("undetermined", ("fund",))


def test_a_note_that_always_holds_keeps_its_flag_while_a_selector_is_absent() -> None:
    rows = (
        {"when": "fund = 'fiscal'", "outcome": "blocked"},
        {"when": "TRUE", "outcome": "", "flags": "X-12"},
        {"when": "fund = 'fiscal'", "outcome": "", "flags": "X-13"},
    )
    assert answer("fund_for_item", {}, *rows).flags == ("X-12",)


def test_silence_is_not_a_no() -> None:
    rows = ({"when": "fund = 'fiscal' AND place = 'private'", "outcome": "blocked"},)
    assert answer("fund_for_item", {"fund": "public_income"}, *rows).outcome == "not_regulated"
    assert answer("fund_for_item", {"fund": "fiscal", "place": "outside_red_line"}, *rows).outcome == "not_regulated"
    assert answer("fund_for_item", {"fund": "fiscal"}, *rows).missing == ("place",)


def test_all_rows_that_fire_are_reported_where_the_decision_asks_for_it() -> None:
    rows = (
        {"when": "permit = 'eia' AND low_risk", "outcome": "not_required", "flags": "X-31"},
        {"when": "permit = 'eia' AND environment_effect_small", "outcome": "not_required", "flags": "X-10"},
        {"when": "permit = 'eia'", "outcome": "required"},
    )
    found = answer("permits", {"permit": "eia", "low_risk": True, "environment_effect_small": True}, *rows)
    assert set(found.flags) == {"X-31", "X-10"}


def test_shares_are_exact_to_the_fen() -> None:
    rows = (
        {"when": "20 * owner_money_yuan >= total_investment_yuan", "outcome": "met"},
        {"when": "TRUE", "outcome": "not_met"},
    )
    total = {"total_investment_yuan": "36800000.00"}
    assert answer("owner_minimum_share", {**total, "owner_money_yuan": "1840000.00"}, *rows).outcome == "met"
    assert answer("owner_minimum_share", {**total, "owner_money_yuan": "1839999.99"}, *rows).outcome == "not_met"


def test_an_event_that_has_not_happened_is_neither_before_nor_after_a_day() -> None:
    rows = (
        {"when": "decided_on <= DATE '2020-07-31'", "outcome": "on_time"},
        {"when": "decided_on = 'none'", "outcome": "late"},
    )
    assert answer("plan_decision_deadline", {"decided_on": "none"}, *rows).outcome == "late"
    assert answer("plan_decision_deadline", {"decided_on": "2020-07-31"}, *rows).outcome == "on_time"


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"completed_on": "2000-02-30"}, "wrong_type"),
        ({"completed_on": 2000}, "wrong_type"),
        ({"completed_year": 19998}, "wrong_type"),
        ({"completed_year": "1998"}, "wrong_type"),
        ({"in_shantytown_plan": "false"}, "wrong_type"),
        ({"in_shantytown_plan": 1}, "wrong_type"),
    ],
)
def test_a_fact_of_the_wrong_type_is_refused_with_its_name(facts: dict[str, object], code: str) -> None:
    pack, _ = read("scope", *WINDOW)
    assert pack is not None
    library = Library(load_vocabulary(), {pack.slug: pack})
    found = decide(library, Question("q", pack.slug, "scope", date(2021, 6, 1), facts))
    assert isinstance(found, Refusal)
    assert found.faults[0].code == code
    assert found.faults[0].remedy


def test_more_agreeing_owners_than_owners_is_impossible() -> None:
    rows = ({"when": "3 * owners_agreeing >= 2 * owners_total", "outcome": "pass"},)
    pack, _ = read("wish_vote", *rows)
    assert pack is not None
    library = Library(load_vocabulary(), {pack.slug: pack})
    facts = {"owners_agreeing": 11, "owners_total": 10}
    found = decide(library, Question("q", pack.slug, "wish_vote", date(2021, 6, 1), facts))
    assert isinstance(found, Refusal)
    assert found.faults[0].code == "impossible"


def test_an_unknown_pack_and_an_unknown_decision_are_refused() -> None:
    pack, _ = read("scope", *WINDOW)
    assert pack is not None
    library = Library(load_vocabulary(), {pack.slug: pack})
    for slug, decision, code in (("nowhere", "scope", "unknown_pack"), (pack.slug, "skope", "unknown_decision")):
        found = decide(library, Question("q", slug, decision, date(2021, 6, 1), {}))
        assert isinstance(found, Refusal)
        assert found.faults[0].code == code
