"""Appending to a vote's log, inside the caller's transaction and under its lock on the vote."""

from __future__ import annotations

from datetime import datetime

from gongdi.apps.voting.models import LogEntry, Vote
from gongdi.apps.voting.signing import signer_for
from gongdi.core.voting.heads import TreeHead, sign_head
from gongdi.core.voting.merkle import Frontier, leaf_digest
from gongdi.core.voting.public import moment
from gongdi.core.voting.receipts import Receipt


def append(vote: Vote, line: str, at: datetime) -> LogEntry:
    """Add an entry, move the vote's frontier, sign the new head. `vote` is locked and fresh."""
    entry = extended(vote, line, at)
    keep(vote, [entry])
    return entry


def extended(vote: Vote, line: str, at: datetime) -> LogEntry:
    """The next entry with its signed head, not kept yet; the vote's frontier is moved past it."""
    leaf = leaf_digest(vote.algorithm, line.encode())
    peaks = tuple(bytes.fromhex(peak) for peak in vote.peaks)
    frontier = Frontier(vote.algorithm, vote.size, peaks).appended(leaf)
    root = frontier.root
    head = sign_head(TreeHead(vote.code, vote.algorithm, frontier.size, root, moment(at)), signer_for(vote))
    entry = LogEntry(
        vote=vote, seq=vote.size, line=line, leaf=leaf.hex(), root=root.hex(), head_at=head.head.at,
        signature=head.signature.hex(),
    )  # fmt: skip
    vote.size, vote.peaks, vote.last_at = frontier.size, [peak.hex() for peak in frontier.peaks], at
    return entry


def keep(vote: Vote, entries: list[LogEntry]) -> None:
    """Keep entries by which a vote's log was extended, all of them."""
    LogEntry.objects.bulk_create(entries)
    vote.save(update_fields=["size", "peaks", "last_at"])


def receipt_of(vote: Vote, entry: LogEntry) -> Receipt:
    """The receipt of an entry."""
    return Receipt(
        vote.code,
        entry.seq,
        bytes.fromhex(entry.leaf),
        entry.seq + 1,
        bytes.fromhex(entry.root),
        entry.head_at,
        bytes.fromhex(entry.signature),
    )
