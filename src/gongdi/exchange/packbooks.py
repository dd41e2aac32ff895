"""A pack as one workbook (政策包工作簿): a sheet for each of its tables, to be changed in a spreadsheet and read again.

Sheets bear Chinese names; a fault found in a text is told by the sheet it came from, with the row as the sheet counts
it. A pack's folder packed as .zip is read to the same texts.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

import xlsxwriter

from gongdi.core.policy.packs import Pack, PackFault
from gongdi.core.policy.vocabulary import Vocabulary
from gongdi.exchange.casetables import case_table
from gongdi.exchange.packcases import WorkedCase, read_cases
from gongdi.exchange.packdocs import KIND_ZH, codes_of
from gongdi.exchange.packfiles import decoded
from gongdi.exchange.problems import CannotReadError
from gongdi.exchange.tabular.grid import CellValue, Grid
from gongdi.exchange.tabular.opening import open_table

GUIDE = "说明"
LINES = {"文件信息": "pack.toml", "README": "README.md"}
"""Sheets that hold a text line by line in their first column."""
TABLES = {"条款": "sections.csv", "改造内容": "catalogue.csv", "文件数据": "targets.csv"}
CASES = "例·"
WORDS = "词典·"
"""Sheets to look names up in; nothing of them is read."""
_MOST_FILES, _MOST_BYTES = 400, 8_000_000
_KEPT = (".csv", ".toml", ".jsonl", ".md")
_HELP = (
    "这份工作簿就是一个政策包。改好后在“政策 › 政策草案”页上传，系统逐格检查，并可与现行政策包对比；草案不用于判定。",
    "工作表名和第一行（列名）不要改、不要删。空行不影响。",
    "文件信息：一行一项，写法见表内注释。标题请改成草案的标题。",
    "条款：一行一条，写明去向。改造内容：一行一项，写明类别。文件数据：照录，不作规则。",
    "以判定命名的表：一行一款，从上往下取第一条成立的。when 是条件，outcome 是结论，section 是条款。",
    "“例·”开头的表：示例，一行一题，先看文件写答案。改了界限，界限两边的示例要跟着改。",
    "“词典·”开头的表：条件里可用的事实、各判定的结论、改造内容的代码，供查名称，不读回。",
    "不要的判定，整张工作表删去；新的判定，照别的表另建，表名用判定的中文名。",
)


def sheet_names(vocabulary: Vocabulary) -> dict[str, str]:
    """Each sheet's name with the path of the text that it holds."""
    tables = {each.zh: f"tables/{name}.csv" for name, each in vocabulary.decisions.items() if name != "item_class"}
    cases = {f"{CASES}{each.zh}": f"cases/{name}.csv" for name, each in vocabulary.decisions.items()}
    return {**LINES, **TABLES, **tables, **cases}


def sheet_of(path: str, vocabulary: Vocabulary) -> str:
    """The sheet that holds a text of a pack, by the text's path; the path itself when none does."""
    inside = path.partition("/")[2] or path
    wanted = inside.removesuffix(".jsonl").removesuffix(".csv")
    return next((sheet for sheet, held in sheet_names(vocabulary).items() if held in (inside, f"{wanted}.csv")), inside)


def pack_workbook(pack: Pack, texts: Mapping[str, str], vocabulary: Vocabulary) -> bytes:
    """A pack's texts as a workbook; its worked cases as tables, whatever form they are kept in."""
    whole = {**texts, **_case_tables(pack, texts, vocabulary)}
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head = book.add_format({"bold": True, "bg_color": "#E8EEEE", "border": 1})
    body = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    _write(book, GUIDE, [[line] for line in _HELP], head, body, has_head=False)
    for sheet, path in sheet_names(vocabulary).items():
        text = whole.get(path)
        if text is None:
            continue
        lined = sheet in LINES
        rows = [[line] for line in text.splitlines()] if lined else list(csv.reader(io.StringIO(text)))
        _write(book, sheet, rows, head, body, has_head=not lined)
    for sheet, rows in _words(vocabulary).items():
        _write(book, f"{WORDS}{sheet}", rows, head, body, has_head=True)
    book.close()
    return stream.getvalue()


def _words(vocabulary: Vocabulary) -> dict[str, list[list[str]]]:
    """The names that conditions, outcomes and items may use, as sheets to look them up in."""
    facts = [
        [fact.name, fact.zh, KIND_ZH[fact.kind], codes_of(fact).replace("`", ""), fact.note, fact.group]
        for fact in vocabulary.facts.values()
    ]
    outcomes = [
        [about.zh, about.name, code, outcome.zh]
        for about in vocabulary.decisions.values()
        for code, outcome in about.outcomes.items()
    ]
    values = [
        [about.zh, about.name, f"value:{value.name}", f"{value.zh}（{KIND_ZH[value.kind]}）"]
        for about in vocabulary.decisions.values()
        for value in about.values.values()
    ]
    items = [[item.code, item.zh] for item in vocabulary.items.values()]
    return {
        "事实": [["名称", "中文", "类型", "代码", "说明", "分组"], *facts],
        "判定": [["判定", "代码", "结论或值的列名", "中文"], *outcomes, *values],
        "内容": [["代码", "中文"], *items],
    }


def _write(
    book: xlsxwriter.Workbook, name: str, rows: list[list[str]], head: object, body: object, *, has_head: bool
) -> None:
    sheet = book.add_worksheet(name)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(at, column, cell, head if has_head and at == 0 else body)
    widths = [
        max((len(row[at]) for row in rows if at < len(row)), default=0) for at in range(len(rows[0]) if rows else 0)
    ]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, 110 if not has_head else min(max(10, width * 1.3), 60))
    if has_head:
        sheet.freeze_panes(1, 1)


def _case_tables(pack: Pack, texts: Mapping[str, str], vocabulary: Vocabulary) -> dict[str, str]:
    """The worked cases of a pack as one table for each decision."""
    by_decision: dict[str, list[WorkedCase]] = {}
    for case in read_cases(pack, texts, vocabulary):
        if isinstance(case, WorkedCase):
            by_decision.setdefault(case.question.decision, []).append(case)
    return {
        f"cases/{name}.csv": case_table([(case.question, case.expect, case.why) for case in cases])
        for name, cases in by_decision.items()
    }


@dataclass(frozen=True, slots=True)
class PackTexts:
    """The texts of an uploaded pack by path, and what could not be told apart."""

    texts: Mapping[str, str]
    faults: tuple[PackFault, ...]


def read_pack_file(name: str, content: bytes, vocabulary: Vocabulary) -> PackTexts:
    """The texts of a pack uploaded as a workbook (.xlsx) or as its folder (.zip).

    Raises:
        CannotReadError: the file is neither, or is damaged or too large.
    """
    if name.lower().endswith(".zip"):
        return PackTexts(_zip_texts(content), ())
    return _book_texts(open_table(content, name).grids, vocabulary)


def _book_texts(grids: list[Grid], vocabulary: Vocabulary) -> PackTexts:
    known, texts, faults = sheet_names(vocabulary), dict[str, str](), list[PackFault]()
    for grid in grids:
        sheet = grid.name.strip()
        if sheet == GUIDE or sheet.startswith(WORDS) or not any(any(cell != "" for cell in row) for row in grid.rows):
            continue
        path = known.get(sheet)
        if path is None:
            faults.append(PackFault(sheet, 0, "", "不认识这张工作表", "表名须为判定的中文名，或“例·”加判定的中文名"))
            continue
        rows = [
            ["", *map(_cell, row)][1 - grid.first_column :] if grid.first_column else [*map(_cell, row)]
            for row in grid.rows
        ]
        texts[path] = "\n".join(row[0] if row else "" for row in rows) + "\n" if sheet in LINES else _csv(rows)
        faults.extend(
            PackFault(sheet, row + 1, "", "单元格是没有算出的公式或错误值", "请改成文字") for row, _ in grid.faults
        )
    if "pack.toml" not in texts:
        faults.append(PackFault("文件信息", 0, "", "没有这张工作表", "请从现行政策包下载工作簿，在它上面改"))
    return PackTexts(texts, tuple(faults))


def _csv(rows: list[list[str]]) -> str:
    """Rows as CSV, as wide as the header; cells beyond it are kept, so that they are found to be wrong."""
    width = max((at + 1 for at, cell in enumerate(rows[0]) if cell), default=0) if rows else 0
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        filled = [*row, *[""] * (width - len(row))]
        while len(filled) > width and not filled[-1]:
            filled.pop()
        writer.writerow(filled)
    return out.getvalue()


def _cell(value: CellValue) -> str:
    """A cell as the text that the tables of a pack hold."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return str(value)


def _zip_texts(content: bytes) -> dict[str, str]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return dict(_texts_inside(archive))
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zipfile.LargeZipFile) as error:
        raise CannotReadError("zip 文件已损坏或有密码。", "请重新压缩政策包文件夹后再上传。") from error


def _texts_inside(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    parts = [part for part in archive.infolist() if not part.is_dir()]
    if len(parts) > _MOST_FILES or sum(part.file_size for part in parts) > _MOST_BYTES:
        raise CannotReadError("zip 文件里的内容太多。", "只压缩一个政策包的文件夹。")
    roots = [PurePosixPath(part.filename).parent for part in parts if PurePosixPath(part.filename).name == "pack.toml"]
    if len(roots) != 1:
        raise CannotReadError("zip 文件里须有且只有一个 pack.toml。", "请只压缩一个政策包的文件夹。")
    for part in parts:
        path = PurePosixPath(part.filename)
        if path.is_relative_to(roots[0]) and path.suffix in _KEPT:
            with archive.open(part) as stream:
                body = stream.read(_MOST_BYTES + 1)
            try:
                yield path.relative_to(roots[0]).as_posix(), decoded(body)
            except UnicodeDecodeError as error:
                raise CannotReadError(f"{path.name} 不是文字文件。", "请另存为 CSV UTF-8 后再压缩。") from error
