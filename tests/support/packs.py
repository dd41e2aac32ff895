"""A small pack made in a test: one table, the shared vocabulary, nothing read from the shipped packs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from typing import Any

from gongdi.core.policy.deciding import Answer, Question, decide
from gongdi.core.policy.packs import Library, Pack, PackFault
from gongdi.core.policy.packtext import COLUMNS, parse_pack
from gongdi.exchange.packfiles import load_vocabulary

META = """
slug = "test-1999"
alias = "test"
version = "1"
title = "试验文件"
title_en = "A test document"
issuer = "试验区"
place = "试验区"
level = "district"
number = ""
issued = ""
issued_status = "masked"
"""


def table_text(*rows: Mapping[str, str]) -> str:
    """A decision table as CSV; columns left out are empty, section and text are filled in."""
    extra = [name for row in rows for name in row if name not in COLUMNS]
    columns = [*COLUMNS, *dict.fromkeys(extra)]
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, restval="", lineterminator="\n")
    writer.writeheader()
    for number, row in enumerate(rows, start=1):
        writer.writerow({"id": f"r{number}", "section": "一", "text": "条款", "text_en": "clause", **row})
    return out.getvalue()


def read(decision: str, *rows: Mapping[str, str], meta: str = META) -> tuple[Pack | None, list[PackFault]]:
    """The pack with one table, or its faults."""
    texts = {"pack.toml": meta, f"tables/{decision}.csv": table_text(*rows)}
    return parse_pack("test-1999", texts, load_vocabulary())


def answer(
    decision: str, facts: Mapping[str, Any], *rows: Mapping[str, str], meta: str = META, on: str = "2021-06-01"
) -> Answer:
    """The answer of a one-table pack."""
    pack, faults = read(decision, *rows, meta=meta)
    assert pack is not None, faults
    library = Library(load_vocabulary(), {pack.slug: pack})
    found = decide(library, Question("q", pack.slug, decision, date.fromisoformat(on), facts))
    assert isinstance(found, Answer), found
    return found
