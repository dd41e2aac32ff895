"""Scores by hand-worked numbers, the order and its ties, and what moves when a weight moves."""

from __future__ import annotations

import csv
from datetime import date
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gongdi.packs as packs
from gongdi.core.scoring.ranking import Candidate, Facts, rank, score
from gongdi.core.scoring.scheme import ScoringScheme, parse_scheme
from gongdi.core.scoring.sensitivity import break_evens, shifts

SCHEME = """
id = "t"
version = "1"
label = "示例（非官方）"
zh = "测试"
[[criteria]]
key = "age"
zh = "年代"
en = "Age"
weight = 10
[criteria.measure]
kind = "bands"
facts = ["completed_on", "completed_year"]
bands = [{ up_to = 1990, share = "1" }, { up_to = 2000, share = "1/3" }, { share = "0" }]
[[criteria]]
key = "will"
zh = "意愿"
en = "Will"
weight = 7
sources = [["city-template", "三(一)"]]
measure = { kind = "flag", fact = "resident_will_strong" }
[[criteria]]
key = "consent"
zh = "同意率"
en = "Consent"
weight = 9
measure = { kind = "ratio", fact = "agreed", of = "asked" }
"""


def scheme(text: str = SCHEME) -> ScoringScheme:
    parsed = parse_scheme(text)
    assert isinstance(parsed, ScoringScheme), parsed
    return parsed


def shipped() -> str:
    return (Path(next(iter(packs.__path__))) / "dictionary" / "scoring_illustrative.toml").read_text(encoding="utf-8")


def test_every_criterion_has_its_line_in_exact_points() -> None:
    result = score(scheme(), {"completed_year": 1995, "resident_will_strong": True, "agreed": 200, "asked": 300})
    assert [(line.key, line.points, line.possible) for line in result.lines] == [
        ("age", Fraction(10, 3), 10),
        ("will", 7, 7),
        ("consent", 6, 9),
    ]
    assert (result.points, result.possible, result.missing) == (Fraction(49, 3), 26, ())
    assert dict(result.lines[2].facts) == {"agreed": 200, "asked": 300}


def test_what_is_unknown_earns_nothing_and_is_named() -> None:
    result = score(scheme(), {"resident_will_strong": None, "agreed": 5})
    assert result.points == 0
    assert result.missing == ("completed_on", "resident_will_strong", "asked")
    assert result.open_points == 26


def test_a_no_earns_nothing_and_is_not_missing() -> None:
    assert score(scheme(), {"resident_will_strong": False}).lines[1].missing == ()


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({"completed_on": date(1990, 12, 31)}, 10),
        ({"completed_on": "1991-01-01"}, Fraction(10, 3)),
        ({"completed_on": "1989-05-01", "completed_year": 2010}, 10),
        ({"completed_on": None, "completed_year": 2000}, Fraction(10, 3)),
        ({"completed_year": 2001}, 0),
        ({"agreed": "1.5", "asked": "6.0"}, Fraction(9, 4)),
        ({"agreed": 9, "asked": 3}, 9),
        ({"agreed": 9, "asked": 0}, 0),
        ({"agreed": 0.5, "asked": 1}, 0),
    ],
)
def test_bands_and_shares_at_their_edges(facts: Facts, points: Fraction) -> None:
    assert score(scheme(), facts).points == points


def compound(
    name: str, will: bool = False, year: int | None = None, homes: int | None = None, **more: object
) -> Candidate:
    return Candidate(name, {"resident_will_strong": will, "completed_year": year, **more}, homes)


def test_ties_go_to_older_then_larger_then_smaller_id_and_say_so() -> None:
    rows = [
        compound("f", True, 2010),
        compound("e", False, 2011, 90),
        compound("d", False, 2011, 90),
        compound("c", False, 2011, 200),
        compound("b", False, 2006),
        compound("a", False),
    ]
    places = rank(scheme(), rows)
    assert [(row.place, row.id, row.decided_by) for row in places] == [
        (1, "f", None),
        (2, "b", "score"),
        (3, "c", "completion"),
        (4, "d", "households"),
        (5, "e", "id"),
        (6, "a", "completion"),
    ]
    assert [row.tied for row in places] == [False, True, True, True, True, True]


def test_a_year_alone_is_not_taken_for_older_than_a_day_in_it() -> None:
    day = Candidate("z", {"completed_on": "2010-06-01"})
    assert [row.id for row in rank(scheme(), [compound("a", False, 2010), day])] == ["z", "a"]


FACTS = st.fixed_dictionaries(
    {
        "completed_year": st.none() | st.integers(1980, 2010),
        "resident_will_strong": st.none() | st.booleans(),
        "agreed": st.none() | st.integers(0, 5),
        "asked": st.none() | st.integers(0, 5),
    }
)
ROWS = st.lists(FACTS, max_size=8).map(lambda rows: [Candidate(f"c{at}", row, at % 3) for at, row in enumerate(rows)])


@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_candidates_changes_nothing(rows: list[Candidate], r: object) -> None:
    other = list(rows)
    r.shuffle(other)  # type: ignore[attr-defined]
    assert rank(scheme(), rows) == rank(scheme(), other)


@given(ROWS, st.sampled_from(["age", "will", "consent"]), st.integers(-12, 12))
def test_a_shift_is_the_difference_of_two_rankings(rows: list[Candidate], key: str, step: int) -> None:
    base = scheme()
    weight = max(0, base.criterion(key).weight + step)
    changed = scheme(SCHEME.replace(f"weight = {base.criterion(key).weight}\n", f'weight = "{weight}"\n'))
    (shift,) = shifts(base, rows, key, [Fraction(step)], top=2)
    before, after = ({row.id: row.place for row in rank(s, rows)} for s in (base, changed))
    assert {(move.id, move.before, move.after) for move in shift.moves} == {
        (name, before[name], after[name]) for name in before if before[name] != after[name]
    }
    assert set(shift.entered) == {n for n in before if after[n] <= 2} - {n for n in before if before[n] <= 2}
    assert len(shift.entered) == len(shift.left)


@given(FACTS, FACTS)
def test_at_the_break_even_weight_two_compounds_draw_level(one: Facts, other: Facts) -> None:
    for row in break_evens(score(scheme(), one), score(scheme(), other)):
        weight = scheme().criterion(row.key).weight
        changed = scheme(SCHEME.replace(f"weight = {weight}\n", f'weight = "{row.weight}"\n'))
        assert score(changed, one).points == score(changed, other).points
        assert row.weight == weight + row.change >= 0


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (("weight = 7", "weight = 7.5"), "criteria[1].weight"),
        (("weight = 7", "weight = -7"), "criteria[1].weight"),
        (("weight = 7", 'weight = "1/0"'), "criteria[1].weight"),
        (('"flag"', '"star"'), "criteria[1].measure"),
        (('key = "will"', 'key = "age"'), "criteria"),
        (('zh = "意愿"', ""), "criteria[1].zh"),
        (('share = "1/3"', 'share = "3"'), "criteria[0].measure.bands[1].share"),
        (("up_to = 2000", "up_to = 1980"), "criteria[0].measure"),
        ((', { share = "0" }', ""), "criteria[0].measure"),
        (('["city-template", "三(一)"]', '["city-template"]'), "criteria[1].sources[0]"),
        (('id = "t"', "id = t"), "scheme"),
        (('version = "1"', ""), "scheme.version"),
    ],
)
def test_a_faulty_scheme_is_named_with_its_place(change: tuple[str, str], place: str) -> None:
    assert change[0] in SCHEME
    faults = parse_scheme(SCHEME.replace(*change))
    assert isinstance(faults, tuple)
    assert place in [fault.place for fault in faults]


def test_the_shipped_scheme_says_it_is_an_example_and_reads_only_known_facts() -> None:
    example = scheme(shipped())
    with (Path(next(iter(packs.__path__))) / "dictionary" / "facts.csv").open(encoding="utf-8") as file:
        known = {row["name"] for row in csv.DictReader(file)}
    assert example.label == "示例（非官方）"
    assert example.possible == 100
    assert {name for criterion in example.criteria for name in criterion.measure.facts} <= known
    assert all(criterion.sources for criterion in example.criteria)


def test_two_compounds_of_the_same_id_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="twice"):
        rank(scheme(), [compound("a"), compound("a")])
