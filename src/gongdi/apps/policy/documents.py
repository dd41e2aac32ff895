"""The register of documents (文件登记) as the page and the workbook show it."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO

from gongdi.apps.policy.packs import library
from gongdi.core.policy.registering import HOLDING_ZH, Registered, register
from gongdi.exchange.workbook import Column, Sheet, write_workbook


@dataclass(frozen=True, slots=True)
class Line:
    """A document of the register with what of it is said in words."""

    document: Registered
    issued: str
    period: str
    holding: str


def documents() -> list[Line]:
    """Every document, those held first."""
    return [Line(each, _issued(each), _period(each), HOLDING_ZH[each.holding]) for each in register(library().packs)]


def _issued(document: Registered) -> str:
    if document.issued_status == "masked":
        return "日期原文隐去"
    return document.issued + ("（推定）" if document.issued and document.issued_status == "inferred" else "")


def _period(document: Registered) -> str:
    first, last = document.first_day, document.last_day
    if first and last:
        return f"{first} 至 {last}"
    return f"{first} 起" if first else f"至 {last}" if last else ""


def documents_workbook() -> bytes:
    """The register as a workbook, a line for each document."""
    columns = [
        Column("文件", 44), Column("文号", 24), Column("发布单位", 28), Column("发布日期", 12), Column("施行期间", 24),
        Column("收录情况", 20), Column("索引号", 20), Column("有效性", 10), Column("公开方式", 12), Column("附件", 40),
        Column("被引用", 56),
    ]  # fmt: skip
    rows = [
        [
            each.title, each.number, each.issuer, line.issued, line.period, line.holding, each.index_number,
            each.validity, each.publicity,
            "；".join(a.title + ("" if a.published else "（未公开）") for a in each.annexes),
            "；".join(f"{use.title}（{use.purpose}）" for use in each.cited_by),
        ]
        for line in documents()
        for each in (line.document,)
    ]  # fmt: skip
    stream = BytesIO()
    subtitle = f"共 {len(rows)} 份文件；文件没有载明的留空"
    write_workbook(stream, [Sheet("政策文件登记", subtitle, columns, rows)])
    return stream.getvalue()
