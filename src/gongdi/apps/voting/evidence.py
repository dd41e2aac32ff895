"""Signatures and signed papers: sealed before they reach the disk, opened only for a stated purpose."""

from __future__ import annotations

from datetime import datetime

from gongdi.apps.accounts.models import User
from gongdi.apps.voting.models import EVIDENCE, Ballot, Evidence, Unit, Vote
from gongdi.web.sealing import seal_bytes, unseal_bytes
from gongdi.web.uploads import keep_file, path_of


def keep_evidence(  # noqa: PLR0913 -- a picture, said whole
    *, vote: Vote, unit: Unit, kind: str, content: bytes, media_type: str, by: User, now: datetime,
    ballot: Ballot | None = None,
) -> Evidence:  # fmt: skip
    """Seal and keep a picture, within the caller's transaction."""
    kept = keep_file([seal_bytes(content, EVIDENCE)])
    return Evidence.objects.create(
        vote=vote, unit=unit, ballot=ballot, kind=kind, digest=kept.digest, media_type=media_type, kept_by=by,
        kept_at=now,
    )  # fmt: skip


def content_of(evidence: Evidence) -> bytes:
    """The picture; raises CannotUnsealError, FileNotFoundError."""
    return unseal_bytes(path_of(evidence.digest).read_bytes(), EVIDENCE)
