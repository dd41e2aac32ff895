"""`gongdi plan INSTANCE.json -o PLAN.json`: solve the annual plan (年度计划); `plan make` states it from lists."""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from gongdi.core.portfolio.document import demand_sentence, plan_document
from gongdi.core.portfolio.explanation import explanation_lines
from gongdi.core.portfolio.faults import Fault
from gongdi.core.portfolio.model import Instance, Plan
from gongdi.core.portfolio.parse import parse_instance

EXIT_CODES = {"optimal": 0, "feasible": 0, "infeasible": 1, "unknown": 3}
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
    help="最多求解多少秒。",
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
@click.option("-q", "--quiet", is_flag=True, help="不显示进度和摘要。")
def solve_command(
    instance_file: str, output: str, time_limit: float, gap: float, explain: tuple[str, ...], quiet: bool
) -> None:
    """求解 INSTANCE.json 描述的年度计划问题，写出计划、逐笔支付、证明的上界和每个未列入小区的原因。

    INSTANCE.json 为 - 时从标准输入读取。由小区名单和资金表编制问题，见 gongdi plan make --help。

    退出码：0 求得计划；1 各项要求不能同时满足（写出相互冲突的最小一组）；2 输入有误；3 限时内没有求得计划。
    """
    _check_output(output)
    with _no_collector():
        instance = _read(instance_file)
        _check_asked(instance, explain)
        found = _solve(instance, time_limit, gap, quiet, explain)
        _write(output, _text(plan_document(found, instance)))
    if not quiet:
        _summary(found, instance)
        for line in explanation_lines(found, explain):
            click.echo(line, err=True)
    sys.exit(EXIT_CODES[found.status])


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


def _refuse(message: str) -> None:
    click.echo(message, err=True)
    sys.exit(BAD_INPUT)


def _check_output(output: str) -> None:
    """Before any work: a plan that cannot be written is of no use."""
    if output != "-" and not Path(output).absolute().parent.is_dir():
        _refuse(f"不能写出 {output}：目录不存在。请先建立目录，或另选位置。")


def _read(name: str) -> Instance:
    try:
        raw = sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()
    except OSError as problem:
        _refuse(f"不能读取 {name}：{problem.strerror}。请核对文件名和权限。")
    try:
        data = json.loads(raw.decode("utf-8-sig"))
        del raw
    except UnicodeDecodeError:
        _refuse(f"{name} 不是 UTF-8 编码的文本。请另存为 UTF-8 编码的 JSON 文件。")
    except (json.JSONDecodeError, RecursionError) as problem:
        where = (
            f"第 {problem.lineno} 行第 {problem.colno} 列" if isinstance(problem, json.JSONDecodeError) else "嵌套过深"
        )
        _refuse(f"{name} 不是有效的 JSON：{where}。请检查括号、引号和逗号。")
    parsed = parse_instance(data)
    if isinstance(parsed, Instance):
        return parsed
    _refuse("\n".join(_fault_lines(name, parsed)))
    raise AssertionError("refusing leaves the program")


def _fault_lines(name: str, faults: tuple[Fault, ...]) -> list[str]:
    lines = [f"{name} 有 {len(faults)} 处错误，没有求解。", *(str(fault) for fault in faults[:MOST_FAULTS])]
    if len(faults) > MOST_FAULTS:
        lines.append(f"另有 {len(faults) - MOST_FAULTS} 处未列出。")
    return lines


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
        _refuse(f"不能写出 {output}：{problem.strerror}。请核对目录的权限和空间。")


def _check_asked(instance: Instance, asked: tuple[str, ...]) -> None:
    unknown = sorted(set(asked) - {row.id for row in instance.compounds}) if asked else []
    if unknown:
        _refuse(f"--explain {unknown[0]}：问题中没有这个小区。请核对编号。")


def _solve(instance: Instance, time_limit: float, gap: float, quiet: bool, explain: tuple[str, ...]) -> Plan:
    from gongdi.engines.highs import solve

    if quiet or not sys.stderr.isatty():
        return solve(instance, time_limit, gap, explain=explain)
    began, told = time.monotonic(), 0.0

    def progress(worth: float, bound: float) -> None:
        nonlocal told
        seconds = time.monotonic() - began
        if seconds > told + 1:
            told = seconds
            share = f"{(bound - worth) / worth:.3%}" if 0 < worth <= bound < float("inf") else "—"
            click.echo(f"\r已用 {seconds:.0f} 秒，价值 {worth:.1f}，差距 {share}    ", err=True, nl=False)

    found = solve(instance, time_limit, gap, progress, explain=explain)
    if time.monotonic() - began > 1:
        click.echo("", err=True)
    return found


def _echo_top_up(found: Plan) -> None:
    if found.top_up_least is None:
        return
    least = found.top_up_least / 10000
    click.echo(f"或追加资金（有了它就求得出计划；已证明总额少于 {least:,.2f} 万元则不能）：", err=True)
    for row in found.top_up:
        click.echo(f"  资金 {row.fund} {row.year} 年追加 {row.yuan / 10000:,.4f} 万元", err=True)


def _summary(found: Plan, instance: Instance) -> None:
    if found.status == "infeasible":
        click.echo("各项要求不能同时满足。以下几项相互冲突，放宽其中一项才可能求得计划：", err=True)
        for demand in found.conflict:
            click.echo(f"  {demand_sentence(demand, instance)}", err=True)
        _echo_top_up(found)
    elif found.bound is None:
        click.echo("限时内没有求得计划，也没有证明不可行。请用 --time-limit 延长时间后再试。", err=True)
    else:
        gap = "—" if found.gap is None else f"{float(found.gap):.4%}"
        paid = sum(row.yuan for row in found.payments)
        click.echo(
            f"列入 {len(found.chosen)} 个小区，未列入 {len(found.reasons)} 个；安排资金 {paid / 10000:,.2f} 万元；"
            f"价值 {float(found.worth):.3f}，上界 {float(found.bound):.3f}，差距 {gap}。",
            err=True,
        )
