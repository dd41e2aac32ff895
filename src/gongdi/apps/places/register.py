"""The register (清册): its columns, its filters as they stand in the address, its order and its totals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet, Sum
from django.http import QueryDict

from gongdi.apps.accounts.models import User
from gongdi.apps.places import queries
from gongdi.apps.places.access import SEE_FACTS, visible_compounds
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.stages import Stage
from gongdi.apps.places.standing import tell_today
from gongdi.core.values import Area, Money
from gongdi.web import words
from gongdi.web.columns import Cell, ColumnProvider, columns

TABLE = "register"
PER_PAGE = 50
Total = tuple[str, Callable[[int | None], str]]


@dataclass(frozen=True, slots=True)
class OwnColumn:
    """A column of the compound's own fields. `total` names the summed field and how its sum is written,
    `excel` the kind of its cells in a workbook."""

    key: str
    title: str
    cell: Callable[[Compound], Cell]
    sort: str = ""
    number: bool = False
    shown: bool = True
    total: Total | None = None
    excel: str = "text"


def _number(field: str, write: Callable[[int | None], str], kind: Callable[[int], Any]) -> Callable[[Compound], Cell]:
    def cell(row: Compound) -> Cell:
        value = getattr(row, field)
        return Cell(write(value), None if value is None else kind(value))

    return cell


def _summed(
    key: str, title: str, write: Callable[[int | None], str], kind: Callable[[int], Any] = int, shown: bool = True
) -> OwnColumn:
    excel = "money_wan" if kind is Money else "area" if kind is Area else "int"
    cell = _number(key, write, kind)
    return OwnColumn(key, title, cell, key, number=True, shown=shown, total=(key, write), excel=excel)


def made_up(row: Compound) -> Cell:
    """Whether a compound is made up, said in every list that leaves the house."""
    return Cell("虚构" if row.made_up else "公开或填报")


def _division(division: Division | None) -> Cell:
    return Cell(division.as_recorded if division is not None else "—")


OWN_COLUMNS: tuple[OwnColumn, ...] = (
    OwnColumn("county", "县（区）", lambda row: Cell(row.county.name), "county__code", shown=False),
    OwnColumn("street", "街道", lambda row: _division(row.street), "street__code"),
    OwnColumn("community", "社区", lambda row: _division(row.community), "community__code"),
    OwnColumn("address", "地址", lambda row: Cell(row.address or "—"), shown=False),
    OwnColumn("stage", "阶段", lambda row: Cell(row.get_stage_display()), "stage"),
    _summed("buildings", "楼栋（栋）", words.separated),
    _summed("households", "户数（户）", words.separated),
    _summed("area", "建筑面积（万平方米）", words.in_wan_m2, Area),
    _summed("cost_total", "估算投资（万元）", words.in_wan_yuan, Money),
    _summed("cost_basic", "基础类（万元）", words.in_wan_yuan, Money, shown=False),
    _summed("cost_improvement", "完善类（万元）", words.in_wan_yuan, Money, shown=False),
    _summed("cost_upgrade", "提升类（万元）", words.in_wan_yuan, Money, shown=False),
    _summed("owner_money", "业主出资（万元）", words.in_wan_yuan, Money, shown=False),
    OwnColumn("made_up", "数据性质", made_up, "made_up", shown=False),
    OwnColumn("changed_at", "更新日期", lambda row: Cell(f"{row.changed_at:%Y-%m-%d}"), "changed_at", shown=False),
)


def _age_cells(ids: Sequence[int]) -> dict[int, Cell]:
    found = queries.ages(list(ids))
    return {pk: Cell(value[:4], int(value[:4]), title=value) for pk, (value, _) in found.items()}


def add_own_provider() -> None:
    """The one column of our own that is read from facts."""
    columns.add(TABLE, ColumnProvider("age", "建成年份", 10, _age_cells, number=True, excel="year"))


AnyColumn = OwnColumn | ColumnProvider


MONEY = frozenset({"cost_total", "cost_basic", "cost_improvement", "cost_upgrade", "owner_money"})


def all_columns(plain: bool = False) -> list[AnyColumn]:
    """Every column that can be shown, own ones first; plain are those without money, facts and decisions."""
    if plain:
        return [column for column in OWN_COLUMNS if column.key not in MONEY]
    return [*OWN_COLUMNS, *columns.of(TABLE)]


def is_plain(user: User) -> bool:
    """Whether a person reads what the compounds are, and none of the facts about them (a utility, 专营单位)."""
    return not user.may_anywhere(SEE_FACTS)


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force: its words, and the query without it."""

    text: str
    without: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for. `added` holds the filters of added columns by key."""

    q: str = ""
    place: str = ""
    stage: str = ""
    nature: str = ""
    missing: bool = False
    sort: str = ""
    shown: tuple[str, ...] = ()
    added: tuple[tuple[str, str], ...] = ()
    plain: bool = False

    @classmethod
    def read(cls, query: QueryDict, plain: bool = False) -> Asked:
        """The wishes of an address; what makes no sense is left out, and of plain ones what needs facts."""
        keys = {column.key for column in all_columns(plain)}
        shown = tuple(key for key in query.getlist("column") if key in keys)
        sort = query.get("sort", "")
        added = []
        for provider in () if plain else columns.of(TABLE):
            value = query.get(provider.key, "")
            if value in dict(provider.filters):
                added.append((provider.key, value))
        return cls(
            q=query.get("q", "").strip()[:60],
            place=query.get("place", "") if query.get("place", "").isdigit() else "",
            stage=query.get("stage", "") if query.get("stage", "") in Stage.values else "",
            nature=query.get("nature", "") if query.get("nature", "") in ("made_up", "real") else "",
            missing=query.get("missing", "") == "1" and not plain,
            sort=sort if sort.lstrip("-") in keys | {"name"} else "",
            shown=shown,
            added=tuple(added),
            plain=plain,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The wishes as query pairs, empty ones left out."""
        plain = [("q", self.q), ("place", self.place), ("stage", self.stage), ("nature", self.nature)]
        plain += [("missing", "1" if self.missing else ""), ("sort", self.sort), *self.added]
        return [pair for pair in plain if pair[1]] + [("column", key) for key in self.shown]

    def query(self, without: str = "") -> str:
        """The wishes as a query string, without one of them."""
        return urlencode([pair for pair in self.pairs() if pair[0] != without])

    def chips(self, places: dict[str, str]) -> list[Chip]:
        """The filters in force, to be shown and taken off one by one."""
        found = []
        if self.q:
            found.append(Chip(f"搜索：{self.q}", self.query("q")))
        if self.place:
            found.append(Chip(f"区划：{places.get(self.place, self.place)}", self.query("place")))
        if self.stage:
            found.append(Chip(f"阶段：{Stage(self.stage).label}", self.query("stage")))
        if self.nature:
            found.append(Chip("数据：虚构" if self.nature == "made_up" else "数据：公开或填报", self.query("nature")))
        if self.missing:
            found.append(Chip("缺少判定所需情况", self.query("missing")))
        for key, value in self.added:
            provider = columns.tables[TABLE][key]
            found.append(Chip(f"{provider.title}：{dict(provider.filters)[value]}", self.query(key)))
        return found


def rows_of(user: User, asked: Asked) -> QuerySet[Compound]:
    """The compounds that an address asks for, in its order, as far as the person may see them."""
    rows = visible_compounds(user).select_related("county", "street", "community")
    if asked.q:
        small = asked.q.lower().replace(" ", "")
        rows = rows.filter(
            Q(name__icontains=asked.q)
            | Q(address__icontains=asked.q)
            | Q(pinyin__contains=small)
            | Q(initials__contains=small)
        )
    if asked.place:
        rows = rows.filter(place__startswith=asked.place)
    if asked.stage:
        rows = rows.filter(stage=asked.stage)
    if asked.nature:
        rows = rows.filter(made_up=asked.nature == "made_up")
    if asked.missing:
        rows = queries.missing_essentials(rows)
    for key, value in asked.added:
        keep = columns.tables[TABLE][key].keep
        rows = keep(rows, value) if keep else rows
    return rows.order_by(*_order(asked.sort))


def _order(sort: str) -> list[Any]:
    key, down = sort.lstrip("-"), sort.startswith("-")
    by: Any = "pinyin" if key == "name" else next((column.sort for column in all_columns() if column.key == key), None)
    if not by:
        return ["place", "pinyin", "pk"]
    expression = F(by) if isinstance(by, str) else by
    ordered = expression.desc(nulls_last=True) if down else expression.asc(nulls_last=True)
    return [ordered, "pinyin", "pk"]


def shown_columns(asked: Asked) -> list[AnyColumn]:
    """The columns that the address chooses, or the usual ones."""
    offered = all_columns(asked.plain)
    chosen = [column for column in offered if column.key in asked.shown]
    return chosen or [column for column in offered if column.shown]


@dataclass(frozen=True, slots=True)
class Line:
    """One row as shown: the compound and its cells in the order of the columns."""

    compound: Compound
    cells: list[Cell]


def lines_of(rows: Sequence[Compound], shown: Sequence[AnyColumn]) -> list[Line]:
    """Rows as cells; an added column is asked once for all of them."""
    tell_today(rows)
    ids = [row.pk for row in rows]
    added = {each.key: each.cells(ids) for each in shown if isinstance(each, ColumnProvider)}
    unknown = Cell("—")
    return [
        Line(
            row,
            [each.cell(row) if isinstance(each, OwnColumn) else added[each.key].get(row.pk, unknown) for each in shown],
        )
        for row in rows
    ]


def totals_of(rows: QuerySet[Compound], shown: Sequence[AnyColumn]) -> tuple[int, list[str]]:
    """The count of all rows asked for, and what stands in the foot under each column."""
    fields = {each.total[0] for each in shown if isinstance(each, OwnColumn) and each.total}
    plain = Compound.objects.filter(pk__in=rows.order_by().values("pk"))
    sums = plain.aggregate(count=Count("pk"), **{f"sum_{name}": Sum(name) for name in fields})
    foot = [
        each.total[1](sums[f"sum_{each.total[0]}"]) if isinstance(each, OwnColumn) and each.total else ""
        for each in shown
    ]
    return sums["count"], foot
