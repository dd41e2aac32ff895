"""Proofs over a vote's log for anybody: signed heads, an entry is in it, an earlier log is its beginning."""

from __future__ import annotations

from typing import Any

from gongdi.apps.voting.models import LogEntry, Vote
from gongdi.core.voting.merkle import consistency_proof, inclusion_proof
from gongdi.core.voting.receipts import read_code, receipt_code

EACH = 100
"""Each hundredth head is shown, with the first and the newest: more would tell to the second when each owner voted."""


def _head(entry: LogEntry) -> dict[str, Any]:
    return {"size": entry.seq + 1, "root": entry.root, "at": entry.head_at, "signature": entry.signature}


def _is_shown(vote: Vote, entry: LogEntry) -> bool:
    return entry.seq % EACH == 0 or entry.seq == vote.size - 1


def _end(vote: Vote, entry: LogEntry) -> dict[str, Any]:
    """One end of a proof between two sizes: whoever holds a receipt has that head, and its moment is nobody else's."""
    return _head(entry) if _is_shown(vote, entry) else {"size": entry.seq + 1, "root": entry.root}


def heads_of(vote: Vote) -> dict[str, Any]:
    """The signed heads, the newest last."""
    rows = [row for row in vote.log.defer("line") if _is_shown(vote, row)]
    return {
        "vote": vote.code, "algorithm": vote.algorithm, "key": vote.public_key, "heads": [_head(row) for row in rows]
    }  # fmt: skip


def _leaves(vote: Vote) -> list[bytes]:
    return [bytes.fromhex(leaf) for leaf in vote.log.values_list("leaf", flat=True)]


def inclusion_of(vote: Vote, given: str) -> dict[str, Any] | None:
    """That the entry of a receipt code is in the log, under its newest head; None when the code is not in it."""
    code = read_code(given)
    leaves = _leaves(vote)
    seq = next((n for n, leaf in enumerate(leaves) if code and receipt_code(leaf) == code), None)
    if seq is None:
        return None
    newest = vote.log.get(seq=len(leaves) - 1)
    path = [step.hex() for step in inclusion_proof(vote.algorithm, leaves, seq)]
    return {
        "vote": vote.code, "algorithm": vote.algorithm, "receipt": code, "seq": seq, "leaf": leaves[seq].hex(),
        "path": path, "head": _head(newest),
    }  # fmt: skip


def consistency_of(vote: Vote, first: int, second: int) -> dict[str, Any] | None:
    """That the log of the first size is the beginning of that of the second; None for sizes it never had."""
    leaves = _leaves(vote)
    if not 0 < first <= second <= len(leaves):
        return None
    rows = {row.seq: row for row in vote.log.filter(seq__in=[first - 1, second - 1])}
    path = [step.hex() for step in consistency_proof(vote.algorithm, leaves[:second], first)]
    return {
        "vote": vote.code, "algorithm": vote.algorithm, "first": _end(vote, rows[first - 1]),
        "second": _end(vote, rows[second - 1]), "path": path,
    }  # fmt: skip
