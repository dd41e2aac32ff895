"""Appending to a vote's log, inside the caller's transaction and under its lock on the vote."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gongdi.apps.voting.models import LogEntry, Vote
from gongdi.apps.voting.signing import signer_for
from gongdi.core.voting.heads import TreeHead, sign_head
from gongdi.core.voting.merkle import Frontier, leaf_digest
from gongdi.core.voting.public import moment
from gongdi.core.voting.receipts import Receipt
from gongdi.web.statements import Insert, Statement, Update, run

_ENTRIES = Insert(
    LogEntry, "vote_id", "seq", "line", "leaf", "root", "head_at", "signature", returning=["seq", "id"]
)  # fmt: skip
_FRONTIER = Update(Vote, "size", "peaks", "last_at")


def append(vote: Vote, line: str, at: datetime) -> LogEntry:
    """Add an entry, move the vote's frontier, sign the new head. `vote` is locked and fresh."""
    log = Log(vote)
    entry = log.add(line, at)
    keep([log])
    return entry


class Log:
    """The log of one vote while it grows (日志): entries are made in memory, then kept all at once."""

    def __init__(self, vote: Vote) -> None:
        """Begin at what the vote, locked and fresh, says of its log.

        Raises:
            RefusedError: the key at hand is not the vote's.
        """
        self.vote, self.fresh = vote, list[LogEntry]()
        self._signer = signer_for(vote)
        self._frontier = Frontier(vote.algorithm, vote.size, tuple(bytes.fromhex(peak) for peak in vote.peaks))

    def add(self, line: str, at: datetime) -> LogEntry:
        """The next entry with its signed head, not kept yet; the vote says that its log is longer by it."""
        vote, leaf = self.vote, leaf_digest(self.vote.algorithm, line.encode())
        self._frontier = self._frontier.appended(leaf)
        root, seq = self._frontier.root, vote.size
        head = sign_head(TreeHead(vote.code, vote.algorithm, seq + 1, root, moment(at)), self._signer)
        entry = LogEntry(
            vote=vote, seq=seq, line=line, leaf=leaf.hex(), root=root.hex(), head_at=head.head.at,
            signature=head.signature.hex(),
        )  # fmt: skip
        vote.size, vote.last_at = seq + 1, at
        self.fresh.append(entry)
        return entry

    def statements(self) -> tuple[Statement[None], Statement[None]]:
        """What writes the entries that were added, which then have their keys, and where the log ends."""
        vote = self.vote
        vote.peaks = [peak.hex() for peak in self._frontier.peaks]
        told = _ENTRIES.statement(
            (vote.pk, each.seq, each.line, each.leaf, each.root, each.head_at, each.signature) for each in self.fresh
        )
        return told.then(self._kept), _FRONTIER.statement(vote.pk, vote.size, vote.peaks, vote.last_at)

    def _kept(self, returned: list[tuple[Any, ...]]) -> None:
        keys = dict(returned)
        for each in self.fresh:
            each.pk, each._state.adding, each._state.db = keys[each.seq], False, "default"
        self.fresh = []


def keep(logs: Iterable[Log]) -> None:
    """Write what was added to some logs."""
    if told := [statement for log in logs for statement in log.statements()]:
        run(*told)


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
