"""Which answers can be kept, and which counts."""

from gongdi.core.consultation.answers import Answer, Side, Wish, counting_answers, faults_of
from gongdi.core.consultation.pledges import Pledge, Reply

OWNERS, USERS = Side.OWNERS, Side.USERS
ITEMS = (1, 2, 3)


def told(**parts: object) -> Answer:
    return Answer(1, 7, OWNERS, **{"wishes": {1: Wish.WANTS, 2: Wish.AGAINST}, **parts})  # type: ignore[arg-type]


def test_a_whole_answer_has_no_fault() -> None:
    assert faults_of(told(priorities=[1]), ITEMS) == []


def test_an_empty_answer_is_one_only_when_the_household_was_heard() -> None:
    assert "还没有选" in str(faults_of(told(wishes={}), ITEMS)[0])
    assert faults_of(told(wishes={}, heard=True), ITEMS) == []


def test_priorities_are_wanted_distinct_and_at_most_three() -> None:
    assert [each.place for each in faults_of(told(priorities=[1, 1]), ITEMS)] == ["priority_2"]
    assert [each.place for each in faults_of(told(priorities=[2]), ITEMS)] == ["priority_1"]
    wants = dict.fromkeys((1, 2, 3, 4), Wish.WANTS)
    assert "最多选三项" in str(faults_of(told(wishes=wants, priorities=[1, 2, 3, 4]), (1, 2, 3, 4))[0])


def test_a_reply_to_what_is_not_asked_is_a_fault() -> None:
    said = told(pledges={Pledge.FEE: Reply.YES})
    assert faults_of(said, ITEMS, [Pledge.FEE]) == []
    assert "有的问题不在" in str(faults_of(said, ITEMS)[0])


def test_an_item_that_is_not_on_the_menu_is_a_fault() -> None:
    assert "不在这次征询的清单上" in str(faults_of(told(wishes={9: Wish.WANTS}), ITEMS)[0])


def test_the_latest_of_a_side_counts_whatever_the_order_they_are_read_in() -> None:
    first, second = Answer(1, 7, OWNERS, {1: Wish.WANTS}), Answer(2, 7, OWNERS, {1: Wish.AGAINST})
    tenant = Answer(3, 7, USERS, {1: Wish.WANTS})
    assert counting_answers([tenant, second, first], OWNERS) == {7: second}
    assert counting_answers([tenant, second, first], USERS) == {7: tenant}
