"""What pack.toml says (政策包信息): the document, its parameters, the documents it cites and the packs it rests on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from gongdi.core.policy.packs import Annex, Cited, Document, PackFault
from gongdi.core.policy.vocabulary import Fact, Kind, Vocabulary

LEVELS = ("nation", "province", "city", "district")
STATUSES = ("printed", "inferred", "masked")
PARAMETER_KINDS = (Kind.YEAR, Kind.COUNT, Kind.DATE, Kind.MONTH_DAY, Kind.YUAN, Kind.M2)

_TEXTS = ("title", "title_en", "issuer", "place", "level", "number", "issued", "issued_status")
_IF_PRINTED = ("index_number", "validity", "publicity")
_MONTH_DAY = re.compile(r"(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")


@dataclass(frozen=True)
class Meta:
    """A pack.toml that could be read; `document` is None when the document's own data have faults."""

    document: Document | None
    alias: str
    version: str
    parameters: Mapping[str, Fact]
    rests_on: tuple[str, ...]
    falls_through: tuple[str, ...]


@dataclass
class _Reader:
    slug: str
    meta: Mapping[str, Any]
    faults: list[PackFault] = field(default_factory=list)

    def fault(self, column: str, problem: str, remedy: str = "") -> None:
        self.faults.append(PackFault(f"{self.slug}/pack.toml", 0, column, problem, remedy))

    def texts(self, name: str) -> tuple[str, ...]:
        """A list of texts; empty when it is not there."""
        found = self.meta.get(name, [])
        if isinstance(found, list) and all(isinstance(text, str) for text in found):
            return tuple(found)
        self.fault(name, "应为一组文字", '请写成 ["甲", "乙"]，没有时写 []')
        return ()

    def day(self, name: str) -> date | None:
        found = self.meta.get(name)
        if found is None or (isinstance(found, date) and not isinstance(found, datetime)):
            return found
        self.fault(name, f"“{found}”不是日期", f"请写成 {name} = 2024-03-01，不加引号")
        return None

    def paragraphs(self, name: str) -> Iterator[Mapping[str, Any]]:
        for entry in self.meta.get(name, ()):
            if isinstance(entry, dict):
                yield entry
            else:
                self.fault(name, "应为一段一段的写法", f"每段以 [[{name}]] 开头")


def parse_meta(slug: str, meta: Mapping[str, Any], vocabulary: Vocabulary) -> tuple[Meta, list[PackFault]]:
    """What a pack.toml says, and everything wrong in it."""
    reader = _Reader(slug, meta)
    falls = reader.texts("falls_through")
    for name in falls:
        if name != "*" and name not in vocabulary.decisions:
            reader.fault("falls_through", f"没有名为 {name} 的判定", "请写判定名，全部判定写 *")
    read = Meta(
        document=_document(reader),
        alias=str(meta.get("alias", slug)),
        version=str(meta.get("version", "1")),
        parameters=dict(_parameters(reader)),
        rests_on=reader.texts("rests_on"),
        falls_through=falls,
    )
    return read, reader.faults


def _document(reader: _Reader) -> Document | None:
    before = len(reader.faults)
    for name in (*_TEXTS, "slug"):
        if not isinstance(reader.meta.get(name), str):
            reader.fault(name, "缺少这一项", "请填写文字，没有时填空字符串")
    if reader.meta.get("slug") != reader.slug:
        reader.fault("slug", f"与文件夹名 {reader.slug} 不一致", "请改成相同")
    for name, allowed in (("level", LEVELS), ("issued_status", STATUSES)):
        if isinstance(reader.meta.get(name), str) and reader.meta[name] not in allowed:
            reader.fault(name, f"没有“{reader.meta[name]}”", f"可用：{'、'.join(allowed)}")
    first, last = reader.day("first_day"), reader.day("last_day")
    if first and last and last < first:
        reader.fault("last_day", "末日早于首日", "请改正")
    for name in _IF_PRINTED:
        if not isinstance(reader.meta.get(name, ""), str):
            reader.fault(name, "应为文字", "请加引号；文件没有载明的不写这一行")
    cites, annexes, notes = tuple(_cites(reader)), tuple(_annexes(reader)), reader.texts("notes")
    if len(reader.faults) > before:
        return None
    printed = {name: reader.meta[name] for name in _TEXTS} | {name: reader.meta.get(name, "") for name in _IF_PRINTED}
    return Document(**printed, first_day=first, last_day=last, cites=cites, annexes=annexes, notes=notes)


def _cites(reader: _Reader) -> Iterator[Cited]:
    for entry in reader.paragraphs("cites"):
        if isinstance(entry.get("title"), str):
            yield Cited(entry["title"], *(str(entry.get(name, "")) for name in ("number", "for", "issuer", "issued")))
        else:
            reader.fault("cites", "引用的文件没有标题", "每段须有 title，可有 number、for、issuer 和 issued")


def _annexes(reader: _Reader) -> Iterator[Annex]:
    for entry in reader.paragraphs("annexes"):
        if isinstance(entry.get("title"), str) and isinstance(entry.get("published"), bool):
            yield Annex(entry["title"], entry["published"])
        else:
            reader.fault("annexes", "附件缺少标题或是否公开", "每段须有 title，和 published = true 或 false")


def _parameters(reader: _Reader) -> Iterator[tuple[str, Fact]]:
    declared = reader.meta.get("parameters", {})
    for name, entry in (declared if isinstance(declared, dict) else {}).items():
        column = f"parameters.{name}"
        if not isinstance(entry, dict) or not all(isinstance(entry.get(part), str) for part in ("kind", "zh", "en")):
            reader.fault(column, "缺少 kind、zh 或 en", f"请以 [{column}] 开头，三项都写上")
        elif entry["kind"] not in {kind.value for kind in PARAMETER_KINDS}:
            reader.fault(column, f"没有类型“{entry['kind']}”", f"可用：{'、'.join(PARAMETER_KINDS)}")
        elif (entry.get("state") == "masked") == ("default" in entry):
            reader.fault(column, "隐去的参数不能有默认值，其他参数须有默认值", "请写 state 或 default 其中一项")
        else:
            kind, default = Kind(entry["kind"]), entry.get("default")
            ready = None if default is None else _ready(kind, default)
            if default is not None and ready is None:
                reader.fault(
                    column, f"默认值 {default!r} 不能用", "月日写成 07-31，年份和整数不加引号；其他类型不设默认值"
                )
            masked = default is None
            yield name, Fact(f"parameter:{name}", kind, entry["zh"], entry["en"], default=ready, masked=masked)


def _ready(kind: Kind, default: object) -> object:
    """A default as predicates compare it; None when it is not of its kind, or of a kind that has no default form."""
    if kind is Kind.MONTH_DAY and isinstance(default, str) and _MONTH_DAY.fullmatch(default):
        return int(default[:2]), int(default[3:])
    whole = isinstance(default, int) and not isinstance(default, bool)
    return default if kind in (Kind.YEAR, Kind.COUNT) and whole else None
