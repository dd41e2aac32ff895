"""What a policy pack is (政策包): one jurisdiction's document as decision tables, with its metadata."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from gongdi.core.policy.expressions import Expression
from gongdi.core.policy.vocabulary import Decision, Fact, Vocabulary
from gongdi.core.values import Period


class Modality(StrEnum):
    """How binding a clause is (约束力): must blocks, the others advise (X-31)."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"
    ENCOURAGED = "encouraged"


MODALITY_ZH = {
    Modality.MUST: "应当",
    Modality.SHOULD: "原则上",
    Modality.MAY: "可以",
    Modality.ENCOURAGED: "鼓励",
}


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """One clause of a decision table (条款): where it stands, when it applies, what follows."""

    id: str
    when: Expression
    selects: tuple[Expression, ...]
    """The parts of `when` that read selectors only; a row they rule out says nothing on the question."""
    outcome: str
    """Empty for a note, which only adds flags and values."""
    section: str
    modality: Modality
    in_force: Period
    flags: tuple[str, ...]
    text: str
    text_en: str
    values: Mapping[str, Expression]
    line: int = field(default=0, compare=False)
    """Where it stands in its text, as a spreadsheet counts lines; 0 for a row that is no line of a table."""


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """The rows by which one pack answers one decision (决策表), in order."""

    decision: Decision
    rows: tuple[Row, ...]
    selectors: tuple[str, ...]
    """The decision's selectors that this table reads."""
    reads: tuple[Fact, ...]
    """Every fact and parameter that predicates and values read."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that this one cites (引用文件); its content need not be at hand."""

    title: str
    number: str
    purpose: str
    issuer: str = ""
    issued: str = ""


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex of a document (附件), and whether its text was published with it."""

    title: str
    published: bool


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One item as the document classes it (改造内容清单)."""

    item: str
    item_class: str
    section: str
    note: str


@dataclass(frozen=True, slots=True)
class Target:
    """A figure that the document quotes (文件数据): kept as quoted, never a rule."""

    id: str
    name: str
    figure: str
    unit: str
    section: str


class Treatment(StrEnum):
    """What becomes of a section (条款去向): every section of a document has one."""

    EXECUTABLE = "executable"
    RECORD = "record"
    PROCESS = "process"
    JUDGEMENT = "judgement"
    AIM = "aim"
    NOT_APPLICABLE = "not_applicable"


TREATMENT_ZH = {
    Treatment.EXECUTABLE: "可判定",
    Treatment.RECORD: "须记录",
    Treatment.PROCESS: "须办理",
    Treatment.JUDGEMENT: "由人裁量",
    Treatment.AIM: "目标或原则",
    Treatment.NOT_APPLICABLE: "不适用",
}


@dataclass(frozen=True, slots=True)
class Section:
    """One section of the document (条款) and what becomes of it."""

    section: str
    title: str
    title_en: str
    treatment: Treatment
    decisions: tuple[str, ...]
    """The decisions that cite it, when it is executable."""
    part: str
    """The part of the product that serves it; a name of PARTS in sections.py, or empty."""
    note: str
    line: int = field(default=0, compare=False)
    """Its line in sections.csv."""


@dataclass(frozen=True)
class Document:
    """The document behind a pack (政策文件)."""

    title: str
    title_en: str
    issuer: str
    place: str
    level: str
    number: str
    issued: str
    issued_status: str
    first_day: date | None
    last_day: date | None
    cites: tuple[Cited, ...] = ()
    notes: tuple[str, ...] = ()
    index_number: str = ""
    """As the notice prints it (索引号), and so are the next two (文件有效性, 公开方式)."""
    validity: str = ""
    publicity: str = ""
    annexes: tuple[Annex, ...] = ()


@dataclass(frozen=True, eq=False)
class Pack:
    """One document as data (政策包)."""

    slug: str
    alias: str
    version: str
    document: Document
    parameters: Mapping[str, Fact]
    tables: Mapping[str, Table]
    catalogue: tuple[CatalogueEntry, ...]
    targets: tuple[Target, ...]
    digest: str
    """SHA-256 over the pack's texts, in hexadecimal."""
    rests_on: tuple[str, ...] = ()
    """Packs of the levels above, nearest first (X-33)."""
    falls_through: tuple[str, ...] = ()
    """Decisions on which this document's silence may be filled from above; "*" for all. Nothing falls by itself."""
    sections: tuple[Section, ...] = ()
    """Every section of the document, in its order."""


@dataclass(frozen=True, slots=True, order=True)
class PackFault:
    """What is wrong in a pack's text, for its author."""

    file: str
    row: int
    """The line as a spreadsheet counts it: the header is 1; 0 for the whole file."""
    column: str
    problem: str
    remedy: str = ""

    def __str__(self) -> str:
        place = self.file + (f" 第 {self.row} 行" if self.row else "") + self._where
        return f"{place}：{self.problem}" + (f"；{self.remedy}" if self.remedy else "")

    @property
    def _where(self) -> str:
        """The column of a table, or the item of pack.toml."""
        word = "项" if self.file.endswith(".toml") else "列"
        return f" “{self.column}”{word}" if self.column else ""


@dataclass(frozen=True)
class Library:
    """All packs at hand, with the vocabulary they share."""

    vocabulary: Vocabulary
    packs: Mapping[str, Pack] = field(default_factory=dict)
