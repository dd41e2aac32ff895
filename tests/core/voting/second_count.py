"""A second count, written apart: slow, obvious, in plain fractions, sharing nothing with the code under test."""

from fractions import Fraction


def second_verdict(rule: str, ballots: list[tuple[int, int, str | None]]) -> bool:
    """`ballots`: heads, area in 0.01 m2, and what was said (None: nothing). By the words of the law."""
    all_heads = all_area = in_heads = in_area = yes_heads = yes_area = 0
    for heads, area, said in ballots:
        all_heads += heads
        all_area += area
        if said in ("yes", "no", "abstain"):
            in_heads += heads
            in_area += area
        if said == "yes":
            yes_heads += heads
            yes_area += area
    if rule in ("civil-code-2021-ordinary", "civil-code-2021-special", "lift-stairwell-2021"):
        if Fraction(in_heads, all_heads) < Fraction(2, 3) or Fraction(in_area, all_area) < Fraction(2, 3):
            return False
        heads, area = Fraction(yes_heads, in_heads), Fraction(yes_area, in_area)
        if rule == "civil-code-2021-ordinary":
            return heads > Fraction(1, 2) and area > Fraction(1, 2)
        return heads >= Fraction(3, 4) and area >= Fraction(3, 4)
    heads, area = Fraction(yes_heads, all_heads), Fraction(yes_area, all_area)
    if rule == "property-law-2007-ordinary":
        return heads > Fraction(1, 2) and area > Fraction(1, 2)
    if rule == "zhumadian-2021-facility":
        return heads >= Fraction(4, 5)
    return heads >= Fraction(2, 3) and area >= Fraction(2, 3)
