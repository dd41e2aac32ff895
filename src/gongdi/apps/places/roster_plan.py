"""What keeping a roster would do, worked out before anything is kept: new, changed and unchanged compounds, faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from django.db.models import Q

from gongdi.apps.places.models import Compound, Division
from gongdi.apps.places.roster_facts import FactChange, fact_changes, facts_told, known_facts
from gongdi.apps.places.standing import became
from gongdi.exchange.problems import Problem
from gongdi.exchange.roster import Field, RosterReading, RosterRow
from gongdi.exchange.roster.facts import FactReading
from gongdi.web import words

Action = Literal["created", "changed", "unchanged", "repeated", "refused"]
ACTION_WORDS: dict[Action, str] = {
    "created": "新增", "changed": "更新", "unchanged": "无变化", "repeated": "名单内重复", "refused": "不能入库",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that would change: its column, its word, old and new value, and both as shown."""

    column: str
    title: str
    old: Any
    new: Any
    old_text: str
    new_text: str


@dataclass(slots=True)
class RowPlan:
    """What one row would do: figures of the compound that would change, facts that would be recorded."""

    row: RosterRow
    action: Action
    compound: Compound | None = None
    street: Division | None = None
    community: Division | None = None
    changes: list[Change] = field(default_factory=list)
    facts: list[FactChange] = field(default_factory=list)

    @property
    def word(self) -> str:
        """The action in words."""
        return ACTION_WORDS[self.action]

    @property
    def doubts(self) -> list[str]:
        """What of the row's reading somebody should look at, each once."""
        told = [
            f"{read.cell}：{read.note}" if read.cell else read.note for read in self.row.fields.values() if read.note
        ]
        return list(dict.fromkeys([*told, *self.row.notes]))


@dataclass(slots=True)
class ImportPlan:
    """What keeping the whole roster would do, and what stands against it."""

    county: Division
    rows: list[RowPlan]
    problems: list[Problem]
    fact_columns: Mapping[str, str]
    """Each header that tells a fact, with the fact's name."""

    @property
    def errors(self) -> list[Problem]:
        """The problems that stop the import."""
        return [problem for problem in self.problems if problem.is_error]

    @property
    def counts(self) -> dict[str, int]:
        """How many rows do what."""
        found = Counter(row.action for row in self.rows)
        return {action: found[action] for action in ACTION_WORDS}


class _Ground:
    """The divisions and compounds of the county, looked up by name."""

    def __init__(self, county: Division, reach: str) -> None:
        self.county, self.reach = county, reach
        inside = Q(system=county.system, code__startswith=county.code)
        parts = list(Division.objects.filter(inside | Q(parent=county, valid_until__isnull=False)))
        # A street of today stands before one of the same name that is no more.
        parts.sort(key=lambda each: each.valid_until is None)
        self.streets = {_bare(each.name): each for each in parts if each.level == Division.Level.STREET}
        self.became = became(parts)
        self.communities: dict[tuple[int | None, str], Division] = {
            (each.parent_id, _bare(each.name)): each for each in parts if each.level == Division.Level.COMMUNITY
        }
        self.home = next((each for each in parts if each.code == reach[:9] and len(reach) >= 9), None)
        self.compounds: dict[str, list[Compound]] = {}
        for row in Compound.objects.filter(county=county).select_related("street", "community"):
            self.compounds.setdefault(_same(row.name), []).append(row)
        self.facts = known_facts(county)

    def same_street(self, one: int, other: int | None) -> bool:
        """Whether a compound's recorded street can be another's: the same, or what one of them became."""
        if other is None or one == other:
            return True
        return bool(self.became.get(one, {one}) & self.became.get(other, {other}))


def _bare(name: str) -> str:
    for end in ("街道办事处", "街道", "镇", "乡", "社区居委会", "社区", "居委会", "村委会"):
        if name.endswith(end) and len(name) > len(end):
            return name.removesuffix(end)
    return name


def _same(name: str) -> str:
    return "".join(name.split()).replace("(", "（").replace(")", "）").lower()


def plan_import(reading: RosterReading, county: Division, reach: str) -> ImportPlan:
    """Work out what keeping a roster of a county would do, for a person whose post reaches `reach` (a code prefix)."""
    ground, told = _Ground(county, reach), facts_told(reading)
    problems = [*reading.problems, *told.problems]
    seen: dict[tuple[str, int | None], list[RowPlan]] = {}
    rows = []
    for row, facts in zip(reading.rows, told.readings, strict=True):
        planned = _plan_row(row, facts, ground, problems)
        key = (_same(row.name), planned.street.pk if planned.street else None)
        earlier = seen.setdefault(key, [])
        if earlier and planned.action != "refused":
            planned = _meet_again(planned, earlier, facts, ground, problems)
        earlier.append(planned)
        rows.append(planned)
    return ImportPlan(county, rows, problems, told.columns)


def _meet_again(
    planned: RowPlan,
    earlier: list[RowPlan],
    facts: Mapping[str, FactReading],
    ground: _Ground,
    problems: list[Problem],
) -> RowPlan:
    """The same row again is passed over; the same name with other figures is another compound, told apart by name."""
    if any(_told_by(planned) == _told_by(each) for each in earlier):
        planned.action = "repeated"
        return planned
    row, first = planned.row, earlier[0].row
    street = row.text(Field.STREET) if planned.street is None else ""
    taken = {each.row.name for each in earlier}
    name = f"{row.name}（{street}）" if street else ""
    if not name or name in taken:
        name = f"{row.name}（{len(earlier) + 1}）"
    why = f"“{row.name}”在名单中出现两次（第 {first.row} 行和第 {row.row} 行），数字不同，作为另一个小区“{name}”登记。"
    problems.append(_problem(row, Field.NAME, why, "如为同一小区，请核对后只保留一行。", warning=True))
    renamed = replace(row, fields={**row.fields, Field.NAME: row.fields[Field.NAME]._replace(value=name)})
    return _plan_row(renamed, facts, ground, problems)


def _told_by(planned: RowPlan) -> tuple[list[tuple[str, Any]], list[tuple[str, Any]]]:
    return [(each.column, each.new) for each in planned.changes], [(each.name, each.value) for each in planned.facts]


def _problem(row: RosterRow, name: Field, why: str, remedy: str, warning: bool = False) -> Problem:
    read = row.fields.get(name)
    cell = read.cell if read is not None else ""
    raw = read.raw if read is not None else ""
    return Problem(row.sheet, cell, raw, why, remedy, "warning" if warning else "error")


def _plan_row(row: RosterRow, facts: Mapping[str, FactReading], ground: _Ground, problems: list[Problem]) -> RowPlan:
    planned = RowPlan(row, "created")
    fault = _place(row, planned, ground, problems)
    if fault is None:
        fault = _match(row, planned, ground)
    if fault is not None:
        problems.append(fault)
        planned.action = "refused"
        return planned
    planned.changes = list(_changes(row, planned))
    planned.facts = fact_changes(row, facts, planned.compound, ground.facts, problems)
    if planned.compound is not None:
        planned.action = "changed" if planned.changes or planned.facts else "unchanged"
    return planned


def _place(row: RosterRow, planned: RowPlan, ground: _Ground, problems: list[Problem]) -> Problem | None:
    """Find the row's street and community; a fault when it lies elsewhere."""
    district, street = row.text(Field.DISTRICT), row.text(Field.STREET)
    if district and district.removesuffix("区") not in ground.county.name:
        why = f"“{row.name}”在{district}，不属于{ground.county.name}。"
        return _problem(row, Field.DISTRICT, why, f"请从名单中移出这一行，或由{district}的经办人导入。")
    planned.street = ground.streets.get(_bare(street)) if street else ground.home
    if street and planned.street is None:
        why = f"{ground.county.name}没有名为“{street}”的街道（镇）。"
        problems.append(_problem(row, Field.STREET, why, "将按区县登记；请核对街道名称后补正。", warning=True))
    if ground.home is not None and planned.street is not None and _lies_outside(planned.street, ground):
        why = f"“{row.name}”在{planned.street.name}，不在您的管辖范围（{ground.home.name}）内。"
        return _problem(row, Field.STREET, why, "请从名单中移出这一行，或请区住建局导入。")
    community = row.text(Field.COMMUNITY)
    if community and planned.street is not None:
        planned.community = ground.communities.get((planned.street.pk, _bare(community)))
        if planned.community is None:
            why = f"{planned.street.name}没有名为“{community}”的社区。"
            problems.append(_problem(row, Field.COMMUNITY, why, "将只登记到街道；请核对社区名称后补正。", warning=True))
    return None


def _lies_outside(street: Division, ground: _Ground) -> bool:
    """Whether a street, as once recorded, is or became another than the person's own."""
    return ground.home is None or ground.became.get(street.pk, {street.pk}) != {ground.home.pk}


def _match(row: RosterRow, planned: RowPlan, ground: _Ground) -> Problem | None:
    """Find the compound that the row speaks of; a fault when it could be several."""
    found = ground.compounds.get(_same(row.name), [])
    if planned.street is not None:
        found = [each for each in found if ground.same_street(planned.street.pk, each.street_id)]
    if planned.community is not None and len(found) > 1:
        found = [each for each in found if each.community_id in (planned.community.pk, None)]
    if len(found) > 1:
        where = "、".join(str(each.street or each.county) for each in found)
        why = f"{ground.county.name}有 {len(found)} 个名为“{row.name}”的小区（{where}），不能确定是哪一个。"
        return _problem(row, Field.NAME, why, "请在名单中写明所在街道或社区。")
    if found and not found[0].place.startswith(ground.reach):
        why = f"“{row.name}”已登记，但不在您的管辖范围内。"
        return _problem(row, Field.NAME, why, "请核对所在街道，或请区住建局导入。")
    planned.compound = found[0] if found else None
    return None


def _changes(row: RosterRow, planned: RowPlan) -> Iterator[Change]:
    """The figures that the roster tells and the compound lacks or has otherwise."""
    compound = planned.compound
    area, money = row.area, row.investment
    told: list[tuple[str, str, Any, Any]] = [
        ("address", "地址", row.text(Field.ADDRESS) or None, str),
        ("buildings", "楼栋", row.count(Field.BUILDINGS), words.separated),
        ("households", "户数", row.count(Field.HOUSEHOLDS), words.separated),
        ("area", "建筑面积（平方米）", area.hundredths if area else None, words.in_m2),
    ]
    if compound is None or compound.cost_basic is None:
        told.append(("cost_total", "计划投资（万元）", money.fen if money else None, words.in_wan_yuan))
    for column, title, new, write in told:
        old = getattr(compound, column) if compound is not None else None
        if new is not None and new != old:
            yield Change(column, title, old, new, write(old) if old not in (None, "") else "不详", write(new))
    for column, title, division in (("street", "街道", planned.street), ("community", "社区", planned.community)):
        if compound is not None and division is not None and getattr(compound, f"{column}_id") is None:
            yield Change(column, title, None, division, "不详", division.name)
