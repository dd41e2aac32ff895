"""`gongdi packs`: list, show and check policy packs; what authors need stands in packs_author.py."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from gongdi.commands.packs_author import FOLDER, coverage, docs, new, test
from gongdi.commands.packs_compare import compare
from gongdi.core.policy.explaining import shown
from gongdi.core.policy.packs import MODALITY_ZH, Library, Pack
from gongdi.core.policy.rendering import to_sql
from gongdi.exchange.packchecks import pack_faults
from gongdi.exchange.packfiles import load_library, pack_slugs, unusable_packs


@click.group()
def packs() -> None:
    """列出、查看、检查、编写政策包。"""


for command in (new, test, docs, coverage, compare):
    packs.add_command(command)


@packs.command("list")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def list_packs(as_json: bool) -> None:
    """列出全部政策包。"""
    library = load_library()
    for told in unusable_packs().values():
        click.echo(told, err=True)
    rows = [_summary(library.packs[slug]) for slug in library.packs]
    if as_json:
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo(f"{row['slug']:<32} {row['title']}（{row['place']}，{row['number'] or '文号未载明'}）")
        click.echo(f"{'':<32} 判定 {len(row['decisions'])} 项，改造内容 {row['items']} 项，摘要 {row['digest'][:12]}")


def _summary(pack: Pack) -> dict[str, Any]:
    document = pack.document
    return {
        "slug": pack.slug,
        "title": document.title,
        "place": document.place,
        "level": document.level,
        "number": document.number,
        "issued": document.issued,
        "decisions": list(pack.tables),
        "items": len({entry.item for entry in pack.catalogue}),
        "digest": pack.digest,
    }


@packs.command("show")
@click.argument("slug")
@click.argument("decision", required=False)
def show(slug: str, decision: str | None) -> None:
    """查看一个政策包；给出判定名时列出其条款。"""
    library = load_library()
    if slug in (broken := unusable_packs()):
        raise click.ClickException(broken[slug])
    if slug not in library.packs:
        raise click.ClickException(f"没有名为“{slug}”的政策包；现有：{'、'.join(library.packs)}")
    pack = library.packs[slug]
    if decision is None:
        _show_pack(pack)
    elif decision not in pack.tables:
        raise click.ClickException(f"{slug} 没有规定 {decision}；已规定：{'、'.join(pack.tables)}")
    else:
        _show_table(pack, decision, library)


def _show_pack(pack: Pack) -> None:
    document = pack.document
    click.echo(f"{document.title}\n{document.title_en}")
    click.echo(f"发布：{document.issuer}　文号：{document.number or '未载明'}　日期：{document.issued or '原文隐去'}")
    if document.first_day or document.last_day:
        click.echo(f"施行：{document.first_day or '—'} 至 {document.last_day or '—'}")
    for note in document.notes:
        click.echo(f"说明：{note}")
    for fact in pack.parameters.values():
        state = "原文隐去，未设定" if fact.masked else f"默认 {shown(fact, fact.default)}"
        click.echo(f"参数：{fact.name} {fact.zh}（{state}）")
    for cited in document.cites:
        click.echo(f"引用：{cited.title} {cited.number}（{cited.purpose}）")
    for table in pack.tables.values():
        click.echo(f"判定：{table.decision.name:<24} {table.decision.zh}，{len(table.rows)} 条")
    click.echo(f"摘要：{pack.digest}")


def _show_table(pack: Pack, name: str, library: Library) -> None:
    table = pack.tables[name]
    click.echo(f"{table.decision.zh}：{table.decision.question_zh}（{'、'.join(table.decision.ledger)}）")
    for row in table.rows:
        outcome = library.vocabulary.outcome(name, row.outcome).zh if row.outcome else "附注"
        click.echo(f"\n[{row.section}] {row.id} → {outcome}（{MODALITY_ZH[row.modality]}）\n  {row.text}")
        if row.in_force.first or row.in_force.last:
            click.echo(f"  有效期：{row.in_force.first or '…'} 至 {row.in_force.last or '…'}")
        if row.flags:
            click.echo(f"  标记：{'、'.join(row.flags)}")
        click.echo(f"  {to_sql(row.when)}")
        for value, expression in row.values.items():
            click.echo(f"  {value} = {to_sql(expression)}")


@packs.command("check")
@click.argument("slugs", nargs=-1)
@FOLDER
def check(slugs: tuple[str, ...], folder: Path | None) -> None:
    """检查政策包：表头、事实、类型、日期、条款去向和示例。有错时退出码为 1。"""
    wanted = slugs or tuple(pack_slugs(folder))
    if not wanted:
        raise click.ClickException(f"{folder} 里没有政策包；政策包是含有 pack.toml 的文件夹，--folder 写它所在的上一级")
    faults = [fault for slug in wanted for fault in pack_faults(slug, folder)]
    for fault in faults:
        click.echo(str(fault), err=True)
    if faults:
        click.echo(f"{len(wanted)} 个政策包，{len(faults)} 处有误", err=True)
        sys.exit(1)
    click.echo(f"{len(wanted)} 个政策包检查通过")
