"""Reading a budget file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from gongdi.exchange.budget.document import read_document
from gongdi.exchange.budget.reading import Budget, BudgetReading
from gongdi.exchange.budget.table import read_table
from gongdi.exchange.problems import CannotReadError, Problem
from gongdi.exchange.tabular import open_table
from gongdi.exchange.tabular.opening import read_bytes


def read_budget(
    source: Path | bytes, *, name: str = "", county_codes: Mapping[str, str] | None = None
) -> BudgetReading:
    """Read next years' money from .xlsx, .xls, .csv or .json.

    `county_codes` turns county names into division codes; without it names are kept as written. Nothing is raised for
    a bad file: the reading tells what is wrong.
    """
    name = name or (source.name if isinstance(source, Path) else "")
    try:
        budget, problems = _read(source, name, county_codes)
    except CannotReadError as error:
        return BudgetReading(None, (error.problem,))
    if budget is not None and county_codes is not None:
        problems += _unknown_codes(budget, county_codes)
    failed = any(problem.is_error for problem in problems)
    return BudgetReading(None if failed else budget, tuple(problems))


def _read(
    source: Path | bytes, name: str, county_codes: Mapping[str, str] | None
) -> tuple[Budget | None, list[Problem]]:
    data = read_bytes(source)
    if name.lower().endswith(".json") or data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return read_document(data)
    table = open_table(data, name)
    grids = [grid for grid in table.grids if grid.rows and not grid.hidden]
    if not grids:
        raise CannotReadError("文件里没有任何内容。", "请选择填好的资金表。")
    for position, grid in enumerate(grids):
        try:
            return read_table(grid, county_codes)
        except CannotReadError:
            if position == len(grids) - 1:
                raise
    raise AssertionError("some sheet was read or refused")


def _unknown_codes(budget: Budget, county_codes: Mapping[str, str]) -> list[Problem]:
    known = set(county_codes.values())
    problems = []
    for fund in budget.funds:
        unknown = sorted((fund.counties or frozenset()) - known)
        if unknown:
            why = f"资金“{budget.names[fund.code]}”的适用区县“{'、'.join(unknown)}”不认识。"
            problems.append(Problem("", "", fund.code, why, "请写行政区划代码或区县全称；空着表示全部区县。"))
    return problems
