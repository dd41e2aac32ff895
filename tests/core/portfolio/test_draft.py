"""A planning problem made from candidates and funds: the formula by hand, and the same statement as the file's."""

from __future__ import annotations

import json
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.portfolio.document import instance_document
from gongdi.core.portfolio.draft import Draft, DraftCandidate, DraftRule, benefit, draft_instance
from gongdi.core.portfolio.model import Bundle, County, Fund, Instance
from gongdi.core.portfolio.parse import parse_instance

FUND = Fund("city", frozenset({"basic", "improvement"}), None, False, (1_000_000, 500_000))


def candidate(name: str = "c1", **changes: object) -> DraftCandidate:
    base = DraftCandidate(name, "330205", (900_000, 300_000, 100_000), 50_000, Fraction(64), 400)
    return replace(base, **changes)  # type: ignore[arg-type]


def draft(*candidates: DraftCandidate, bundles: tuple[Bundle, ...] = (), minimums: tuple[County, ...] = ()) -> Draft:
    return Draft((2027, 2028), candidates, (FUND,), minimums, bundles)


def made(stated: Draft) -> Instance:
    instance = draft_instance(stated)
    assert isinstance(instance, Instance), instance
    return instance


def test_benefit_is_score_by_the_root_of_households_by_the_share_of_the_level() -> None:
    levels = {level.name: level for level in made(draft(candidate())).compounds[0].levels}
    assert {name: level.benefit for name, level in levels.items()} == {
        "basic": Fraction("79.36"),
        "improved": Fraction("112.64"),
        "full": Fraction(128),
    }
    assert levels["improved"].cost == (900_000, 300_000, 0)


@pytest.mark.parametrize(
    ("score", "homes", "share", "worth"),
    [
        (Fraction(50), 2, Fraction(1), "7.071"),
        (Fraction(1, 3), 1, Fraction(1), "0.033"),
        (Fraction(0), 9, Fraction(1), "0"),
    ],
)
def test_benefit_is_rounded_to_a_thousandth(score: Fraction, homes: int, share: Fraction, worth: str) -> None:
    assert benefit(score, homes, share) == Fraction(worth)


def test_levels_without_anything_to_pay_for_are_left_out() -> None:
    assert [level.name for level in made(draft(candidate(cost=(5, 0, 0)))).compounds[0].levels] == ["basic"]
    assert [level.name for level in made(draft(candidate(cost=(5, 0, 3)))).compounds[0].levels] == ["basic", "full"]
    assert [level.name for level in made(draft(candidate(cost=(0, 5, 3)))).compounds[0].levels] == ["full", "improved"]


def test_a_later_year_counts_for_less_and_an_open_window_is_the_horizon() -> None:
    instance = made(draft(candidate(earliest=2028)))
    assert instance.weights == (1, Fraction(95, 100))
    assert (instance.compounds[0].earliest, instance.compounds[0].latest) == (2028, 2028)


def test_bundles_keep_only_candidates_and_go_when_too_few_are_left() -> None:
    bundles = (
        Bundle("g1", "330205", ("a", "b", "gone"), 2, 70),
        Bundle("g2", "330205", ("c", "gone2", "gone3"), 2, 70),
    )
    instance = made(draft(candidate("a"), candidate("b"), candidate("c"), bundles=bundles))
    assert instance.bundles == (Bundle("g1", "330205", ("a", "b"), 2, 70),)


@given(
    st.lists(
        st.builds(
            candidate,
            st.uuids().map(str),
            cost=st.tuples(st.integers(1, 10**7), st.integers(0, 10**7), st.integers(0, 10**6)),
            score=st.fractions(0, 100, max_denominator=60),
            households=st.integers(1, 3000),
            must=st.booleans(),
        ),
        max_size=6,
        unique_by=lambda row: row.id,
    )
)
def test_what_is_drafted_is_the_statement_that_the_file_format_reads_back(rows: list[DraftCandidate]) -> None:
    instance = made(draft(*rows, minimums=(County("330205", 1),)))
    assert parse_instance(json.loads(json.dumps(instance_document(instance)))) == instance


@pytest.mark.parametrize(
    ("stated", "words"),
    [
        (draft(candidate(), candidate()), "出现两次"),
        (draft(candidate(cost=(0, 0, 0))), "没有造价"),
        (draft(candidate(cost=(-1, 0, 5))), "小于 0"),
        (draft(candidate(households=0)), "户数"),
        (draft(candidate(score=Fraction(-1))), "评分"),
        (draft(candidate(earliest=2028, latest=2027)), "最早年份"),
        (replace(draft(), years=()), "年度"),
        (replace(draft(), years=(2028, 2027)), "年度"),
        (replace(draft(), years=(2027,)), "预算"),
        (draft(candidate("a"), bundles=(Bundle("g", "330205", ("a", "b"), 1, 5),)), "一半"),
        (draft(candidate("a"), bundles=(Bundle("g", "330203", ("a",), 1, 5),)), "同一区县"),
    ],
)
def test_a_fault_is_told_with_a_remedy(stated: Draft, words: str) -> None:
    faults = draft_instance(stated)
    assert isinstance(faults, tuple)
    assert any(words in str(fault) and fault.remedy for fault in faults)


def test_the_shares_of_levels_are_an_argument() -> None:
    half = DraftRule(basic=Fraction(1, 2))
    instance = made(replace(draft(candidate()), rule=half))
    assert instance.compounds[0].levels[0].benefit == 64
