"""`gongdi packs compare`: two packs, or two days of one, clause by clause, and who of a roster changes sides."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gongdi.core.policy.comparing import (
    ClauseDifference,
    compare_catalogues,
    compare_packs,
    parameters_of,
    period_remark,
)
from gongdi.core.policy.explaining import shown
from gongdi.core.policy.packs import Library, Pack
from gongdi.core.policy.rendering import to_chinese
from gongdi.core.policy.vocabulary import Vocabulary
from gongdi.core.values import format_hundredths, parse_hundredths
from gongdi.exchange.packfiles import load_library, unusable_packs

if TYPE_CHECKING:
    from gongdi.engines.comparing_money import Programme

MOST_NAMED = 20
_LEGEND = "＝ 相同、≈ 条件相同而文字不同、≠ 不同、－ 只在左边、＋ 只在右边"
_SIGNS = {"same": "＝", "reworded": "≈", "changed": "≠", "left": "－", "right": "＋"}


@click.command("compare")
@click.argument("left")
@click.argument("right")
@click.option("--on", "on_left", type=click.DateTime(["%Y-%m-%d"]), help="左边的判定日期，默认今天")
@click.option("--on-right", type=click.DateTime(["%Y-%m-%d"]), help="右边的判定日期，默认与左边相同")
@click.option("--decision", default="scope", show_default=True, help="逐款对照和测算影响的判定")
@click.option("--roster", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="用名单测算谁的结论会变")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def compare(left: str, right: str, **wishes: Any) -> None:
    """对比两个政策包，或同一政策包的两个日期。草案放在 GONGDI_PACKS 所指的文件夹即可参加对比。"""
    library, decision, roster = load_library(), wishes["decision"], wishes["roster"]
    broken = unusable_packs()
    for slug in (left, right):
        if slug in broken:
            raise click.ClickException(broken[slug])
        if slug not in library.packs:
            raise click.ClickException(f"没有名为“{slug}”的政策包；现有：{'、'.join(library.packs)}")
    if decision not in library.vocabulary.decisions:
        raise click.ClickException(f"没有名为“{decision}”的判定，见 gongdi packs show")
    today = datetime.now(UTC).astimezone().date()
    first = wishes["on_left"].date() if wishes["on_left"] else today
    days = first, wishes["on_right"].date() if wishes["on_right"] else first
    found = _compared(library, library.packs[left], library.packs[right], days, decision)
    if roster is not None:
        found["effects"] = _effects(library, (left, right), days, decision, roster)
    found["remarks"] = [
        f"{side}：{remark}"
        for side, slug, day in (("左", left, days[0]), ("右", right, days[1]))
        if (remark := period_remark(library.packs[slug].document, day))
    ]
    if wishes["as_json"]:
        click.echo(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        _print(found, library.vocabulary)


def _compared(library: Library, left: Pack, right: Pack, days: tuple[date, date], decision: str) -> dict[str, Any]:
    tables = list(compare_packs(left, right, *days))
    chosen = next((each for each in tables if each.decision == decision), None)
    return {
        "left": left.slug,
        "right": right.slug,
        "on": [day.isoformat() for day in days],
        "decision": decision,
        "decisions": {each.decision: each.kind for each in tables},
        "clauses": [_clause(each) for each in chosen.clauses] if chosen else [],
        "items": {
            library.vocabulary.items[each.item].zh: [list(each.left), list(each.right)]
            for each in compare_catalogues(left, right)
        },
    }


def _clause(difference: ClauseDifference) -> dict[str, Any]:
    sides = {"left": difference.left, "right": difference.right}
    found: dict[str, Any] = {"kind": difference.kind}
    for name, row in sides.items():
        if row is not None:
            found[name] = {
                "section": row.section, "outcome": row.outcome, "text": row.text, "when": to_chinese(row.when),
                "values": {value: to_chinese(told) for value, told in row.values.items()},
                "parameters": {fact.name: shown(fact, fact.default) for fact in parameters_of(row)},
            }  # fmt: skip
    return found


def _effects(
    library: Library, slugs: tuple[str, str], days: tuple[date, date], decision: str, roster: Path
) -> dict[str, Any]:
    from gongdi.engines.comparing import effects
    from gongdi.engines.comparing_money import ASSUMPTION, moved_money, programmes
    from gongdi.exchange.listing import roster_compounds
    from gongdi.exchange.roster import read_roster
    from gongdi.exchange.roster.facts import read_fact_columns

    reading = read_roster(roster, now_year=datetime.now(UTC).astimezone().year)
    if not reading.readable or reading.errors:
        raise click.ClickException(f"{roster.name} 不能使用，详见 gongdi roster check {roster.name}")
    columns = read_fact_columns(reading.rows, library.vocabulary, reading.headers)
    rows = roster_compounds(reading, {}, dict(enumerate(columns.rows, start=1)))
    left, right = (slugs[0], days[0]), (slugs[1], days[1])
    cases, costs = [row.facts for row in rows], [_fen(row.facts) for row in rows]
    found = effects(library, decision, left, right, cases)
    moves = moved_money(found, costs)
    return {
        "compounds": len(rows),
        "transitions": [[each.left, each.right, each.compounds] for each in moves],
        "changed": [[rows[each.index].name, each.left, each.right] for each in found if each.changed],
        "money": {
            "assumption": ASSUMPTION,
            "moves": [
                {
                    "from": each.left, "to": each.right, "compounds": each.compounds,
                    "cost_yuan": format_hundredths(each.cost), "without_cost": each.without_cost,
                }
                for each in moves
            ],
            "programmes": [_programme(each) for each in programmes(library, left, right, cases, costs)],
        },
    }  # fmt: skip


def _fen(facts: Mapping[str, Any]) -> int | None:
    """A roster's total investment in fen, if it states one that can be used."""
    stated = facts.get("total_investment_yuan")
    return parse_hundredths(stated) if isinstance(stated, int | str) else None


def _programme(found: Programme) -> dict[str, Any]:
    """One side's programme: amounts in yuan, null where the document does not regulate it."""
    amounts = {"cost": found.cost, "owner_minimum": found.owner_minimum, "city": found.city, "district": found.district}
    sums = {f"{name}_yuan": None if fen is None else format_hundredths(fen) for name, fen in amounts.items()}
    return {"compounds": found.compounds, "without_cost": found.without_cost, "whole": found.whole, **sums}


def _print(found: dict[str, Any], vocabulary: Vocabulary) -> None:
    click.echo(f"左：{found['left']}（{found['on'][0]}）　右：{found['right']}（{found['on'][1]}）")
    for remark in found["remarks"]:
        click.echo(remark)
    decision, decisions = found["decision"], vocabulary.decisions
    different = [decisions[name].zh for name, state in found["decisions"].items() if state == "different"]
    click.echo(f"判定 {len(found['decisions'])} 项，{len(different)} 项不同：{'、'.join(different) or '无'}")
    click.echo(f"\n{decisions[decision].zh}（{decision}）逐款，{_LEGEND}：")
    for each in found["clauses"]:
        for side, word in (("left", "左"), ("right", "右")):
            row = each.get(side)
            if row:
                click.echo(f"  {_SIGNS[each['kind']]} {word} [{row['section']}] {row['text']}")
    if found["items"]:
        click.echo(f"\n改造内容分类不同 {len(found['items'])} 项：{'、'.join(found['items'])}")
    effects = found.get("effects")
    if effects:
        click.echo(f"\n名单 {effects['compounds']} 个小区，{len(effects['changed'])} 个结论不同：")
        for each in effects["money"]["moves"]:
            cost = f"估算总投资 {_wan(each['cost_yuan'])} 万元"
            lacking = f"，另有 {each['without_cost']} 个没有估算" if each["without_cost"] else ""
            one, other = (vocabulary.outcome(decision, each[side]).zh for side in ("from", "to"))
            click.echo(f"  {one} → {other}：{each['compounds']} 个，{cost}{lacking}")
        for name, *sides in effects["changed"][:MOST_NAMED]:
            one, other = (vocabulary.outcome(decision, side).zh for side in sides)
            click.echo(f"    {name}：{one} → {other}")
        if len(effects["changed"]) > MOST_NAMED:
            click.echo(f"    只列出前 {MOST_NAMED} 个，全部见 --json")
        _print_money(effects["money"])


def _print_money(money: dict[str, Any]) -> None:
    one, other = money["programmes"]
    click.echo("\n纳入的小区要花的钱（万元），左 → 右：")
    lacking = f"没有估算的 {_count(one['without_cost'])} → {_count(other['without_cost'])}"
    click.echo(f"  小区：{_count(one['compounds'])} → {_count(other['compounds'])}（{lacking}）")
    for side, each in (("左", one), ("右", other)):
        if each["whole"]:
            click.echo(f"  {side}边的文件没有规定纳入范围，按全部小区计。")
    words = {
        "cost": "估算总投资",
        "owner_minimum": "业主和社会最低出资",
        "city": "市级财政分担",
        "district": "区级财政分担",
    }
    for name, word in words.items():
        click.echo(f"  {word}：{_wan(one[name + '_yuan'])} → {_wan(other[name + '_yuan'])}")
    click.echo(f"  {money['assumption']}")


def _count(number: int | None) -> str:
    return "未作规定" if number is None else f"{number} 个"


def _wan(yuan: str | None) -> str:
    """Yuan as 万元, to the fen."""
    if yuan is None:
        return "未作规定"
    fen = parse_hundredths(yuan) or 0
    text = f"{fen // 10**6:,}.{fen % 10**6:06d}".rstrip("0")
    return text + "00"[: max(0, 2 - len(text.rpartition(".")[2]))]
