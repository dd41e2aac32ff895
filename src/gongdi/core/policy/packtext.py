"""From a pack's texts to a checked pack. Every fault is returned, none is raised; no file is read here."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from gongdi.core.policy.csvlines import read_lines
from gongdi.core.policy.expressions import Expression, Logic, Type, conjuncts, references, type_of
from gongdi.core.policy.packmeta import parse_meta
from gongdi.core.policy.packs import (
    CatalogueEntry,
    Modality,
    Pack,
    PackFault,
    Row,
    Table,
    Target,
)
from gongdi.core.policy.parsing import TYPES, ExpressionFault, Scope, parse_predicate, parse_value
from gongdi.core.policy.sections import parse_sections
from gongdi.core.policy.vocabulary import DICTIONARY, NOT_REGULATED, Decision, Fact, Value, Vocabulary
from gongdi.core.values import Period

COLUMNS = ("id", "when", "outcome", "section", "modality", "from", "until", "flags", "text", "text_en")
"""The columns of every decision table; value columns follow, headed `value:<name>`."""
CATALOGUE_COLUMNS = ("item", "class", "section", "when", "flags", "classes", "note")
TARGET_COLUMNS = ("id", "name", "figure", "unit", "section")


@dataclass
class _Reader:
    """One pack being read: what is known so far, and every fault met."""

    slug: str
    texts: Mapping[str, str]
    vocabulary: Vocabulary
    parameters: dict[str, Fact] = field(default_factory=dict)
    items_by_class: dict[str, tuple[str, ...]] = field(default_factory=dict)
    faults: list[PackFault] = field(default_factory=list)

    def fault(self, file: str, row: int, column: str, problem: str, remedy: str = "") -> None:
        self.faults.append(PackFault(f"{self.slug}/{file}", row, column, problem, remedy))

    def scope(self) -> Scope:
        return Scope(self.vocabulary.facts, self.parameters, self.items_by_class)

    def expression(
        self, parse: Callable[[str, Scope], Expression], text: str, file: str, row: int, column: str
    ) -> Expression | None:
        try:
            return parse(text, self.scope())
        except ExpressionFault as fault:
            self.fault(file, row, column, fault.problem, fault.remedy)
            return None


def deciding_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """The texts that decide, by name: metadata, tables, catalogue.

    Notes on coverage (sections.csv), worked cases and readmes decide nothing and are left out.
    """
    return {
        name: texts[name]
        for name in sorted(texts)
        if name.endswith((".csv", ".toml")) and name != "sections.csv" and not name.startswith("cases/")
    }


def digest_of(texts: Mapping[str, str]) -> str:
    """SHA-256 over the texts that decide, each with its name and length."""
    sha = hashlib.sha256()
    for name, text in deciding_texts(texts).items():
        body = text.encode()
        sha.update(f"{name} {len(body)}\n".encode())
        sha.update(body)
    return sha.hexdigest()


def parse_pack(slug: str, texts: Mapping[str, str], vocabulary: Vocabulary) -> tuple[Pack | None, list[PackFault]]:
    """Read one pack from its texts by path: pack.toml, catalogue.csv, targets.csv, tables/<decision>.csv.

    Returns the pack, or None with every fault that stands in its way.
    """
    reader = _Reader(slug, texts, vocabulary)
    try:
        meta = tomllib.loads(texts.get("pack.toml", ""))
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"line ([0-9]+), column ([0-9]+)", str(error))
        line, where = (int(at[1]), f"第 {at[2]} 个字附近") if at else (0, "末尾附近")
        reader.fault(
            "pack.toml", line, "", f"TOML 格式有误，{where}读不懂",
            "文字要加英文双引号，日期写成 2024-05-01，一项只写一次，引号和方括号要成对",
        )  # fmt: skip
        return None, reader.faults
    said, unread = parse_meta(slug, meta, vocabulary)
    reader.faults.extend(unread)
    reader.parameters = dict(said.parameters)
    catalogue = _catalogue(reader)
    tables = {name: table for name in _table_names(reader) if (table := _table(name, reader))}
    if (table := _item_class(reader, catalogue)) is not None:
        tables["item_class"] = table
    targets = _targets(reader)
    sections, unread = parse_sections(slug, texts.get("sections.csv", ""), vocabulary)
    reader.faults.extend(unread)
    if reader.faults or said.document is None:
        return None, reader.faults
    in_order = {name: tables[name] for name in vocabulary.decisions if name in tables}
    pack = Pack(
        slug=slug,
        alias=said.alias,
        version=said.version,
        document=said.document,
        parameters=reader.parameters,
        tables=in_order,
        catalogue=catalogue,
        targets=targets,
        digest=digest_of(texts),
        rests_on=said.rests_on,
        falls_through=said.falls_through,
        sections=sections,
    )
    return pack, []


def _rows(file: str, reader: _Reader, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    return read_lines(f"{reader.slug}/{file}", reader.texts[file], columns, reader.faults)


def _catalogue(reader: _Reader) -> tuple[CatalogueEntry, ...]:
    if "catalogue.csv" not in reader.texts:
        return ()
    classes = reader.vocabulary.decisions["item_class"].outcomes
    entries: list[CatalogueEntry] = []
    for number, row in _rows("catalogue.csv", reader, CATALOGUE_COLUMNS):
        if row["item"] not in reader.vocabulary.items:
            reader.fault("catalogue.csv", number, "item", f"没有内容代码“{row['item']}”", f"可用的代码见{DICTIONARY}")
        if row["class"] not in classes:
            reader.fault("catalogue.csv", number, "class", f"没有类别“{row['class']}”", f"可用：{'、'.join(classes)}")
        if not row["when"] and any(entry.item == row["item"] for entry in entries):
            reader.fault(
                "catalogue.csv", number, "item", f"内容“{row['item']}”列了两次", "请合并，或在 when 写明各自前提"
            )
        entries.append(CatalogueEntry(row["item"], row["class"], row["section"], row["note"]))
    for name in classes:
        reader.items_by_class[name] = tuple(entry.item for entry in entries if entry.item_class == name)
    return tuple(entries)


def _item_class(reader: _Reader, catalogue: tuple[CatalogueEntry, ...]) -> Table | None:
    """The table of item_class: one row for each group of catalogue lines that say the same."""
    if not catalogue:
        return None
    groups: dict[tuple[str, ...], list[str]] = {}
    places: dict[tuple[str, ...], int] = {}
    for line, row in _rows("catalogue.csv", reader, ("item",)):
        key = (row["class"], row["section"], row["when"], row["flags"], row["classes"], row["note"])
        groups.setdefault(key, []).append(row["item"])
        places.setdefault(key, line)
    lines = []
    for number, ((name, section, when, flags, classes, note), items) in enumerate(groups.items(), start=1):
        listed = ", ".join(f"'{item}'" for item in items)
        value = "array(" + ", ".join(f"'{word}'" for word in classes.split(";")) + ")" if classes else ""
        zh = reader.vocabulary.decisions["item_class"].outcomes[name].zh if name in reader.items_by_class else name
        lines.append(
            {
                "id": f"{name}-{number}",
                "when": f"item IN ({listed})" + (f" AND {when}" if when else ""),
                "outcome": name,
                "section": section,
                "modality": "must",
                "from": "",
                "until": "",
                "flags": flags,
                "text": note or f"该项内容在此处列为：{zh}",
                "text_en": f"listed here as {name.replace('_', ' ')}",
                "value:classes": value,
            }
        )
    return _assembled("item_class", "catalogue.csv", list(zip(places.values(), lines, strict=True)), reader)


def _table_names(reader: _Reader) -> list[str]:
    names = []
    for file in sorted(reader.texts):
        if file.startswith("tables/") and file.endswith(".csv"):
            name = file.removeprefix("tables/").removesuffix(".csv")
            if name in reader.vocabulary.decisions and name != "item_class":
                names.append(name)
            else:
                reader.fault(file, 0, "", f"没有名为 {name} 的判定", f"可用的判定见{DICTIONARY}")
    return names


def _table(name: str, reader: _Reader) -> Table | None:
    file = f"tables/{name}.csv"
    return _assembled(name, file, list(_rows(file, reader, COLUMNS)), reader)


def _assembled(name: str, file: str, lines: list[tuple[int, dict[str, str]]], reader: _Reader) -> Table | None:
    decision = reader.vocabulary.decisions[name]
    rows = [row for number, line in lines if (row := _row(decision, file, number, line, reader))]
    seen: set[str] = set()
    for (number, _), row in zip(lines, rows, strict=False):
        if row.id in seen:
            reader.fault(file, number, "id", f"行号名“{row.id}”重复", "每行须有不同的名称")
        seen.add(row.id)
    read: dict[str, Fact] = {}
    for row in rows:
        for expression in (row.when, *row.values.values()):
            read.update(references(expression))
    read.pop("as_of", None)
    in_predicates = {fact for row in rows for fact in references(row.when)}
    selectors = tuple(name for name in decision.selectors if name in in_predicates)
    return Table(decision, tuple(rows), selectors, tuple(read.values()))


def _row(decision: Decision, file: str, number: int, line: Mapping[str, str], reader: _Reader) -> Row | None:
    when = reader.expression(parse_predicate, line["when"], file, number, "when")
    values = _values(decision, file, number, line, reader)
    period = _period(file, number, line, reader)
    outcome = line["outcome"]
    if outcome and outcome != NOT_REGULATED and outcome not in decision.outcomes:
        allowed = "、".join((*decision.outcomes, NOT_REGULATED))
        reader.fault(file, number, "outcome", f"判定 {decision.name} 没有结论“{outcome}”", f"可用：{allowed}")
    if not line["text"]:
        reader.fault(file, number, "text", "没有转述", "请用自己的话写出这一款说什么；判定说明要给人看")
    if not line["section"]:
        reader.fault(file, number, "section", "没有写出条款位置", "请填写章节，例如 二(一)")
    try:
        modality = Modality(line["modality"] or "must")
    except ValueError:
        reader.fault(file, number, "modality", f"没有“{line['modality']}”", f"可用：{'、'.join(Modality)}")
        return None
    if when is None or period is None:
        return None
    chosen = tuple(part for part in conjuncts(when) if _reads_only(part, decision.selectors))
    return Row(
        id=line["id"],
        when=when,
        selects=chosen,
        outcome=outcome,
        section=line["section"],
        modality=modality,
        in_force=period,
        flags=tuple(filter(None, line["flags"].split(";"))),
        text=line["text"],
        text_en=line["text_en"],
        values=values,
        line=number,
    )


def _reads_only(part: Expression, names: tuple[str, ...]) -> bool:
    read = set(references(part))
    return bool(read) and read <= set(names)


def _values(
    decision: Decision, file: str, number: int, line: Mapping[str, str], reader: _Reader
) -> dict[str, Expression]:
    found = {}
    for column, text in line.items():
        if not column.startswith("value:") or not text:
            continue
        value = decision.values.get(column.removeprefix("value:"))
        if value is None:
            reader.fault(
                file, number, column, f"判定 {decision.name} 没有这个值", f"可用：{'、'.join(decision.values)}"
            )
            continue
        expression = reader.expression(parse_value, text, file, number, column)
        if expression is not None and not _fits(expression, value):
            reader.fault(file, number, column, f"类型不是 {value.kind}", "请核对表达式")
        elif expression is not None:
            found[value.name] = expression
    return found


def _fits(expression: Expression, value: Value) -> bool:
    wanted, _ = TYPES[value.kind]
    return type_of(expression) is wanted or (wanted is Type.BOOL and isinstance(expression, Logic))


def _period(file: str, number: int, line: Mapping[str, str], reader: _Reader) -> Period | None:
    try:
        first, last = (_date(line[end]) if line[end] else None for end in ("from", "until"))
    except ValueError:
        reader.fault(file, number, "from", f"日期“{line['from']}”或“{line['until']}”有误", "请写成 2021-01-01")
        return None
    if first and last and first > last:
        reader.fault(file, number, "until", "截止日早于起始日", "请改正")
    return Period(first, last)


def _date(text: str) -> date:
    """A day as typed (2021-01-01) or as spreadsheets rewrite it (2021/1/1)."""
    found = re.fullmatch(r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})", text)
    if found is None:
        raise ValueError(text)
    return date(*map(int, found.groups()))


def _targets(reader: _Reader) -> tuple[Target, ...]:
    if "targets.csv" not in reader.texts:
        return ()
    return tuple(
        Target(row["id"], row["name"], row["figure"], row["unit"], row["section"])
        for _, row in _rows("targets.csv", reader, TARGET_COLUMNS)
    )
