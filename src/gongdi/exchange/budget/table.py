"""A budget as a table: one fund a row, one column a year."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from gongdi.core.portfolio.model import Fund
from gongdi.exchange.budget.cells import Fault, plain, read_classes, read_counties, read_year, read_yes, read_yuan
from gongdi.exchange.budget.reading import Budget
from gongdi.exchange.figures import Kind, Unit, find_unit, read_quantity
from gongdi.exchange.figures.text import as_text, clean
from gongdi.exchange.problems import CannotReadError, Problem, Severity, quoted
from gongdi.exchange.tabular import Grid, cell_name
from gongdi.exchange.tabular.grid import CellValue

_HEADERS: dict[str, str] = {
    "code": r"(?:资金)?(?:代码|编码|代号|编号)|code",
    "name": r"(?:资金|专项资金|基金)?(?:名称|来源|种类|渠道)|资金|资金来源(?:名称)?|专项资金|name",
    "classes": r"(?:可用|适用|使用|支持)?(?:改造)?(?:类别|范围|用途|内容类别)|可用类别|适用类别",
    "counties": r"(?:适用|可用|使用)?(?:区县|县区|区域|地区|范围区县|区)|适用范围",
    "carry_over": r"(?:是否)?(?:可|能|允许)?(?:跨年)?结转(?:下年|使用)?",
}
_TOTAL = re.compile("(?:合计|总计|小计|共计).*")
_NOTE = re.compile("(?:注|备注|说明|填表|制表|审核|单位)[:：]?.*")
_WEIGHT = re.compile("(?:年度|年份|各年|价值)?权重.*")
_STATED_UNIT = re.compile(r"单位[:]([^)）]{1,10})")
_WAYS = "请检查表头：要有资金名称（或代码）、可用类别，以及每年一列（例如“2027年（万元）”）。"


@dataclass(slots=True)
class TableBudget:
    """Gathers what the table says."""

    sheet: str
    codes: Mapping[str, str] | None
    problems: list[Problem] = field(default_factory=list)
    funds: list[Fund] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    weights: list[Fraction] | None = None

    def report(self, cell: str, value: CellValue, fault: Fault, severity: Severity = "error") -> None:
        """Add a problem at a cell."""
        self.problems.append(Problem(self.sheet, cell, quoted(as_text(value)), fault[0], fault[1], severity))


@dataclass(frozen=True, slots=True)
class _Head:
    row: int
    columns: Mapping[str, int]
    years: tuple[tuple[int, int, Unit | None], ...]
    """Year, column, unit."""


def read_table(grid: Grid, codes: Mapping[str, str] | None) -> tuple[Budget | None, list[Problem]]:
    """The budget in a sheet; raises CannotReadError when the sheet has no such table."""
    head = _find_head(grid)
    gathered = TableBudget(grid.name, codes)
    years = [year for year, _, _ in head.years]
    if len(set(years)) < len(years):
        fault = ("同一年份有两列。", "每个年份只留一列。")
        gathered.report(cell_name(head.row, grid.first_column), "", fault)
    totals = []
    for row in range(head.row + 1, len(grid.rows)):
        if _is_total(grid, row):
            totals.append(row)
        else:
            _read_row(grid, row, head, gathered)
    _check_totals(grid, head, totals, gathered)
    if not gathered.funds and not gathered.problems:
        raise CannotReadError("表头下面没有任何资金。", "请在表头下面逐行填写资金。", sheet=grid.name)
    order = sorted(range(len(years)), key=years.__getitem__)
    return _budget(gathered, years, order), gathered.problems


def _budget(gathered: TableBudget, years: list[int], order: list[int]) -> Budget | None:
    if any(problem.is_error for problem in gathered.problems):
        return None
    funds = tuple(
        Fund(fund.code, fund.classes, fund.counties, fund.carry_over, tuple(fund.budget[i] for i in order))
        for fund in gathered.funds
    )
    weights = None if gathered.weights is None else tuple(gathered.weights[i] for i in order)
    return Budget(tuple(years[i] for i in order), funds, weights, gathered.names)


def _find_head(grid: Grid) -> _Head:
    for row, cells in enumerate(grid.rows[:50]):
        columns: dict[str, int] = {}
        years = []
        for index, cell in enumerate(cells):
            year = read_year(cell) if cell != "" else None
            if year is not None:
                years.append((year[0], index, year[1] or _stated_unit(grid, row)))
                continue
            text = plain(cell)
            name = next((n for n, words in _HEADERS.items() if n not in columns and re.fullmatch(words, text)), None)
            if name is not None:
                columns[name] = index
        if years and ("name" in columns or "code" in columns):
            if "classes" not in columns:
                raise CannotReadError("没有“可用类别”一列。", _WAYS, sheet=grid.name)
            return _Head(row, columns, tuple(years))
    raise CannotReadError("没有找到资金表的表头。", _WAYS, sheet=grid.name)


def _stated_unit(grid: Grid, head: int) -> Unit | None:
    for cells in grid.rows[:head]:
        for cell in cells:
            found = _STATED_UNIT.search(plain(cell)) if isinstance(cell, str) else None
            unit = find_unit(found[1]) if found else None
            if unit is not None and unit.kind is Kind.MONEY:
                return unit
    return None


def _texts(grid: Grid, row: int) -> list[str]:
    return [plain(cell) for cell in grid.rows[row] if isinstance(cell, str) and cell.strip()]


def _is_total(grid: Grid, row: int) -> bool:
    return any(_TOTAL.fullmatch(text) for text in _texts(grid, row)[:2])


def _read_row(grid: Grid, row: int, head: _Head, gathered: TableBudget) -> None:
    texts = _texts(grid, row)
    amounts = [grid.at(row, column) for _, column, _ in head.years]
    if not any(cell != "" for cell in grid.rows[row]):
        return
    if texts and _WEIGHT.fullmatch(texts[0]):
        gathered.weights = _read_weights(grid, row, head, gathered)
        return
    if texts and _NOTE.fullmatch(texts[0]) and not any(cell != "" for cell in amounts):
        return
    fund = _read_fund(grid, row, head, gathered)
    if fund is not None:
        gathered.funds.append(fund)


def _read_fund(grid: Grid, row: int, head: _Head, gathered: TableBudget) -> Fund | None:
    def cell_of(name: str) -> CellValue:
        return grid.at(row, head.columns[name]) if name in head.columns else ""

    def where(index: int) -> str:
        return cell_name(row, index + grid.first_column)

    before = len(gathered.problems)
    name = clean(as_text(cell_of("name")))
    code = clean(as_text(cell_of("code"))) or name
    place = where(head.columns.get("code", head.columns.get("name", 0)))
    if not code:
        gathered.report(place, "", ("资金没有名称，也没有代码。", "请补上资金名称。"))
    elif code in gathered.names:
        gathered.report(place, code, ("资金代码（或名称）重复。", "请合并成一行，或用不同的代码区分。"))
    answers: dict[str, object] = {}
    for key, answer in (
        ("classes", read_classes(cell_of("classes"))),
        ("counties", read_counties(cell_of("counties"), gathered.codes)),
        ("carry_over", read_yes(cell_of("carry_over"))),
    ):
        if isinstance(answer, tuple):
            gathered.report(where(head.columns[key]), cell_of(key), answer)
        answers[key] = answer
    budget = [_amount(grid, row, column, unit, gathered) for _, column, unit in head.years]
    gathered.names[code] = name or code
    if any(problem.is_error for problem in gathered.problems[before:]):
        return None
    return Fund(code, answers["classes"], answers["counties"], bool(answers["carry_over"]), tuple(budget))  # type: ignore[arg-type]


def _amount(grid: Grid, row: int, index: int, unit: Unit | None, gathered: TableBudget) -> int:
    value, where = grid.at(row, index), cell_name(row, index + grid.first_column)
    if value == "" and (row, index + grid.first_column) in grid.faults:
        remedy = "请用 Excel 或 WPS 打开文件，重新计算并保存后再试。"
        gathered.report(where, "", ("公式没有可用的计算结果。", remedy))
        return 0
    amount = read_yuan(value, unit)
    if isinstance(amount[0], str):
        gathered.report(where, value, (amount[0], amount[1]))
        return 0
    if amount[1]:
        gathered.report(where, value, (f"{amount[1]}。", "请核对金额。"), "warning")
    return amount[0]


def _read_weights(grid: Grid, row: int, head: _Head, gathered: TableBudget) -> list[Fraction] | None:
    weights = []
    for _, column, _ in head.years:
        value = grid.at(row, column)
        quantity = read_quantity(value)
        if (
            quantity.amount is None
            or quantity.amount <= 0
            or quantity.unit is not None
            or quantity.multiple is not None
        ):
            where = cell_name(row, column + grid.first_column)
            gathered.report(where, value, ("权重应为大于 0 的数。", "请填写例如 1 或 0.95。"))
            return None
        weights.append(Fraction(quantity.amount))
    return weights


def _check_totals(grid: Grid, head: _Head, totals: Sequence[int], gathered: TableBudget) -> None:
    if any(problem.is_error for problem in gathered.problems) or len(totals) != 1:
        return
    row = totals[0]
    for position, (year, column, unit) in enumerate(head.years):
        value = grid.at(row, column)
        printed = read_yuan(value, unit)
        if value == "" or isinstance(printed[0], str):
            continue
        added = sum(fund.budget[position] for fund in gathered.funds)
        if printed[0] != added:
            where = cell_name(row, column + grid.first_column)
            why = f"{year} 年的合计是 {printed[0]:,} 元，各项资金相加是 {added:,} 元。"
            gathered.report(where, value, (why, "请核对合计和各项资金。"), "warning")
