from gongdi.core.ownership.identity import Identity, OwnerBook


def book(*known: Identity) -> OwnerBook:
    found = OwnerBook()
    for number, who in enumerate(known, start=1):
        found.add(number, who)
    return found


def test_equal_identity_numbers_are_one_owner_whatever_the_phone() -> None:
    assert book(Identity("甲", "ID1", "1")).find(Identity("甲", "ID1", "2")) == 1


def test_different_identity_numbers_are_two_owners_though_name_and_phone_agree() -> None:
    assert book(Identity("甲", "ID1", "1")).find(Identity("甲", "ID2", "1")) is None


def test_without_a_number_the_same_name_and_phone_are_one_owner() -> None:
    assert book(Identity("甲", "", "1")).find(Identity("甲", "", "1")) == 1
    assert book(Identity("甲", "", "1")).find(Identity("甲", "ID1", "1")) == 1


def test_a_name_alone_stays_apart_and_is_told_as_a_namesake() -> None:
    found = book(Identity("甲"))
    assert found.find(Identity("甲")) is None
    found.add(2, Identity("甲"))
    assert found.namesakes(Identity("甲"), 2) == [1]


def test_namesakes_that_both_have_numbers_are_known_to_differ() -> None:
    found = book(Identity("甲", "ID1"), Identity("甲", "ID2"))
    assert found.namesakes(Identity("甲", "ID2"), 2) == []


def test_the_phone_of_one_family_does_not_make_two_people_one() -> None:
    assert book(Identity("甲", "", "1")).find(Identity("乙", "", "1")) is None
