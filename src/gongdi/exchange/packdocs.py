"""Packs and their vocabulary as Markdown, for reading and for the file (政策包参考文档)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from gongdi.core.policy.packs import MODALITY_ZH, TREATMENT_ZH, Document, Pack, Row, Table
from gongdi.core.policy.rendering import to_chinese, to_sql
from gongdi.core.policy.sections import PARTS
from gongdi.core.policy.vocabulary import Decision, Fact, Kind, Vocabulary

KIND_ZH = {
    Kind.BOOL: "是或否",
    Kind.OPTION: "选项（未给为否）",
    Kind.DATE: "日期",
    Kind.EVENT: "日期，或尚未发生",
    Kind.YEAR: "年份",
    Kind.COUNT: "整数",
    Kind.YUAN: "元",
    Kind.M2: "平方米",
    Kind.ENUM: "代码之一",
    Kind.LIST: "一组代码",
    Kind.MONTH_DAY: "月-日",
    Kind.TEXT: "文字",
    Kind.FACTS: "一组事实",
}


def pack_markdown(pack: Pack, vocabulary: Vocabulary) -> str:
    """The reference of one pack: its document, decisions clause by clause, catalogue, parameters and coverage."""
    parts = [
        _head(pack),
        _parameters(pack),
        _coverage(pack, vocabulary),
        "## 判定\n",
        *(_decision(table, vocabulary) for table in pack.tables.values() if table.decision.name != "item_class"),
        _catalogue(pack, vocabulary),
        _targets(pack),
    ]
    return "\n".join(filter(None, parts)).rstrip() + "\n"


def dictionary_markdown(vocabulary: Vocabulary) -> str:
    """The reference of the words: every decision with its outcomes and values, every fact with its codes, all items."""
    facts: dict[str, list[Fact]] = {}
    for fact in vocabulary.facts.values():
        facts.setdefault(fact.group, []).append(fact)
    parts = ["# 词典：判定、事实、改造内容\n", "## 判定\n"]
    parts += [_decision_words(decision) for decision in vocabulary.decisions.values()]
    parts.append("## 事实\n")
    for group, members in facts.items():
        rows = ((f"`{fact.name}`", fact.zh, KIND_ZH[fact.kind], codes_of(fact), fact.note) for fact in members)
        parts.append(f"### {group}\n\n" + _grid(("名称", "中文", "类型", "代码", "说明"), rows))
    items = ((f"`{item.code}`", item.zh, item.ledger) for item in vocabulary.items.values())
    parts.append("## 改造内容\n\n" + _grid(("代码", "中文", "编号"), items))
    return "\n".join(parts).rstrip() + "\n"


def _grid(heads: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    heads = tuple(heads)
    lines = [heads, ("---",) * len(heads), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _head(pack: Pack) -> str:
    document = pack.document
    lines = [f"# {document.title}\n", f"{document.title_en}\n"]
    rows = [
        ("发布", document.issuer),
        ("地区", document.place),
        ("文号", document.number or "未载明"),
        ("日期", document.issued or "原文隐去"),
        ("施行", _period(document)),
        *((name, told) for name, told in _printed(document) if told),
        ("上位政策包", "、".join(pack.rests_on) or "无"),
        ("摘要", f"`{pack.digest}`"),
    ]
    lines.append(_grid(("项目", "内容"), rows))
    lines += [f"- {note}" for note in document.notes]
    if document.cites:
        cited = ((cite.title, cite.number or "未载明", cite.purpose) for cite in document.cites)
        lines.append("\n## 引用文件\n\n" + _grid(("文件", "文号", "用途"), cited))
    return "\n".join(lines) + "\n"


def _printed(document: Document) -> tuple[tuple[str, str], ...]:
    """What a notice prints about its document, and few do."""
    annexes = "、".join(each.title + ("" if each.published else "（未公开）") for each in document.annexes)
    return (
        ("索引号", document.index_number),
        ("有效性", document.validity),
        ("公开方式", document.publicity),
        ("附件", annexes),
    )


def _period(document: Document) -> str:
    if not document.first_day and not document.last_day:
        return "未载明"
    return f"{document.first_day or '—'} 至 {document.last_day or '—'}"


def _parameters(pack: Pack) -> str:
    if not pack.parameters:
        return ""
    rows = (
        (f"`{fact.name}`", fact.zh, KIND_ZH[fact.kind], "原文隐去，未设定" if fact.masked else f"默认 {_default(fact)}")
        for fact in pack.parameters.values()
    )
    return "## 参数\n\n" + _grid(("名称", "中文", "类型", "状态"), rows)


def _default(fact: Fact) -> str:
    if isinstance(fact.default, tuple):
        month, day = fact.default
        return f"{month:02d}-{day:02d}"
    return str(fact.default)


def _coverage(pack: Pack, vocabulary: Vocabulary) -> str:
    counts = Counter(section.treatment for section in pack.sections)
    summary = "，".join(f"{zh} {counts[treatment]}" for treatment, zh in TREATMENT_ZH.items() if counts[treatment])
    rows = (
        (
            section.section,
            section.title,
            TREATMENT_ZH[section.treatment],
            "、".join(vocabulary.decisions[name].zh for name in section.decisions),
            PARTS.get(section.part, ""),
            section.note,
        )
        for section in pack.sections
    )
    grid = _grid(("条款", "内容", "去向", "判定", "承接", "说明"), rows)
    return f"## 条款去向\n\n共 {len(pack.sections)} 条：{summary}。\n\n{grid}"


def _decision(table: Table, vocabulary: Vocabulary) -> str:
    decision = table.decision
    head = f"### {decision.zh}（`{decision.name}`）\n\n{decision.question_zh}？依据：{'、'.join(decision.ledger)}。\n"
    rows = (
        (
            row.section,
            row.id,
            vocabulary.outcome(decision.name, row.outcome).zh if row.outcome else "附注",
            MODALITY_ZH[row.modality],
            row.text,
            "总是" if not row.outcome and to_sql(row.when) == "TRUE" else to_chinese(row.when),
            "、".join(row.flags),
        )
        for row in table.rows
    )
    grid = _grid(("条款", "行", "结论", "约束力", "转述", "条件", "标记"), rows)
    texts = "".join(_texts(row) for row in table.rows)
    return f"{head}\n{grid}\n```sql\n{texts}```\n"


def _texts(row: Row) -> str:
    period = (
        f"  -- {row.in_force.first or '…'} 至 {row.in_force.last or '…'}"
        if row.in_force != type(row.in_force)()
        else ""
    )
    values = "".join(f"    {name} = {to_sql(value)}\n" for name, value in row.values.items())
    return f"{row.id}: {to_sql(row.when)}{period}\n{values}"


def _catalogue(pack: Pack, vocabulary: Vocabulary) -> str:
    if not pack.catalogue:
        return ""
    rows = (
        (
            f"`{entry.item}`",
            vocabulary.items[entry.item].zh,
            vocabulary.outcome("item_class", entry.item_class).zh,
            entry.section,
            entry.note,
        )
        for entry in pack.catalogue
    )
    return "## 改造内容清单\n\n" + _grid(("代码", "内容", "类别", "条款", "说明"), rows)


def _targets(pack: Pack) -> str:
    if not pack.targets:
        return ""
    rows = ((target.id, target.name, f"{target.figure}{target.unit}", target.section) for target in pack.targets)
    return "## 文件数据（照录，不作规则）\n\n" + _grid(("编号", "名称", "数值", "条款"), rows)


def _decision_words(decision: Decision) -> str:
    lines = [f"### `{decision.name}` {decision.zh}\n", f"{decision.question_zh}？\n"]
    if decision.selectors:
        lines.append(f"选择事实：{'、'.join(f'`{name}`' for name in decision.selectors)}\n")
    lines.append(f"命中方式：{'报告所有成立的行' if decision.reports_all else '取第一条成立的行'}\n")
    lines.append(_grid(("结论", "中文"), ((f"`{code}`", outcome.zh) for code, outcome in decision.outcomes.items())))
    if decision.values:
        rows = ((f"`value:{value.name}`", value.zh, KIND_ZH[value.kind]) for value in decision.values.values())
        lines.append(_grid(("值的列名", "中文", "类型"), rows))
    return "\n".join(lines)


def codes_of(fact: Fact) -> str:
    """The codes that a fact may have, each with its word; empty when it is no choice."""
    if fact.kind is Kind.LIST and len(fact.labels) > 40:
        return "见“改造内容”"
    return "、".join(f"`{code}` {zh}" for code, zh in fact.labels.items())


def coverage_counts(pack: Pack) -> Iterator[tuple[str, int]]:
    """How many sections of a pack go where, in the order of TREATMENT_ZH."""
    counts = Counter(section.treatment for section in pack.sections)
    return ((treatment.value, counts[treatment]) for treatment in TREATMENT_ZH)
