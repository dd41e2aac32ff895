"""The worked cases of a pack: questions with the answers that the document gives (政策包示例)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import PurePosixPath
from typing import Any

from gongdi.core.policy.deciding import Answer, Question, decide
from gongdi.core.policy.explaining import answer_as_json
from gongdi.core.policy.expressions import references
from gongdi.core.policy.packs import Library, Pack, PackFault, Table
from gongdi.core.policy.vocabulary import UNDETERMINED, Fact, Kind, Vocabulary
from gongdi.exchange.casetables import table_cases
from gongdi.exchange.packbounds import untried_bounds


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """A question of a pack's author with what must come out (示例)."""

    place: str
    line: int
    question: Question
    expect: Mapping[str, Any]
    why: str


def read_cases(pack: Pack, texts: Mapping[str, str], vocabulary: Vocabulary) -> Iterator[WorkedCase | PackFault]:
    """The cases in a pack's cases/*.jsonl and cases/<decision>.csv; a line that is no case is a fault."""
    for name in sorted(name for name in texts if name.startswith("cases/")):
        place = f"{pack.slug}/{name}"
        for found in _objects(place, name, texts[name], pack, vocabulary):
            yield found if isinstance(found, PackFault) else _case(pack.slug, place, *found)


def _objects(
    place: str, name: str, text: str, pack: Pack, vocabulary: Vocabulary
) -> Iterator[tuple[int, Any] | PackFault]:
    if name.endswith(".csv"):
        decision = vocabulary.decisions.get(PurePosixPath(name).stem)
        if decision is None:
            yield PackFault(place, 0, "", f"没有判定 {PurePosixPath(name).stem}", "示例表的文件名须为判定名")
            return
        facts = {**vocabulary.facts, **{fact.name: fact for fact in pack.parameters.values()}}
        lists = frozenset(value.name for value in decision.values.values() if value.kind in (Kind.LIST, Kind.FACTS))
        yield from table_cases(place, decision.name, text, facts, lists)
    elif name.endswith(".jsonl"):
        for number, line in enumerate(text.splitlines(), start=1):
            if line.strip():
                yield number, line


def _case(slug: str, place: str, number: int, found: Any) -> WorkedCase | PackFault:
    try:
        row = json.loads(found) if isinstance(found, str) else found
        question = Question(row["case"], slug, row["decision"], date.fromisoformat(row["on"]), row["facts"])
        return WorkedCase(place, number, question, row["expect"], row.get("why", ""))
    except (ValueError, KeyError, TypeError) as error:
        return PackFault(place, number, "", f"不是完整的示例（{error}）", "须有 case、decision、on、facts、expect")


def case_fault(case: WorkedCase, library: Library) -> PackFault | None:
    """What differs between a case's expectation and the engine's answer; None when they agree."""
    answer = decide(library, case.question)
    if not isinstance(answer, Answer):
        return PackFault(case.place, case.line, "", f"提问有误：{answer.faults[0]}", "请改正示例")
    got = answer_as_json(answer, library.vocabulary)
    differences = list(_differences(case.expect, got))
    if not differences:
        return None
    problem = f"示例“{case.question.case}”不符：{'；'.join(differences)}"
    return PackFault(case.place, case.line, "", problem, f"这一题考的是：{case.why or '未写明'}。请核对示例或规则")


def _differences(expect: Mapping[str, Any], got: Mapping[str, Any]) -> Iterator[str]:
    if expect["outcome"] != got["outcome"]:
        yield f"结论为 {got['outcome']}，示例为 {expect['outcome']}"
    for name, value in expect.get("values", {}).items():
        if not _same(value, got["values"].get(name)):
            yield f"value:{name} 为 {_told(got['values'].get(name))}，示例为 {_told(value)}"
    if "missing" in expect and set(expect["missing"]) != set(got["missing"]):
        yield f"缺少的事实为 {_listed(got['missing'])}，示例为 {_listed(expect['missing'])}"
    cited = {clause["section"] for clause in got["clauses"]}
    yield from (f"未引用 {section}" for section in expect.get("sections", ()) if section not in cited)
    yield from (f"没有标记 {flag}" for flag in expect.get("flags", ()) if flag not in got["flags"])


def _listed(names: Iterable[str]) -> str:
    return "、".join(sorted(names)) or "无"


def _told(value: Any) -> str:
    """A value as a cell says it."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "空" if value is None else _listed(map(str, value)) if isinstance(value, list) else str(value)


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other
    if isinstance(one, list) and isinstance(other, list):
        return sorted(map(str, one)) == sorted(map(str, other))
    try:
        return Decimal(str(one)) == Decimal(str(other))
    except InvalidOperation:
        return bool(one == other)


def untested(pack: Pack, cases: Iterable[WorkedCase], library: Library) -> Iterator[PackFault]:
    """What the cases leave untried: an outcome, a row that never decides, a table never asked with a fact missing."""
    expected: dict[str, set[str]] = defaultdict(set)
    decided: dict[str, set[str]] = defaultdict(set)
    answers: dict[str, list[Answer]] = defaultdict(list)
    places: dict[str, str] = {}
    for case in cases:
        name = case.question.decision
        places.setdefault(name, case.place)
        expected[name].add(str(case.expect.get("outcome")))
        answer = decide(library, case.question)
        if isinstance(answer, Answer):
            answers[name].append(answer)
            decided[name].update(clause.row.id for clause in answer.clauses if clause.decided)
    for name, table in pack.tables.items():
        place = places.get(name, f"{pack.slug}/cases/{name}.csv")
        if name not in expected:
            yield PackFault(place, 0, "", f"判定 {name} 没有示例", "每项判定至少写一个示例")
        else:
            yield from _gaps(place, table, expected[name], decided[name])
            yield from untried_bounds(place, table, answers[name], library.vocabulary)


def _gaps(place: str, table: Table, expected: set[str], decided: set[str]) -> Iterator[PackFault]:
    rows = [row for row in table.rows if row.outcome]
    for outcome in dict.fromkeys(row.outcome for row in rows):
        if outcome not in expected:
            yield PackFault(place, 0, "", f"没有结论为 {outcome} 的示例", "每个结论至少写一个示例")
    for row in rows:
        if row.outcome in table.decision.outcomes and row.id not in decided:
            yield PackFault(place, 0, "", f"没有由行“{row.id}”决定的示例", "每一行至少写一个由它决定的示例")
    if UNDETERMINED not in expected and any(_may_lack(fact) for row in rows for fact in references(row.when).values()):
        yield PackFault(place, 0, "", "没有缺少事实的示例", "请写一个缺少事实的示例，结论为 undetermined，列出 missing")


def _may_lack(fact: Fact) -> bool:
    return fact.kind is not Kind.OPTION and fact.default is None and fact.name != "as_of"
