"""Signed tree heads (签名树头): how many entries a log held at a moment, under which root, and who stands for it.

The signature itself is made outside: core takes a signer. Ed25519 (RFC 8032) over the canonical text of the head.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from gongdi.core.voting.canonical import Record, canonical_bytes

Signer = Callable[[bytes], bytes]
"""Signs bytes: 64 bytes of Ed25519."""
CONTEXT = "gongdi tree head v1"


@dataclass(frozen=True, slots=True)
class TreeHead:
    """The head of a vote's log. `at` is UTC to the second: 2027-03-01T08:00:00Z."""

    vote: str
    algorithm: str
    size: int
    root: bytes
    at: str

    def signed_text(self) -> bytes:
        """What is signed."""
        return canonical_bytes(
            {
                "algorithm": self.algorithm,
                "at": self.at,
                "context": CONTEXT,
                "root": self.root.hex(),
                "size": self.size,
                "vote": self.vote,
            }
        )


@dataclass(frozen=True, slots=True)
class SignedHead:
    """A head with its signature."""

    head: TreeHead
    signature: bytes

    def record(self) -> Record:
        """As it stands in the public file."""
        head = self.head
        return {
            "at": head.at,
            "kind": "head",
            "root": head.root.hex(),
            "signature": self.signature.hex(),
            "size": head.size,
        }


def sign_head(head: TreeHead, signer: Signer) -> SignedHead:
    """A head signed."""
    return SignedHead(head, signer(head.signed_text()))
