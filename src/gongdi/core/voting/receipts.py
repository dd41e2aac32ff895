"""What a voter keeps (回执): a short code to read out, and the content of a QR code.

The code has 19 characters of the leaf's digest and one to check them, in an alphabet of 23 without look-alikes: of
0 O D Q, 1 I L, 2 Z, 5 S, 8 B, U V none or one is in it. 23 is prime and the weights differ, so one wrong character and
two exchanged ones are always noticed.
"""

from __future__ import annotations

from dataclasses import dataclass

ALPHABET = "346789ACEFGHJKMNPRTVWXY"
LENGTH = 19
GROUP = 5


def short_code(data: bytes, length: int = LENGTH) -> str:
    """Characters for bytes, without the check character; the first 16 bytes count."""
    number = int.from_bytes(data[:16], "big") % len(ALPHABET) ** length
    letters = []
    for _ in range(length):
        number, rest = divmod(number, len(ALPHABET))
        letters.append(ALPHABET[rest])
    return "".join(reversed(letters))


def check_character(letters: str) -> str:
    """The character that checks the others: their weighted sum."""
    weighted = sum(place * ALPHABET.index(letter) for place, letter in enumerate(letters, start=1))
    return ALPHABET[weighted % len(ALPHABET)]


def receipt_code(leaf: bytes) -> str:
    """The short code of a leaf in four groups of five: 7KX3M-…."""
    letters = short_code(leaf)
    letters += check_character(letters)
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


def read_code(text: str) -> str | None:
    """A code as somebody typed it, in its proper form; None when a character is wrong or two are exchanged."""
    letters = "".join(letter for letter in text.upper() if letter not in " -")
    if len(letters) != LENGTH + 1 or any(letter not in ALPHABET for letter in letters):
        return None
    if check_character(letters[:-1]) != letters[-1]:
        return None
    return "-".join(letters[start : start + GROUP] for start in range(0, len(letters), GROUP))


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt: which entry of which log it is, and the signed head under which it was taken in."""

    vote: str
    seq: int
    leaf: bytes
    size: int
    root: bytes
    at: str
    signature: bytes

    @property
    def code(self) -> str:
        """The short code."""
        return receipt_code(self.leaf)

    def payload(self) -> str:
        """The content of its QR code, one line of text."""
        parts = (self.vote, str(self.seq), self.leaf.hex(), str(self.size), self.root.hex(), self.at)
        return "GONGDI1 " + " ".join((*parts, self.signature.hex()))
