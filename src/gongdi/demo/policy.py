"""Policy work of the demo: a made-up draft that moves the cut-off by five years, and two decisions that were kept."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime

from gongdi.apps.accounts.models import User
from gongdi.apps.places.models import Compound
from gongdi.apps.policy.drafts import UPLOADED, checked, named
from gongdi.apps.policy.services import store_decision, upload_draft
from gongdi.exchange.packfiles import folder_texts, shipped_folder

TITLE = "江北区三年行动方案（虚构的修订草案）"
LATER = (("2000-12-31", "2005-12-31"), ("2001-01-01", "2006-01-01"), ("2000年", "2005年"), ("2000-", "2005-"))
"""Days and years of the scope, five years on."""


def work_on_policy(pack: str, place: str, compounds: list[Compound], officer: User, now: datetime) -> None:
    """Upload the draft, and keep the scope of one compound and a permit of another."""
    texts = _five_years_on(folder_texts(shipped_folder() / pack))
    reading = checked(texts, UPLOADED)
    assert reading.pack is not None, reading.faults
    digest = hashlib.sha256(json.dumps(texts, sort_keys=True).encode()).hexdigest()
    upload_draft(
        file_name="修订草案（虚构）.xlsx", digest=digest, title=TITLE, texts=texts, place=place, by=officer, now=now
    )
    first, second = compounds
    store_decision(compound=first, decision="scope", by=officer, now=now)
    store_decision(compound=second, decision="permits", asked={"permit": "project_approval"}, by=officer, now=now)


def _five_years_on(texts: dict[str, str]) -> dict[str, str]:
    """The pack with the cut-off of its scope five years later, worked cases included, under another title."""
    found = named(texts, UPLOADED)
    found["pack.toml"] = re.sub(r"^title = .*$", f'title = "{TITLE}"', found["pack.toml"], count=1, flags=re.MULTILINE)
    for name in ("tables/scope.csv", "cases/scope.jsonl"):
        for old, new in LATER:
            found[name] = found[name].replace(old, new)
    return found
