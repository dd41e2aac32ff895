from datetime import date, timedelta
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.ownership.spells import Spell, holdings_on

DAY = date(2020, 1, 1)
days = st.integers(0, 40).map(lambda number: DAY + timedelta(days=number))
spells = st.builds(
    Spell,
    dwelling=st.integers(1, 3),
    owner=st.integers(1, 4),
    share=st.sampled_from([Fraction(1), Fraction(1, 2), Fraction(1, 3)]),
    since=st.none() | days,
    until=st.none() | days,
)


def test_a_sale_moves_the_dwelling_on_the_day_itself() -> None:
    history = [Spell(1, 1, Fraction(1), None, DAY), Spell(1, 2, Fraction(1), DAY, None)]
    before, on = holdings_on(DAY - timedelta(days=1), history), holdings_on(DAY, history)
    assert before[1].owners == ((1, Fraction(1)),)
    assert on[1].owners == ((2, Fraction(1)),)


@given(st.lists(spells, max_size=12), days)
def test_the_roll_of_a_day_is_what_a_slow_count_of_that_day_gives(history: list[Spell], day: date) -> None:
    expected: dict[int, dict[int, Fraction]] = {}
    for spell in history:
        begun = spell.since is None or spell.since <= day
        ended = spell.until is not None and spell.until <= day
        if begun and not ended:
            own = expected.setdefault(spell.dwelling, {})
            own[spell.owner] = own.get(spell.owner, Fraction(0)) + spell.share
    assert {number: dict(holding.owners) for number, holding in holdings_on(day, history).items()} == expected
