"""What a roster (小区名单) says once it is read: rows, columns, problems."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from gongdi.core.values import Area, Money
from gongdi.exchange.figures import YearSpan
from gongdi.exchange.figures.text import as_text
from gongdi.exchange.problems import Problem, Sureness
from gongdi.exchange.tabular import CellValue, cell_name


class Field(StrEnum):
    """What a column of a roster tells of a compound."""

    SEQUENCE = "sequence"
    PROVINCE = "province"
    CITY = "city"
    DISTRICT = "district"
    STREET = "street"
    COMMUNITY = "community"
    NAME = "name"
    PROJECT = "project"
    ADDRESS = "address"
    COMPLETED_YEAR = "completed_year"
    COMPLETED_SPAN = "completed_span"
    AREA = "area"
    HOUSEHOLDS = "households"
    BUILDINGS = "buildings"
    UNITS = "units"
    INVESTMENT = "investment"
    WORKS = "works"
    PROGRESS = "progress"
    PLAN_YEAR = "plan_year"
    REMARKS = "remarks"


LABELS: Mapping[Field, str] = {
    Field.SEQUENCE: "序号",
    Field.PROVINCE: "省",
    Field.CITY: "市",
    Field.DISTRICT: "区县",
    Field.STREET: "街道",
    Field.COMMUNITY: "社区",
    Field.NAME: "小区名称",
    Field.PROJECT: "项目",
    Field.ADDRESS: "地址",
    Field.COMPLETED_YEAR: "建成年份",
    Field.COMPLETED_SPAN: "建成年份区间",
    Field.AREA: "建筑面积",
    Field.HOUSEHOLDS: "户数",
    Field.BUILDINGS: "楼栋数",
    Field.UNITS: "单元数",
    Field.INVESTMENT: "计划投资",
    Field.WORKS: "改造内容",
    Field.PROGRESS: "进度",
    Field.PLAN_YEAR: "年度",
    Field.REMARKS: "备注",
}

COUNTS = (Field.HOUSEHOLDS, Field.BUILDINGS, Field.UNITS)
NUMBERS = (*COUNTS, Field.AREA, Field.INVESTMENT)
PLACES = (Field.PROVINCE, Field.CITY, Field.DISTRICT, Field.STREET, Field.COMMUNITY)

Value = str | int | Area | Money | YearSpan | None


class FieldReading(NamedTuple):
    """One cell as read: the value, what stood there, where (both counted from 0), how sure, and why not surer."""

    value: Value
    original: CellValue
    row: int
    column: int
    sureness: Sureness = "sure"
    note: str = ""

    @property
    def raw(self) -> str:
        """The text that the cell shows."""
        return as_text(self.original)

    @property
    def cell(self) -> str:
        """The cell's name, such as C12; "" when the value comes from elsewhere (a title, a sheet's name)."""
        return cell_name(self.row, self.column) if self.column >= 0 else ""


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One compound of a roster; `row` is the row's number as the spreadsheet shows it.

    `others` holds the texts of columns that stand for no field, by header.
    """

    sheet: str
    row: int
    fields: Mapping[Field, FieldReading]
    notes: tuple[str, ...] = ()
    others: Mapping[str, str] = field(default_factory=dict)

    def value(self, name: Field) -> Value:
        """The field's value; None when the roster does not tell."""
        reading = self.fields.get(name)
        return None if reading is None else reading.value

    def text(self, name: Field) -> str:
        """The field's value if it is a text, else ""."""
        value = self.value(name)
        return value if isinstance(value, str) else ""

    def count(self, name: Field) -> int | None:
        """The field's value if it is a whole number."""
        value = self.value(name)
        return value if isinstance(value, int) else None

    @property
    def name(self) -> str:
        """The compound's name, whole as written."""
        return self.text(Field.NAME)

    @property
    def area(self) -> Area | None:
        """Floor area (建筑面积)."""
        value = self.value(Field.AREA)
        return value if isinstance(value, Area) else None

    @property
    def investment(self) -> Money | None:
        """Planned investment (计划投资)."""
        value = self.value(Field.INVESTMENT)
        return value if isinstance(value, Money) else None

    @property
    def completed_year(self) -> int | None:
        """The year of completion, only when the roster pins it to one year."""
        return self.count(Field.COMPLETED_YEAR)

    @property
    def completed_span(self) -> YearSpan | None:
        """Years within which it was completed, both ends included."""
        value = self.value(Field.COMPLETED_SPAN)
        return value if isinstance(value, YearSpan) else None


@dataclass(frozen=True, slots=True)
class ColumnReading:
    """How one column's header was understood; `field` is None for a column that is kept as it is."""

    sheet: str
    cell: str
    header: str
    field: Field | None
    sureness: Sureness
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RosterReading:
    """A roster as read. `readable` is False when no compound could be read at all; a problem then says why."""

    compounds: int
    columns: Mapping[str, str]
    problems: tuple[Problem, ...]
    rows: tuple[RosterRow, ...]
    headers: tuple[ColumnReading, ...] = ()
    remarks: tuple[str, ...] = ()
    readable: bool = True

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop an import."""
        return tuple(problem for problem in self.problems if problem.is_error)

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """The problems that stop nothing."""
        return tuple(problem for problem in self.problems if not problem.is_error)
