"""Merging what surveyors answered: no answer lost, and a conflict exactly where two differ."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.survey.answers import SYSTEM, AnswerSet, Value, changes, combine, merge, same

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 2), st.sampled_from(["", "0", "1", "good"]),
    st.fixed_dictionaries({"condition": st.sampled_from(["good", "worn"]), "quantity": st.sampled_from(["", "3 个"])}),
)  # fmt: skip
ANSWERS = st.dictionaries(st.sampled_from("abcd"), VALUES)


@st.composite
def sets(draw: st.DrawFn, base: st.SearchStrategy[dict[str, Value]] | None = None) -> list[AnswerSet]:
    shared = draw(ANSWERS)
    bases = base if base is not None else st.just(shared)
    return [AnswerSet(f"s{n}", draw(bases), draw(ANSWERS)) for n in range(draw(st.integers(0, 3)))]


@given(ANSWERS, sets(ANSWERS))
def test_every_answer_that_changes_something_is_settled_or_in_conflict(
    known: dict[str, Value], given_sets: list[AnswerSet]
) -> None:
    merged = merge(known, given_sets)
    assert not set(merged.settled) & set(merged.conflicts)
    for each in given_sets:
        for key, value in changes(each.base, each.answers).items():
            if key in merged.settled:
                assert each.by in merged.settled[key].by
                assert same(merged.settled[key].value, value)
            else:
                assert any(c.by == each.by and same(c.value, value) for c in merged.conflicts[key].claims)


@given(sets())
def test_where_nothing_moved_a_conflict_is_two_that_differ_from_each_other_and_from_the_base(
    given_sets: list[AnswerSet],
) -> None:
    base = given_sets[0].base if given_sets else {}
    merged = merge(base, given_sets)
    for key in "abcd":
        changed = [each.answers[key] for each in given_sets if key in changes(each.base, each.answers)]
        differ = any(not same(one, other) for one, other in combinations(changed, 2))
        assert (key in merged.conflicts) == differ
        assert (key in merged.settled) == (bool(changed) and not differ)


@given(ANSWERS, sets(ANSWERS))
def test_what_moved_meanwhile_is_never_overwritten_silently(
    known: dict[str, Value], given_sets: list[AnswerSet]
) -> None:
    merged = merge(known, given_sets)
    for key, found in merged.settled.items():
        for each in given_sets:
            if each.by in found.by:
                assert same(known.get(key), each.base.get(key)) or same(found.value, known.get(key))
    for conflict in merged.conflicts.values():
        assert all(c.by != SYSTEM or same(c.value, conflict.before) for c in conflict.claims)


@given(ANSWERS, sets(ANSWERS))
def test_the_order_of_surveyors_does_not_matter(known: dict[str, Value], given_sets: list[AnswerSet]) -> None:
    one, other = merge(known, given_sets), merge(known, given_sets[::-1])
    assert set(one.conflicts) == set(other.conflicts)
    assert {key: set(each.by) for key, each in one.settled.items()} == {
        key: set(each.by) for key, each in other.settled.items()
    }


@given(ANSWERS, ANSWERS, st.lists(st.sampled_from("abcd")))
def test_ones_own_later_answers_replace_only_the_same_questions(
    earlier: dict[str, Value], later: dict[str, Value], taken_back: list[str]
) -> None:
    found = combine(earlier, later, taken_back)
    for key in "abcd":
        if key in taken_back:
            assert key not in found
        elif key in later:
            assert same(found[key], later[key])
        elif key in earlier:
            assert same(found[key], earlier[key])
        else:
            assert key not in found


def test_true_is_not_one() -> None:
    assert not same(True, 1)
    assert not same("1", 1)
    assert same({"a": 1, "b": None}, {"b": None, "a": 1})
    assert changes({"a": 1}, {"a": True}) == {"a": True}
