import pytest

from gongdi.web import words


@pytest.mark.parametrize(("value", "text"), [(0, "0"), (47_000, "47,000"), (None, "—"), ("", "—")])
def test_a_number_that_is_not_there_is_a_dash(value: int | None, text: str) -> None:
    assert words.separated(value) == text
