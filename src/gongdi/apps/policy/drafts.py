"""Drafts of packs beside those in force: read from an upload, checked, compared. Nothing here decides."""

from __future__ import annotations

import json
import re
from collections import ChainMap
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from gongdi.apps.accounts.models import User
from gongdi.apps.policy.access import visible_drafts
from gongdi.apps.policy.models import PackDraft
from gongdi.apps.policy.packs import library
from gongdi.core.policy.packs import Library, Pack, PackFault
from gongdi.core.policy.packtext import parse_pack
from gongdi.exchange.packbooks import pack_workbook, read_pack_file, sheet_of
from gongdi.exchange.packchecks import checked_texts
from gongdi.exchange.packfiles import folder_texts, load_vocabulary, shipped_folder
from gongdi.web import clock

UPLOADED = "draft"
"""The name of a draft while it is read, before it has a number."""
_SLUG = re.compile(r"^\s*slug\s*=.*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FaultLine:
    """A fault as its author finds it: sheet, row, column, what is wrong, what to do."""

    sheet: str
    row: int
    column: str
    problem: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read of a draft: without a pack it cannot be tried, faults beside a pack are to be looked at."""

    texts: Mapping[str, str]
    pack: Pack | None
    faults: tuple[FaultLine, ...]


def read_draft(name: str, content: bytes) -> Reading:
    """Read and check an upload.

    Raises:
        CannotReadError: the file is no workbook and no folder of a pack.
    """
    vocabulary = load_vocabulary()
    found = read_pack_file(name, content, vocabulary)
    if found.faults:
        return Reading(found.texts, None, told(found.faults))
    return checked(named(found.texts, UPLOADED), UPLOADED)


def checked(texts: Mapping[str, str], slug: str) -> Reading:
    """Everything wrong in a draft's texts, told by sheet."""
    pack, faults = checked_texts(slug, texts)
    return Reading(texts, pack, told(faults))


def told(faults: list[PackFault] | tuple[PackFault, ...]) -> tuple[FaultLine, ...]:
    """Faults as the page shows them."""
    vocabulary = load_vocabulary()
    return tuple(
        FaultLine(sheet_of(each.file, vocabulary), each.row, each.column, each.problem, each.remedy) for each in faults
    )


def named(texts: Mapping[str, str], slug: str) -> dict[str, str]:
    """The texts with the draft's own name in its metadata, whatever name it was copied from."""
    meta = texts.get("pack.toml", "")
    line = f'slug = "{slug}"'
    meta = _SLUG.sub(line, meta, count=1) if _SLUG.search(meta) else f"{line}\n{meta}"
    return {**texts, "pack.toml": meta}


def pack_of(draft: PackDraft) -> Pack | None:
    """A kept draft as a pack, titled as a draft; None when the rules of packs have changed since and refuse it."""
    pack = _parsed(draft.slug, json.dumps(draft.texts, sort_keys=True, ensure_ascii=False))
    if pack is None:
        return None
    title = f"草案：{pack.document.title}（{clock.local_date(draft.uploaded_at):%m-%d} 上传）"
    return replace(pack, document=replace(pack.document, title=title))


@lru_cache(maxsize=32)
def _parsed(slug: str, texts: str) -> Pack | None:
    pack, _ = parse_pack(slug, named(json.loads(texts), slug), load_vocabulary())
    return pack


def library_with_drafts(user: User) -> Library:
    """The packs in force and the drafts that a person may try, for comparing only."""
    drafts = {draft.slug: pack for draft in visible_drafts(user) if (pack := pack_of(draft)) is not None}
    return Library(library().vocabulary, ChainMap(drafts, library().packs))  # type: ignore[arg-type]


def workbook_of(pack: Pack) -> bytes:
    """A pack in force as a workbook to draft from."""
    return pack_workbook(pack, folder_texts(shipped_folder() / pack.slug), load_vocabulary())


def workbook_of_draft(draft: PackDraft) -> bytes | None:
    """A draft as a workbook again; None when it can no longer be read."""
    texts = named(draft.texts, draft.slug)
    pack, _ = parse_pack(draft.slug, texts, load_vocabulary())
    return None if pack is None else pack_workbook(pack, texts, load_vocabulary())
