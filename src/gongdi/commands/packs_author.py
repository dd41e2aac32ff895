"""`gongdi packs` for authors: start a pack, run its cases, print its reference, show its coverage."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import click

from gongdi.core.policy.packs import TREATMENT_ZH, Pack, PackFault
from gongdi.exchange.packchecks import opened, run_cases
from gongdi.exchange.packdocs import coverage_counts, dictionary_markdown, pack_markdown
from gongdi.exchange.packfiles import load_vocabulary, pack_slugs
from gongdi.exchange.packskeleton import skeleton, write_new

FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="政策包所在文件夹；不写时为随软件提供的政策包",
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@click.command("new")
@click.argument("slug")
@click.option("--title", default="", help="文件标题")
@click.option(
    "-d", "--decision", "decisions", multiple=True, help="文件规定的判定，可写多次，例如 -d scope -d wish_vote"
)
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path(),
    help="新文件夹建在哪里；不写时为当前文件夹",
)
def new(slug: str, title: str, decisions: tuple[str, ...], folder: Path) -> None:
    """新建一个政策包文件夹，列好要填的表。"""
    vocabulary = load_vocabulary()
    if not _SLUG.fullmatch(slug):
        raise click.ClickException(f"“{slug}”不能作名称；请用小写字母、数字和短横，例如 shandong-qingdao-2024")
    strange = [name for name in decisions if name not in vocabulary.decisions or name == "item_class"]
    if strange:
        known = "、".join(name for name in vocabulary.decisions if name != "item_class")
        if strange == ["item_class"]:
            raise click.ClickException("改造内容类别（item_class）不另建表，写在 catalogue.csv；请去掉 -d item_class")
        raise click.ClickException(f"没有判定 {'、'.join(strange)}；可用：{known}（内容分类写在 catalogue.csv）")
    texts = skeleton(slug, title, decisions, vocabulary)
    try:
        write_new(folder / slug, texts)
    except FileExistsError:
        raise click.ClickException(f"文件夹 {folder / slug} 已经存在；请换一个名称") from None
    for name in texts:
        click.echo(f"已建 {folder / slug / name}")
    click.echo(f"下一步：填写 pack.toml 和各表，然后运行 gongdi packs check {slug} --folder {folder}")


@click.command("test")
@click.argument("slugs", nargs=-1)
@FOLDER
def test(slugs: tuple[str, ...], folder: Path | None) -> None:
    """运行政策包的示例，逐包汇总。有不符时退出码为 1。"""
    wrong = 0
    for pack in _packs(slugs, folder):
        run = run_cases(pack, folder)
        _tell(run.faults)
        wrong += len(run.faults)
        click.echo(f"{run.slug:<32} 示例 {len(run.cases)} 个，不符 {len(run.faults)} 个")
    if wrong:
        sys.exit(1)


@click.command("docs")
@click.argument("slugs", nargs=-1)
@click.option("-o", "--out", type=click.Path(file_okay=False, path_type=Path), help="写入文件夹；不写时打印")
@click.option("--dictionary", is_flag=True, help="改为输出词典：判定、结论、值、事实、改造内容")
@FOLDER
def docs(slugs: tuple[str, ...], out: Path | None, dictionary: bool, folder: Path | None) -> None:
    """输出政策包的参考文档（Markdown）。"""
    vocabulary = load_vocabulary()
    if dictionary:
        texts = {"dictionary": dictionary_markdown(vocabulary)}
    else:
        texts = {pack.slug: pack_markdown(pack, vocabulary) for pack in _packs(slugs, folder)}
    for name, text in texts.items():
        if out is None:
            click.echo(text)
        else:
            out.mkdir(parents=True, exist_ok=True)
            (out / f"{name}.md").write_text(text, encoding="utf-8")
            click.echo(f"已写入 {out / f'{name}.md'}")


@click.command("coverage")
@click.argument("slugs", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，含每一条")
@FOLDER
def coverage(slugs: tuple[str, ...], as_json: bool, folder: Path | None) -> None:
    """列出每份文件的条款各归何处。"""
    packs = _packs(slugs, folder)
    if as_json:
        click.echo(json.dumps([_coverage_json(pack) for pack in packs], ensure_ascii=False, indent=2))
        return
    for pack in packs:
        counts = "，".join(
            f"{zh} {count}"
            for (_, count), zh in zip(coverage_counts(pack), TREATMENT_ZH.values(), strict=True)
            if count
        )
        click.echo(f"{pack.slug:<32} 共 {len(pack.sections)} 条：{counts}")


def _coverage_json(pack: Pack) -> dict[str, Any]:
    return {
        "pack": pack.slug,
        "count": len(pack.sections),
        "treatments": dict(coverage_counts(pack)),
        "sections": [
            {
                "section": section.section,
                "title": section.title,
                "title_en": section.title_en,
                "treatment": section.treatment.value,
                "decisions": list(section.decisions),
                "part": section.part,
                "note": section.note,
            }
            for section in pack.sections
        ],
    }


def _packs(slugs: tuple[str, ...], folder: Path | None) -> list[Pack]:
    """The packs asked for, all of the folder when none is named; ends the command when one cannot be read."""
    wanted = slugs or tuple(pack_slugs(folder))
    if not wanted:
        raise click.ClickException(f"{folder} 里没有政策包；政策包是含有 pack.toml 的文件夹，--folder 写它所在的上一级")
    read = [opened(slug, folder) for slug in wanted]
    faults = [fault for _, found in read for fault in found]
    if faults:
        _tell(faults)
        sys.exit(1)
    return [pack for pack, _ in read if pack is not None]


def _tell(faults: list[PackFault] | tuple[PackFault, ...]) -> None:
    for fault in faults:
        click.echo(str(fault), err=True)
