"""`gongdi plan INSTANCE.json -o PLAN.json`: solve the annual plan (年度计划); `plan make` states it from lists."""

from __future__ import annotations

import gc
import json
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongdi.core.portfolio.answers import answer_document, answers_document
from gongdi.core.portfolio.changes import Question, parse_questions
from gongdi.core.portfolio.document import plan_document
from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.parse import parse_instance
from gongdi.core.portfolio.wording import Wording
from gongdi.core.portfolio.wording_chinese import CHINESE
from gongdi.core.portfolio.wording_english import ENGLISH

if TYPE_CHECKING:
    from gongdi.engines.highs import Ready

EXIT_CODES = {"optimal": 0, "feasible": 0, "infeasible": 1, "unknown": 3, "interrupted": 130}
BAD_INPUT = 2
MOST_FAULTS = 50


class PlanGroup(click.Group):
    """`make` selects the subcommand of that name; anything else belongs to solving an instance."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put the hidden command's name in front unless the first word is `make`."""
        return super().parse_args(ctx, args if args[:1] == ["make"] else ["solve", *(args or ["--help"])])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The one subcommand that has a name of its own."""
        return ["make"]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """`make`, imported when it is asked for, or the solving of an instance."""
        if cmd_name != "make":
            return solve_command
        command = import_module("gongdi.commands.plan_make").make
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command without its name in the usage line when it is the hidden one."""
        name, command, rest = super().resolve_command(ctx, args)
        return ("make" if name == "make" else "", command, rest)


@click.command(name="plan", cls=PlanGroup, add_help_option=False, options_metavar="")
def plan() -> None:
    """求解年度计划，或由名单和资金编制计划。"""


class SolveCommand(click.Command):
    """The hidden command, whose usage line says what people type."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Both ways to call it."""
        formatter.write_usage("gongdi plan", "[选项] INSTANCE.json", prefix="用法：")
        formatter.write_usage("gongdi plan make", "[选项] …", prefix="　　　")


@click.command(name="solve", cls=SolveCommand)
@click.argument("instance_file", metavar="INSTANCE.json")
@click.option("-o", "--output", default="-", metavar="PLAN.json", help="计划写到哪里；- 为标准输出（默认）。")
@click.option(
    "--time-limit",
    type=click.FloatRange(min=0, min_open=True),
    default=60.0,
    show_default=True,
    help="每次求解最多多少秒；试算的每个问题各算一次。",
)
@click.option(
    "--gap",
    type=click.FloatRange(min=0),
    default=0.001,
    show_default=True,
    help="证明差距（上界与价值之差占价值的比例）不超过此数即停。",
)
@click.option(
    "--explain",
    multiple=True,
    metavar="ID",
    help="另行说明该小区：未列入的，说明原因和所差资金；列入的，说明它挤出了哪些小区。可重复。",
)
@click.option(
    "--what-if",
    metavar="QUESTIONS.json",
    help="试算：逐个回答改动预算、最低开工数、必须开工或年度权重后会怎样，与原计划比较。",
)
@click.option("--answers", metavar="ANSWERS.json", help="试算的回答写到哪里；用 --what-if 时必填。")
@click.option("--english", is_flag=True, help="摘要、说明、相互冲突的要求和输入错误用英文 (in English)。")
@click.option("-q", "--quiet", is_flag=True, help="不显示进度和摘要。")
def solve_command(**wishes: Any) -> None:
    """求解 INSTANCE.json 描述的年度计划问题，写出计划、逐笔支付、证明的上界和每个未列入小区的原因。

    INSTANCE.json 为 - 时从标准输入读取。由小区名单和资金表编制问题，见 gongdi plan make --help。

    试算的问题是一个列表，每个问题含 changes，可加 name；每项改动写其中一组：
    {"fund": 代码, "year": 年, "budget": 元}、{"county": 代码, "minimum": 个数}、
    {"compound": 编号, "must": true 或 false}、{"year": 年, "weight": 数}。

    退出码：0 求得计划；1 各项要求不能同时满足（写出相互冲突的最小一组）；2 输入有误；3 限时内没有求得计划；
    130 按 Ctrl-C 停止（写出目前最好的结果）。
    """
    sys.exit(EXIT_CODES[_solved(Wishes(**wishes))])


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command was asked for, by the names of its options."""

    instance_file: str
    output: str
    time_limit: float
    gap: float
    explain: tuple[str, ...]
    what_if: str | None
    answers: str | None
    english: bool
    quiet: bool

    @property
    def wording(self) -> Wording:
        """The language asked for."""
        return ENGLISH if self.english else CHINESE


def _solved(wishes: Wishes) -> str:
    """Read, solve, write, tell; the status of the plan."""
    from gongdi.engines.highs import Ready, ready, solve

    _check_targets(wishes)
    told = None if wishes.quiet or not sys.stderr.isatty() else Progress(wishes.wording)
    with _no_collector():
        instance = _read(wishes.instance_file)
        _check_asked(instance, wishes.explain)
        questions = _questions(wishes.what_if, instance) if wishes.what_if else ()
        work = ready if questions else solve
        stop = _Interrupted(wishes)
        with stop:
            found = work(instance, wishes.time_limit, wishes.gap, told, explain=wishes.explain, stop=stop)
        if told:
            told.done()
        plan = found.plan if isinstance(found, Ready) else found
        _write(wishes.output, _text(plan_document(plan, instance, wishes.wording)))
        if not wishes.quiet:
            lines = (*wishes.wording.summary(plan, instance), *wishes.wording.explanations(plan, wishes.explain))
            click.echo("\n".join(lines), err=True)
        if isinstance(found, Ready) and not stop():
            with stop:
                _answer(wishes, found, questions, stop)
    return "interrupted" if stop() else plan.status


class _Interrupted:
    """Whether somebody pressed Ctrl-C: the search then ends with the best plan so far; pressed again, at once."""

    def __init__(self, wishes: Wishes) -> None:
        self.english, self.asked = wishes.english, False

    def __call__(self) -> bool:
        return self.asked

    def __enter__(self) -> None:
        self.before = signal.signal(signal.SIGINT, self._pressed)

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self.before)

    def _pressed(self, *_: object) -> None:
        self.asked = True
        signal.signal(signal.SIGINT, self.before)
        zh = "正在停止，写出目前最好的结果；再按一次 Ctrl-C 立即退出。"
        en = "Stopping; the best so far is written. Press Ctrl-C again to leave at once."
        click.echo(f"\n{en if self.english else zh}", err=True)


def _answer(wishes: Wishes, known: Ready, questions: Iterable[Question], stop: Callable[[], bool]) -> None:
    """Answer the questions one by one, telling each as it comes, and write all."""
    from gongdi.engines.highs import ask_all

    rows = []
    for answer in ask_all(known, questions, wishes.time_limit, stop):
        rows.append(answer_document(answer, wishes.wording))
        if not wishes.quiet:
            click.echo(f"{answer.question.name}. {wishes.wording.answer(answer)}", err=True)
    assert wishes.answers is not None
    _write(wishes.answers, _text(answers_document(known.plan, rows)))


@contextmanager
def _no_collector() -> Iterator[None]:
    """Millions of small values, none of them in a cycle: searching them for cycles would take longer than the work."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _text(document: Mapping[str, Any]) -> Iterator[str]:
    """The plan as JSON, a row a line, so that a million rows are written as they come."""
    encode = json.JSONEncoder(ensure_ascii=False).encode
    yield "{"
    for at, (key, value) in enumerate(document.items()):
        yield f"{',' if at else ''}\n {encode(key)}: "
        if isinstance(value, list) and value:
            yield "[\n  " + ",\n  ".join(map(encode, value)) + "\n ]"
        else:
            yield encode(value)
    yield "\n}\n"


def _refuse(zh: str, en: str) -> None:
    click.echo(en if click.get_current_context().params.get("english") else zh, err=True)
    sys.exit(BAD_INPUT)


def _check_targets(wishes: Wishes) -> None:
    """Before any work: what cannot be written is of no use."""
    _check_output(wishes.output)
    if not isfinite(wishes.time_limit) or not isfinite(wishes.gap):
        _refuse(
            "--time-limit 和 --gap 要填有限的数，例如 60 和 0.001。",
            "Give --time-limit and --gap as finite numbers, such as 60 and 0.001.",
        )
    _check_inputs(wishes)
    if (wishes.what_if is None) != (wishes.answers is None):
        _refuse(
            "--what-if 和 --answers 要一起使用：前者是问题，后者是回答写到哪里。",
            "Give --what-if and --answers together: the questions, and where the answers go.",
        )
    if wishes.answers is not None:
        _check_output(wishes.answers)
        if wishes.answers == wishes.output:
            _refuse(
                f"-o 和 --answers 都写到 {wishes.output}。请为试算的回答另选一个文件。",
                f"Both -o and --answers write to {wishes.output}. Choose another file for the answers.",
            )


def _check_inputs(wishes: Wishes) -> None:
    """What is read is never written over."""
    read = {Path(name).resolve(): name for name in (wishes.instance_file, wishes.what_if) if name not in (None, "-")}
    for option, target in (("-o", wishes.output), ("--answers", wishes.answers)):
        if target not in (None, "-") and Path(target).resolve() in read:
            _refuse(
                f"{option} {target} 就是要读的文件，写出会将其覆盖。请另选一个文件。",
                f"{option} {target} is a file that is read; it would be written over. Choose another.",
            )


def _check_output(output: str) -> None:
    if output != "-" and not Path(output).absolute().parent.is_dir():
        _refuse(
            f"不能写出 {output}：目录不存在。请先建立目录，或另选位置。",
            f"Cannot write {output}: there is no such folder. Make it, or choose another place.",
        )


def _read(name: str) -> Instance:
    parsed = parse_instance(_decoded(name))
    if not isinstance(parsed, Instance):
        _refuse(*_fault_lines(name, parsed))
    assert isinstance(parsed, Instance)
    return parsed


def _questions(name: str, instance: Instance) -> tuple[Question, ...]:
    found = parse_questions(_decoded(name), instance)
    faults = tuple(row for row in found if isinstance(row, Fault))
    if faults:
        _refuse(*_fault_lines(name, faults))
    return tuple(row for row in found if isinstance(row, Question))


def _decoded(name: str) -> Any:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        _refuse(
            f"不能读取 {name}：{problem.strerror}。请核对文件名和权限。",
            f"Cannot read {name}: {problem.strerror}. Check its name and permissions.",
        )
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        _refuse(
            f"{name} 不是 UTF-8 编码的文本。请另存为 UTF-8 编码的 JSON 文件。",
            f"{name} is no UTF-8 text. Save it as JSON in UTF-8.",
        )
    except (ValueError, RecursionError) as problem:
        zh, en = "嵌套过深或数字过长", "nested too deeply, or a number too long"
        if isinstance(problem, json.JSONDecodeError):
            line, column = problem.lineno, problem.colno
            zh, en = f"第 {line} 行第 {column} 列", f"line {line}, column {column}"
        _refuse(
            f"{name} 不是有效的 JSON：{zh}。请检查括号、引号和逗号。",
            f"{name} is no valid JSON: {en}. Check brackets, quotation marks and commas.",
        )


def _fault_lines(name: str, faults: tuple[Fault, ...]) -> tuple[str, str]:
    """All that is wrong with a file, in both languages."""
    first, further = faults[:MOST_FAULTS], len(faults) - MOST_FAULTS
    zh = [f"{name} 有 {len(faults)} 处错误，没有求解。", *map(str, first)]
    en = [f"{name} has {len(faults)} faults; nothing was solved.", *(fault.in_english() for fault in first)]
    if further > 0:
        zh.append(f"另有 {further} 处未列出。")
        en.append(f"{further} more are not listed.")
    return "\n".join(zh), "\n".join(en)


def _write(output: str, parts: Iterable[str]) -> None:
    """The whole plan or nothing: a file is replaced only once it is complete."""
    if output == "-":
        for text in parts:
            sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    part = target.with_name(target.name + ".part")
    try:
        with part.open("w", encoding="utf-8", newline="") as file:
            file.writelines(parts)
        part.replace(target)
    except OSError as problem:
        part.unlink(missing_ok=True)
        _refuse(
            f"不能写出 {output}：{problem.strerror}。请核对目录的权限和空间。",
            f"Cannot write {output}: {problem.strerror}. Check the folder's permissions and space.",
        )


def _check_asked(instance: Instance, asked: tuple[str, ...]) -> None:
    unknown = sorted(set(asked) - {row.id for row in instance.compounds}) if asked else []
    if unknown:
        _refuse(
            f"--explain {unknown[0]}：问题中没有这个小区。请核对编号。",
            f"--explain {unknown[0]}: the problem has no such compound. Check its id.",
        )


class Progress:
    """Says on the screen how far the search is, once a second."""

    def __init__(self, wording: Wording) -> None:
        self.wording, self.began, self.told = wording, time.monotonic(), 0.0

    def __call__(self, worth: float, bound: float) -> None:
        """The best worth and the bound so far."""
        seconds = time.monotonic() - self.began
        if seconds > self.told + 1:
            self.told = seconds
            gap = f"{(bound - worth) / worth:.3%}" if 0 < worth <= bound < float("inf") else "—"
            click.echo(f"\r{self.wording.progress(seconds, worth, gap)}    ", err=True, nl=False)

    def done(self) -> None:
        """End the line if there is one."""
        if self.told:
            click.echo("", err=True)
