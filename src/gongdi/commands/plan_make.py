"""`gongdi plan make`: from a published roster and next year's money to an explained annual plan, as a workbook."""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from math import isfinite
from pathlib import Path
from time import monotonic
from typing import Any

import click

from gongdi.core.policy.packs import Library
from gongdi.core.policy.vocabulary import Kind
from gongdi.exchange.listing import RosterCompound, roster_compounds, without_repeats
from gongdi.exchange.packfiles import load_library, load_scheme
from gongdi.exchange.problems import Problem

INFEASIBLE, BAD_INPUT, NOT_FOUND = 1, 2, 3
_IN = click.Path(exists=True, dir_okay=False, path_type=Path)
_OUT = click.Path(dir_okay=False, path_type=Path)
_MOST = 20
_PRICE = re.compile(r"\s*[0-9]{1,9}\s*")


@click.command("make")
@click.option("--roster", "roster_file", type=_IN, required=True, help="小区名单（xlsx、xls、csv）")
@click.option("--pack", required=True, help="政策包，例如 henan-zhumadian-2021；见 gongdi packs list")
@click.option("--budget", "budget_file", type=_IN, required=True, help="资金表（xlsx、csv、json）")
@click.option("-o", "--output", type=_OUT, required=True, help="写到哪个工作簿（.xlsx）")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="判定日期；默认今天，文件期限已过时取其最后一天")
@click.option("--fact", "facts", multiple=True, metavar="名称=值", help="对名单中所有小区都成立的事实，可多次填写")
@click.option("--unit-costs", metavar="基础,完善,提升", help="单价（元/平方米）；名单没有投资额时按建筑面积估算")
@click.option("--title", help="计划名称")
@click.option("--document", type=_OUT, help="另存计划全文（JSON）")
@click.option("--time-limit", type=click.FloatRange(min=0, min_open=True), default=60.0, show_default=True)
def make(**wishes: Any) -> None:
    """由小区名单和资金表编制年度计划。

    工作簿写明：哪些小区纳入、依据哪一款，哪些待定、缺什么事实，评分排序，按序填满与优选两种计划，
    各项资金怎样使用，未列入的小区差多少资金。名单少有的事实可用 --fact 统一填报，例如
    --fact in_urban_area=true --fact land_ownership=state；名单中以事实名称为表头的列也会读取。

    退出码：0 已编制；1 各项要求不能同时满足（工作簿照写）；2 输入有误；3 限时内没有求得优选计划（工作簿照写）。
    """
    sys.exit(_make(Wishes(**wishes)))


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the command was asked for, by the names of its options."""

    roster_file: Path
    pack: str
    budget_file: Path
    output: Path
    day: datetime | None
    facts: tuple[str, ...]
    unit_costs: str | None
    title: str | None
    document: Path | None
    time_limit: float


def _make(wishes: Wishes) -> int:
    library = load_library()
    if wishes.pack not in library.packs:
        _refuse([f"没有名为“{wishes.pack}”的政策包。现有：{'、'.join(library.packs)}。"])
    _check_targets(wishes)
    if not isfinite(wishes.time_limit):
        _refuse([f"--time-limit {wishes.time_limit} 不能使用。请填秒数，例如 60。"])
    today = datetime.now(UTC).astimezone().date()
    on = _day(library, wishes.pack, wishes.day.date() if wishes.day else None, today)
    compounds = _compounds(wishes.roster_file, _common(wishes.facts, library, wishes.pack), today, library)
    money = _money(wishes.budget_file, compounds)
    plan = _planned(library, wishes, on, money, compounds)
    name = wishes.title or f"{wishes.roster_file.stem}{money.years[0]}年度改造计划"
    _write(plan, wishes, name, today)
    _summary(plan, wishes.output)
    return {"infeasible": INFEASIBLE, "unknown": NOT_FOUND}.get(plan["firm"]["best"]["status"], 0)


def _check_targets(wishes: Wishes) -> None:
    """Refuse files that cannot be written, and files that would be written over what was read or one another."""
    output, document = wishes.output, wishes.document
    if output.suffix.lower() != ".xlsx" or not output.absolute().parent.is_dir():
        _refuse([f"不能写出 {output}。请使用已有的文件夹，文件名以 .xlsx 结尾。"])
    if document is not None and not document.absolute().parent.is_dir():
        _refuse([f"不能写出 {document}：没有这个文件夹。--document 请使用已有的文件夹。"])
    taken = {wishes.roster_file.resolve(): "--roster", wishes.budget_file.resolve(): "--budget"}
    for option, target in (("-o", output), ("--document", document)):
        if target is not None:
            other = taken.setdefault(target.resolve(), option)
            if other != option:
                _refuse([f"{option} {target} 与 {other} 是同一个文件，写出会将其覆盖。请换一个文件名。"])


def _refuse(lines: list[str]) -> None:
    for line in lines[:_MOST]:
        click.echo(line, err=True)
    if len(lines) > _MOST:
        click.echo(f"另有 {len(lines) - _MOST} 处未列出。", err=True)
    sys.exit(BAD_INPUT)


def _told(problem: Problem) -> str:
    place = " ".join(filter(None, (problem.sheet, problem.cell)))
    return f"{place}：{problem.why}{problem.remedy}" if place else f"{problem.why}{problem.remedy}"


def _day(library: Library, pack: str, asked: date | None, today: date) -> date:
    """The day asked for; else today, or the last day of a document whose period is over."""
    last = library.packs[pack].document.last_day
    if asked is None and last is not None and today > last:
        click.echo(f"文件期限已于 {last} 届满，按当日判定；可用 --on 指定其他日期。", err=True)
        return last
    return asked or today


def _common(given: tuple[str, ...], library: Library, pack: str) -> dict[str, Any]:
    """Facts stated on the command line, each as JSON or as a plain word."""
    found: dict[str, Any] = {}
    names = set(library.vocabulary.facts) | {fact.name for fact in library.packs[pack].parameters.values()}
    for text in given:
        name, sign, value = text.partition("=")
        if not sign or name not in names:
            _refuse([f"--fact {text} 不能使用。请写成 名称=值，名称见 gongdi packs show，例如 in_urban_area=true。"])
        found[name] = _value(name, value, library)
    return found


def _value(name: str, text: str, library: Library) -> Any:
    fact = library.vocabulary.facts.get(name)
    if fact is not None and fact.kind in (Kind.BOOL, Kind.OPTION):
        words = {"true": True, "是": True, "有": True, "false": False, "否": False, "无": False}
        return words.get(text.strip().lower(), text)
    try:
        number = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return number if isinstance(number, int) and not isinstance(number, bool) else text


def _compounds(file: Path, common: Mapping[str, Any], today: date, library: Library) -> list[RosterCompound]:
    from gongdi.exchange.roster import read_roster
    from gongdi.exchange.roster.facts import read_fact_columns

    reading = read_roster(file, now_year=today.year)
    if not reading.readable or reading.errors:
        _refuse([f"{file.name} 不能使用，没有编制计划：", *map(_told, reading.errors or reading.problems)])
    columns = read_fact_columns(reading.rows, library.vocabulary, reading.headers)
    told = [*reading.warnings, *columns.problems]
    if told:
        click.echo(f"名单有 {len(told)} 处需要核对，详见 gongdi roster check {file.name}。", err=True)
    by_row = dict(enumerate(columns.rows, start=1))
    kept, repeated = without_repeats(roster_compounds(reading, common, by_row))
    for row in repeated[:_MOST]:
        click.echo(f"“{row.name}”（第 {int(row.id)} 个）与前面一行完全相同，只算一次。", err=True)
    return kept


def _money(file: Path, compounds: list[RosterCompound]) -> Any:
    from gongdi.engines.annual_plan import Money
    from gongdi.exchange.budget import read_budget

    counties = {row.county: row.county for row in compounds}
    reading = read_budget(file, county_codes=counties)
    errors = [problem for problem in reading.problems if problem.is_error]
    if reading.budget is None or errors:
        _refuse([f"{file.name} 不能使用，没有编制计划：", *map(_told, errors or reading.problems)])
    assert reading.budget is not None
    return Money(reading.budget.years, reading.budget.funds, (), reading.budget.names)


def _unit_costs(text: str | None) -> Any:
    from gongdi.engines.annual_plan import SAMPLE_UNIT_COSTS, UnitCosts

    if text is None:
        return SAMPLE_UNIT_COSTS
    parts = text.replace("，", ",").split(",")
    if len(parts) != 3 or not all(map(_PRICE.fullmatch, parts)) or not any(map(int, parts)):
        _refuse([f"--unit-costs {text} 不能使用。请填三个整数，例如 400,200,200。"])
    basic, improvement, upgrade = map(int, parts)
    return UnitCosts(basic, improvement, upgrade, f"单价 {text} 元/平方米，由编制人填写")


def _planned(library: Library, wishes: Wishes, on: date, money: Any, compounds: list[RosterCompound]) -> dict[str, Any]:
    from gongdi.engines.annual_plan import AnnualPlan, Listed, Task, make_annual_plan
    from gongdi.engines.annual_plan_document import annual_plan_document

    costs, listed = _unit_costs(wishes.unit_costs), []
    for row in compounds:
        cost, basis = _cost(row, costs)
        listed.append(
            Listed(
                row.id, row.name, row.county, row.place, row.facts, row.households, row.buildings, row.area, cost, basis
            )
        )
    plan = make_annual_plan(
        Task(library, wishes.pack, on, load_scheme(), money, listed, time_limit=wishes.time_limit, progress=_progress())
    )
    if not isinstance(plan, AnnualPlan):
        _refuse(["不能编制计划：", *map(str, plan)])
    assert isinstance(plan, AnnualPlan)
    return annual_plan_document(plan, library)


def _progress() -> Callable[[float, float], None] | None:
    """A line that says how far the search is, once it takes longer than a second and somebody is watching."""
    if not sys.stderr.isatty():
        return None
    began, told = monotonic(), 1.0

    def show(worth: float, bound: float) -> None:
        nonlocal told
        seconds = monotonic() - began
        if seconds > told:
            told = seconds + 0.5
            share = f"{(bound - worth) / worth:.2%}" if 0 < worth <= bound < float("inf") else "—"
            click.echo(f"\r求解已用 {seconds:.0f} 秒，与上界差距 {share}　", err=True, nl=False)

    return show


def _cost(row: RosterCompound, costs: Any) -> tuple[Any, str]:
    """The roster's investment shared among the classes, else an estimate by area, else nothing."""
    if row.investment:
        return costs.split(row.investment), f"名单所列投资，按{costs.basis}的比例分摊"
    if row.area:
        return costs.estimate(row.area), f"建筑面积乘{costs.basis}"
    return None, ""


def _write(plan: Mapping[str, Any], wishes: Wishes, title: str, today: date) -> None:
    """The whole of every file or nothing: files are replaced only once all of them are complete."""
    from gongdi.exchange.plan_workbook import write_plan_workbook

    parts = {target: target.with_name(target.name + ".part") for target in (wishes.output, wishes.document) if target}
    at = wishes.output
    try:
        write_plan_workbook(parts[at], plan, title=title, made_on=today)
        if wishes.document is not None:
            at = wishes.document
            parts[at].write_text(json.dumps(plan, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        for at, part in parts.items():
            part.replace(at)
    except OSError as problem:
        _refuse([f"不能写出 {at}：{problem.strerror or problem}。请核对文件夹的权限和空间。"])
    finally:
        for part in parts.values():
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _summary(plan: Mapping[str, Any], output: Path) -> None:
    outcomes = Counter(row["outcome_zh"] for row in plan["compounds"])
    click.echo(
        f"共 {len(plan['compounds'])} 个小区：" + "，".join(f"{word} {n}" for word, n in outcomes.items()) + "。"
    )
    lacking = sum(1 for row in plan["compounds"] if row["lacks"])
    if lacking:
        click.echo(f"其中 {lacking} 个缺少估算造价或户数，不能列入计划。")
    if not plan["firm"]["considered"]:
        click.echo("没有已判定纳入且能测算造价的小区，正式计划为空；先按摸底清单查明事实，或用 --fact 统一填报。")
    for kind, word in (("firm", "正式计划"), ("trial", "测算（待定的暂按可列入）")):
        pair = plan[kind]
        if pair and pair["considered"]:
            best, listed = pair["best"], pair["listed"]
            gap = f"，差距 {best['gap']:.3%}" if best["gap"] is not None else ""
            if best["status"] == "unknown":
                gap = "，限时内没有求得优选计划，可用 --time-limit 延长时间"
            click.echo(
                f"{word}：可列入 {pair['considered']} 个，按序填满列入 {len(listed['chosen'])} 个，"
                f"优选列入 {len(best['chosen'])} 个{gap}。"
            )
    if plan["survey"]:
        first = "、".join(f"{need['zh']}（{need['fact']}）" for need in plan["survey"][:3])
        click.echo(f"待定的小区最该先查：{first}；详见“摸底清单”。括号内是 --fact 用的名称。")
    click.echo(f"已写出 {output}")
