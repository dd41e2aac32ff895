"""The log: canonical text, tree, proofs, signed heads, receipts."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdi.core.voting.canonical import canonical
from gongdi.core.voting.heads import TreeHead
from gongdi.core.voting.merkle import (
    consistency_proof,
    frontier_of,
    inclusion_proof,
    is_consistent,
    leaf_digest,
    root_by_inclusion,
    root_of,
)  # fmt: skip
from gongdi.core.voting.receipts import ALPHABET, Receipt, read_code, receipt_code

LEAVES = st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=40)
SHA = "sha256"


def test_canonical_text_sorts_keys_and_has_no_spaces() -> None:
    assert canonical({"b": [1, True, None], "a": "户"}) == '{"a":"户","b":[1,true,null]}'


@pytest.mark.parametrize("value", [1.5, {"面积": 1}, {1: 2}, {"a": [0.1]}])
def test_what_has_no_canonical_form_is_refused(value) -> None:
    with pytest.raises(ValueError, match=r"canonical|ASCII"):
        canonical(value)


def slow_root(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1, word for word."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\x01" + slow_root(leaves[:half]) + slow_root(leaves[half:])).digest()


@given(leaves=st.lists(st.binary(min_size=32, max_size=32), max_size=40))
def test_appending_gives_the_root_of_the_definition(leaves: list[bytes]) -> None:
    assert root_of(SHA, leaves) == slow_root(leaves)
    assert frontier_of(SHA, leaves).size == len(leaves)


@given(leaves=LEAVES, data=st.data())
def test_an_inclusion_proof_leads_to_the_root_and_from_nowhere_else(leaves: list[bytes], data) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof, root = inclusion_proof(SHA, leaves, index), slow_root(leaves)
    assert root_by_inclusion(SHA, leaves[index], index, len(leaves), proof) == root
    assert root_by_inclusion(SHA, leaf_digest(SHA, b"other"), index, len(leaves), proof) != root
    assert root_by_inclusion(SHA, leaves[index], index, len(leaves), [*proof, root]) is None


@given(leaves=LEAVES, data=st.data())
def test_a_consistency_proof_holds_for_a_true_beginning_alone(leaves: list[bytes], data) -> None:
    earlier = data.draw(st.integers(1, len(leaves)))
    proof = consistency_proof(SHA, leaves, earlier)
    old, new = slow_root(leaves[:earlier]), slow_root(leaves)
    assert is_consistent(SHA, (earlier, old), (len(leaves), new), proof)
    false = leaf_digest(SHA, b"false")
    assert not is_consistent(SHA, (earlier, false), (len(leaves), new), proof)
    assert not is_consistent(SHA, (earlier, old), (len(leaves), false), proof)


def test_a_leaf_cannot_be_passed_off_as_a_node() -> None:
    left, right = leaf_digest(SHA, b"a"), leaf_digest(SHA, b"b")
    assert root_of(SHA, [left, right]) != leaf_digest(SHA, left + right)


def test_the_other_digest_may_be_chosen() -> None:
    if "sm3" not in hashlib.algorithms_available:
        pytest.skip("this build of OpenSSL has no SM3")
    assert leaf_digest("sm3", b"x") == hashlib.new("sm3", b"\x00x").digest()


def test_an_unknown_digest_is_refused() -> None:
    with pytest.raises(ValueError, match="md5"):
        leaf_digest("md5", b"x")


def test_a_head_signs_its_vote_size_root_digest_and_moment() -> None:
    text = TreeHead("V1", SHA, 2, b"\xaa" * 32, "2027-03-01T08:00:00Z").signed_text().decode()
    for part in ('"vote":"V1"', '"size":2', '"algorithm":"sha256"', "aa" * 32, "2027-03-01T08:00:00Z"):
        assert part in text


@given(leaf=st.binary(min_size=32, max_size=32), data=st.data())
def test_a_code_mistyped_in_one_place_or_with_two_exchanged_is_noticed(leaf: bytes, data) -> None:
    code = receipt_code(leaf)
    assert read_code(code.lower().replace("-", " ")) == code
    letters = list(code.replace("-", ""))
    at = data.draw(st.integers(0, 19))
    wrong = [*letters]
    wrong[at] = data.draw(st.sampled_from([letter for letter in ALPHABET if letter != letters[at]]))
    assert read_code("".join(wrong)) is None
    first, second = data.draw(st.integers(0, 18)), data.draw(st.integers(0, 18))
    if letters[first] != letters[second]:
        letters[first], letters[second] = letters[second], letters[first]
        assert read_code("".join(letters)) is None


def test_the_qr_payload_is_one_line_with_all_that_is_needed() -> None:
    receipt = Receipt("V1", 5, b"\x01" * 32, 6, b"\x02" * 32, "2027-03-01T08:00:00Z", b"\x03" * 64)
    assert receipt.payload().split(" ") == [
        "GONGDI1", "V1", "5", "01" * 32, "6", "02" * 32, "2027-03-01T08:00:00Z", "03" * 64,
    ]  # fmt: skip
