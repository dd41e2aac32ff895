"""Free words of residents, with what could tell a person made unreadable (意见脱敏)."""

from __future__ import annotations

import re

_DIGITS = re.compile(r"(?:[0-9０-９][\s-]?){6,}[0-9０-９Xx]")
_ADDRESS = re.compile(r"[0-9]+\s*(?:号楼|幢|栋|座)?\s*[-－]?\s*(?:[0-9]+\s*单元)?\s*[-－]?\s*[0-9]{3,4}\s*室?")
_NAME = re.compile(r"(?:我是|我叫|联系人|姓名)[：:\s]*[\u4e00-\u9fff]{2,4}")


def masked(words: str) -> str:
    """Words with numbers of phones and papers, dwellings, and names that are introduced as such, put out.

    It is a help, not a proof: what a person tells otherwise stays, so the list is for staff alone.
    """
    told = _DIGITS.sub("〔号码〕", words)
    told = _ADDRESS.sub("〔房号〕", told)
    return _NAME.sub("〔姓名〕", told)
