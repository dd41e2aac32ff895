"""An append-only log as a Merkle tree of the shape of RFC 6962 (section 2.1): leaves and nodes hashed apart.

The digest is named in every record: sha256, or sm3 where the rules on commercial cryptography ask for it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

ALGORITHMS = ("sha256", "sm3")
LEAF, NODE = b"\x00", b"\x01"


def digest(algorithm: str, data: bytes) -> bytes:
    """The digest of bytes; ValueError when the algorithm is not known or not at hand on this machine."""
    if algorithm not in ALGORITHMS:
        raise ValueError(f"unknown digest: {algorithm}")
    return hashlib.new(algorithm, data).digest()


def leaf_digest(algorithm: str, entry: bytes) -> bytes:
    """The digest of a leaf."""
    return digest(algorithm, LEAF + entry)


def node_digest(algorithm: str, left: bytes, right: bytes) -> bytes:
    """The digest of a node over two."""
    return digest(algorithm, NODE + left + right)


@dataclass(frozen=True, slots=True)
class Frontier:
    """What must be known of a log to append to it: its size, and the roots of its full subtrees, largest first."""

    algorithm: str
    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def appended(self, leaf: bytes) -> Frontier:
        """The frontier after one more leaf (given as its digest)."""
        peaks, rest, node = list(self.peaks), self.size, leaf
        while rest & 1:
            node = node_digest(self.algorithm, peaks.pop(), node)
            rest >>= 1
        return Frontier(self.algorithm, self.size + 1, (*peaks, node))

    @property
    def root(self) -> bytes:
        """The root of the tree; of an empty one the digest of nothing."""
        if not self.peaks:
            return digest(self.algorithm, b"")
        node = self.peaks[-1]
        for peak in reversed(self.peaks[:-1]):
            node = node_digest(self.algorithm, peak, node)
        return node


def frontier_of(algorithm: str, leaves: Sequence[bytes]) -> Frontier:
    """The frontier of a log of leaf digests."""
    frontier = Frontier(algorithm)
    for leaf in leaves:
        frontier = frontier.appended(leaf)
    return frontier


def root_of(algorithm: str, leaves: Sequence[bytes]) -> bytes:
    """The root over leaf digests (RFC 6962, 2.1)."""
    return frontier_of(algorithm, leaves).root


def _split(size: int) -> int:
    """The largest power of two below a size."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(algorithm: str, leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The digests that lead from a leaf to the root (RFC 6962, 2.1.1), the leaf's neighbour first."""
    if not 0 <= index < len(leaves):
        raise ValueError("no such leaf")
    if len(leaves) == 1:
        return []
    half = _split(len(leaves))
    if index < half:
        return [*inclusion_proof(algorithm, leaves[:half], index), root_of(algorithm, leaves[half:])]
    return [*inclusion_proof(algorithm, leaves[half:], index - half), root_of(algorithm, leaves[:half])]


def root_by_inclusion(algorithm: str, leaf: bytes, index: int, size: int, proof: Sequence[bytes]) -> bytes | None:
    """The root that a proof leads to (RFC 9162, 2.1.3.2); None when the proof has the wrong length."""
    if not 0 <= index < size:
        return None
    at, last, node = index, size - 1, leaf
    for step in proof:
        if last == 0:
            return None
        if at & 1 or at == last:
            node = node_digest(algorithm, step, node)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            node = node_digest(algorithm, node, step)
        at, last = at >> 1, last >> 1
    return node if last == 0 else None


def consistency_proof(algorithm: str, leaves: Sequence[bytes], earlier: int) -> list[bytes]:
    """The digests that show an earlier log to be the beginning of this one (RFC 6962, 2.1.2)."""
    if not 0 < earlier <= len(leaves):
        raise ValueError("no such earlier log")
    return _subproof(algorithm, leaves, earlier, whole=True)


def _subproof(algorithm: str, leaves: Sequence[bytes], earlier: int, *, whole: bool) -> list[bytes]:
    if earlier == len(leaves):
        return [] if whole else [root_of(algorithm, leaves)]
    half = _split(len(leaves))
    if earlier <= half:
        return [*_subproof(algorithm, leaves[:half], earlier, whole=whole), root_of(algorithm, leaves[half:])]
    below = _subproof(algorithm, leaves[half:], earlier - half, whole=False)
    return [*below, root_of(algorithm, leaves[:half])]


def is_consistent(algorithm: str, earlier: tuple[int, bytes], later: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether a proof shows the earlier head (size, root) to be a beginning of the later (RFC 9162, 2.1.4.2)."""
    (first, old), (second, new) = earlier, later
    if first == second:
        return not proof and old == new
    if not 0 < first < second:
        return False
    steps = list(proof)
    if first & (first - 1) == 0:
        steps.insert(0, old)
    if not steps:
        return False
    at, last = first - 1, second - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    before = after = steps[0]
    for step in steps[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            before, after = node_digest(algorithm, step, before), node_digest(algorithm, step, after)
            while not at & 1 and at:
                at, last = at >> 1, last >> 1
        else:
            after = node_digest(algorithm, after, step)
        at, last = at >> 1, last >> 1
    return last == 0 and before == old and after == new
