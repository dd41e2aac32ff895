"""`gongdi decide`: questions in, answers out, one JSON object a line each, streaming."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter as Tally
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from time import monotonic
from typing import Any, TextIO, TypeGuard

import click

from gongdi.core.policy.deciding import Answer, Question, Refusal
from gongdi.core.policy.deciding import decide as decide_one
from gongdi.core.policy.explaining import answer_as_json
from gongdi.core.policy.falling import decide_with_levels
from gongdi.core.policy.faults_english import in_english
from gongdi.core.policy.inputs import InputFault
from gongdi.core.policy.packs import Library, Pack
from gongdi.exchange.packfiles import load_library, unusable_packs

Decider = Callable[[Library, Question], Answer | Refusal]
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


@click.command()
@click.argument("questions", type=click.File("r", encoding="utf-8-sig", errors="replace"), default="-")
@click.option("--explain", is_flag=True, help="附上逐项比较的说明树")
@click.option(
    "--levels", is_flag=True, help="本地文件未作规定且允许时，依上级文件作答；pack、level 注明由谁、哪一级作答"
)
@click.option("--english", is_flag=True, help="说明用英文 (explanations in English)")
def decide(questions: TextIO, explain: bool, levels: bool, english: bool) -> None:
    """逐条作出政策判定。

    QUESTIONS 每行一个 JSON：case、pack、decision、on、facts；“-”为标准输入。每个提问输出一行答案。
    提问有误时该行给出 error，其余照常判定；有误时退出码为 1。
    """
    library, wrong = load_library(), 0
    count = Counter()
    for number, line in enumerate(questions, start=1):
        count.tick(number)
        if line.strip():
            answer = _answered(
                library, line, number, Manner(explain, english, decide_with_levels if levels else decide_one)
            )
            wrong += "error" in answer
            _print(answer)
    count.done()
    if wrong:
        click.echo(f"{wrong} 条提问有误，原因见各行的 error", err=True)
        sys.exit(1)


def _print(answer: dict[str, Any]) -> None:
    """One answer as a line; in plain ASCII when it holds what the stream cannot encode."""
    try:
        sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    except UnicodeEncodeError:
        sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


class Counter:
    """Says on the screen how many questions are answered, once it takes longer than a second and the answers do not."""

    def __init__(self) -> None:
        self.shown = sys.stderr.isatty() and not sys.stdout.isatty()
        self.next = monotonic() + 1

    def tick(self, number: int) -> None:
        """One more question."""
        if self.shown and monotonic() > self.next:
            self.next = monotonic() + 0.5
            click.echo(f"\r已判定 {number - 1:,} 条", err=True, nl=False)

    def done(self) -> None:
        """Clear the line."""
        if self.shown:
            click.echo("\r", err=True, nl=False)


@dataclass(frozen=True, slots=True)
class Manner:
    """How questions are answered: with the tree of reasons, in which language, with or without the levels above."""

    explain: bool
    english: bool
    decide: Decider


def _answered(library: Library, line: str, number: int, manner: Manner) -> dict[str, Any]:
    asked = _read(line, number)
    if "error" in asked:
        return {"case": None, **_errors(asked["error"], library, manner)}
    case, faults = _case(asked["question"], number), list(_question_faults(asked["question"]))
    if faults:
        return {"case": case, **_errors(faults, library, manner)}
    answer = _decided(library, _question(asked["question"], str(case)), manner)
    return {"case": case, **{name: value for name, value in answer.items() if name != "case"}}


def _decided(library: Library, question: Question, manner: Manner) -> dict[str, Any]:
    broken = unusable_packs().get(question.pack)
    if broken is not None:
        problem, _, remedy = broken.rpartition("。")
        return _errors([InputFault("unusable_pack", "", problem, remedy)], library, manner)
    _warn(library, question)
    answer = manner.decide(library, question)
    if isinstance(answer, Answer):
        told = answer_as_json(answer, library.vocabulary, explain=manner.explain, english=manner.english)
        above = answer.pack != question.pack
        return {**told, **_level(library.packs[answer.pack])} if above else told
    return _errors(answer.faults, library, manner)


def _level(pack: Pack) -> dict[str, str]:
    """Which level answered in the place of the pack that was asked."""
    return {"level": pack.document.level, "level_title": pack.document.title}


def _warn(library: Library, question: Question) -> None:
    """Say which facts no rule knows by that name: the answer ignores them, and a slip of the pen should not pass."""
    packs = [library.packs[question.pack]] if question.pack in library.packs else []
    known = set(library.vocabulary.facts) | {fact.name for pack in packs for fact in pack.parameters.values()}
    for name in question.facts:
        if name not in known:
            near = get_close_matches(name, known, 1)
            hint = f"是否指 {near[0]}" if near else "名称见 gongdi packs show"
            told = f"{question.case}：没有名为 {name} 的事实，已忽略；{hint}"
            click.echo(told.encode("utf-8", "backslashreplace").decode("utf-8"), err=True)


class Given(dict[str, Any]):
    """A JSON object, and the names that it gives more than once: which of their values is meant cannot be told."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Tally(name for name, _ in pairs) if len(self) < len(pairs) else {}
        self.repeated = [name for name, count in times.items() if count > 1]


def _read(line: str, number: int) -> dict[str, Any]:
    """One line as {"question": the object asked}, or {"error": the faults by which it is none}."""
    try:
        asked = json.loads(line, object_pairs_hook=Given)
    except (ValueError, RecursionError):  # ValueError: no JSON, or a number of thousands of digits
        return {"error": [InputFault("bad_json", "", f"第 {number} 行不是 JSON", "请检查引号、逗号、括号和过长的数字")]}
    if not isinstance(asked, dict):
        return {"error": [InputFault("bad_json", "", f"第 {number} 行不是 JSON 对象", "请写成 {…}")]}
    return {"question": asked}


def _case(asked: dict[str, Any], number: int) -> str | int:
    """The case as given, a text or a whole number; without one, the number of the line as a text."""
    case = asked.get("case")
    return case if _is_case(case) else str(number)


def _is_case(case: Any) -> TypeGuard[str | int]:
    return isinstance(case, str | int) and not isinstance(case, bool)


def _question(asked: dict[str, Any], case: str) -> Question:
    return Question(
        case=case,
        pack=asked["pack"],
        decision=asked["decision"],
        on=date.fromisoformat(asked["on"]),
        facts=asked.get("facts") or {},
    )


def _question_faults(asked: dict[str, Any]) -> Iterator[InputFault]:
    if asked.get("case") is not None and not _is_case(asked["case"]):
        yield InputFault("bad_question", "case", "case 既不是文字也不是整数", '请填编号，例如 "A-17" 或 17')
    for name in ("pack", "decision"):
        if not isinstance(asked.get(name), str):
            yield InputFault("bad_question", name, f"缺少 {name}", "请填写文字")
    on = asked.get("on")
    if not isinstance(on, str) or not _DAY.fullmatch(on) or not _is_day(on):
        yield InputFault("bad_question", "on", f"判定日期 on 的值 {on!r} 有误", "请填日期，例如 2021-06-01")
    facts = asked.get("facts", {})
    if not isinstance(facts, dict | None):
        yield InputFault("bad_question", "facts", "facts 须为对象", "请写成 {事实: 值}")
    for name in (name for given in (asked, facts) if isinstance(given, Given) for name in given.repeated):
        yield InputFault("repeated_name", name, f"{name} 写了不止一次，不知以哪个为准", "请只留一个")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _errors(faults: Iterable[InputFault], library: Library, manner: Manner) -> dict[str, Any]:
    told = [in_english(fault, library.vocabulary) for fault in faults] if manner.english else faults
    return {
        "error": [{"code": each.code, "fact": each.fact, "why": each.problem, "remedy": each.remedy} for each in told]
    }
