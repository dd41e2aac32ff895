"""An instance from decoded JSON, with every fault named: where it is, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from gongdi.core.portfolio.faults import Fault, Reader
from gongdi.core.portfolio.model import CLASSES, Bundle, CompoundChoice, County, Fund, Instance, Level


def parse_instance(data: object) -> Instance | tuple[Fault, ...]:
    """The instance that the data describe, in canonical order, or every fault found.

    `data` is what a JSON decoder returns. Keys that the format does not know are left alone, so that an instance may
    carry names and notes.
    """
    read = Reader()
    if not isinstance(data, Mapping):
        return (
            Fault("instance", "不是一个 JSON 对象", "请按计划文件格式提供 years、funds、counties、compounds 等内容"),
        )
    years = _years(read, data)
    weights = _weights(read, data, len(years))
    counties = _counties(read, data)
    codes = {county.code for county in counties}
    funds = _funds(read, data, codes, len(years))
    compounds = _compounds(read, data, codes)
    bundles = _bundles(read, data, codes, compounds)
    if read.faults:
        return tuple(read.faults)
    return canonical(Instance(years, weights, tuple(funds), tuple(counties), tuple(compounds), tuple(bundles)))


def canonical(instance: Instance) -> Instance:
    """The same instance in canonical order, so that equal problems are equal values."""
    return Instance(
        instance.years,
        instance.weights,
        tuple(sorted(instance.funds, key=lambda fund: fund.code)),
        tuple(sorted(instance.counties, key=lambda county: county.code)),
        tuple(sorted(instance.compounds, key=lambda compound: compound.id)),
        tuple(sorted(instance.bundles, key=lambda bundle: bundle.id)),
    )


def _years(read: Reader, data: Mapping[str, Any]) -> tuple[int, ...]:
    rows = read.rows(data, "years", "")
    years = [read.whole(row, f"years[{at}]") for at, row in enumerate(rows)]
    if not rows:
        read.fault("years", "没有计划年度", "请至少填写一个年度")
    if any(later <= earlier for earlier, later in pairwise(years)):
        read.fault("years", "年度没有从早到晚排列，或有重复", "请按从早到晚的顺序填写，每个年度一次")
    return tuple(years)


def _weights(read: Reader, data: Mapping[str, Any], count: int) -> tuple[Fraction, ...]:
    rows = read.rows(data, "weights", "")
    if len(rows) != count:
        read.fault("weights", f"权重有 {len(rows)} 个，年度有 {count} 个", "请为每个年度填写一个权重")
    return tuple(read.number(row, f"weights[{at}]") for at, row in enumerate(rows))


def _counties(read: Reader, data: Mapping[str, Any]) -> list[County]:
    found = []
    for at, row in enumerate(read.objects(data, "counties")):
        place = f"counties[{at}]"
        found.append(County(read.text(row, "code", place), read.whole(row.get("minimum", 0), f"{place}.minimum")))
    read.once([county.code for county in found], "counties", "区县代码")
    return found


def _funds(read: Reader, data: Mapping[str, Any], codes: set[str], years: int) -> list[Fund]:
    found = []
    for at, row in enumerate(read.objects(data, "funds")):
        place = f"funds[{at}]"
        budget = [read.whole(x, f"{place}.budget[{k}]") for k, x in enumerate(read.rows(row, "budget", place))]
        if len(budget) != years:
            read.fault(
                f"{place}.budget",
                f"预算有 {len(budget)} 个数，年度有 {years} 个",
                "请为每个年度填写一个预算，没有的填 0",
            )
        fund = Fund(
            read.text(row, "code", place),
            _classes(read, row, place),
            _fund_counties(read, row, place, codes),
            read.flag(row, "carry_over", place),
            tuple(budget),
        )
        found.append(fund)
    read.once([fund.code for fund in found], "funds", "资金代码")
    return found


def _classes(read: Reader, row: Mapping[str, Any], place: str) -> frozenset[str]:
    classes = read.rows(row, "classes", place)
    for name in classes:
        if name not in CLASSES:
            read.fault(f"{place}.classes", f"不认识的改造类别 {name!r}", f"可用的类别：{'、'.join(CLASSES)}")
    return frozenset(str(name) for name in classes)


def _fund_counties(read: Reader, row: Mapping[str, Any], place: str, codes: set[str]) -> frozenset[str] | None:
    if row.get("counties") is None:
        return None
    named = [str(code) for code in read.rows(row, "counties", place)]
    for code in named:
        if code not in codes:
            read.fault(f"{place}.counties", f"区县 {code} 不在 counties 中", "请补充该区县，或改正代码")
    return frozenset(named)


def _compounds(read: Reader, data: Mapping[str, Any], codes: set[str]) -> list[CompoundChoice]:
    found = []
    for at, row in enumerate(read.objects(data, "compounds")):
        place = f"compounds[{at}]"
        compound = CompoundChoice(
            read.text(row, "id", place),
            read.text(row, "county", place),
            read.whole(row.get("own_money", 0), f"{place}.own_money"),
            read.whole(row.get("earliest"), f"{place}.earliest"),
            read.whole(row.get("latest"), f"{place}.latest"),
            read.flag(row, "must", place),
            _levels(read, row, place),
        )
        if compound.county not in codes:
            read.fault(
                f"{place}.county",
                f"小区 {compound.id} 的区县 {compound.county} 不在 counties 中",
                "请补充该区县，或改正代码",
            )
        if compound.earliest > compound.latest:
            read.fault(f"{place}.earliest", f"小区 {compound.id} 的最早年份晚于最晚年份", "请核对 earliest 和 latest")
        found.append(compound)
    read.once([compound.id for compound in found], "compounds", "小区编号")
    return found


def _levels(read: Reader, row: Mapping[str, Any], place: str) -> tuple[Level, ...]:
    found = []
    for at, level in enumerate(read.objects(row, "levels", place)):
        inner = f"{place}.levels[{at}]"
        name, benefit = read.text(level, "name", inner), read.number(level.get("benefit"), f"{inner}.benefit")
        cost = level.get("cost")
        if not isinstance(cost, Mapping):
            read.fault(f"{inner}.cost", "缺少分类造价", '请填写为 {"basic": 元, "improvement": 元, "upgrade": 元}')
            continue
        for key in cost:
            if key not in CLASSES:
                read.fault(f"{inner}.cost", f"不认识的改造类别 {key!r}", f"可用的类别：{'、'.join(CLASSES)}")
        basic, improvement, upgrade = (read.whole(cost.get(key, 0), f"{inner}.cost.{key}") for key in CLASSES)
        found.append(Level(name, benefit, (basic, improvement, upgrade)))
    if not found:
        read.fault(f"{place}.levels", "没有改造层次", "请至少填写一个层次，不改造的小区不必列入")
    read.once([level.name for level in found], f"{place}.levels", "层次名称")
    return tuple(sorted(found, key=lambda level: level.name))


def _bundles(
    read: Reader, data: Mapping[str, Any], codes: set[str], compounds: Sequence[CompoundChoice]
) -> list[Bundle]:
    home = {compound.id: compound.county for compound in compounds}
    found = []
    for at, row in enumerate(read.objects(data, "bundles") if data.get("bundles") is not None else ()):
        place = f"bundles[{at}]"
        bundle = Bundle(
            read.text(row, "id", place),
            read.text(row, "county", place),
            tuple(sorted(str(member) for member in read.rows(row, "members", place))),
            read.whole(row.get("need"), f"{place}.need"),
            read.whole(row.get("saving"), f"{place}.saving"),
        )
        _check_bundle(read, bundle, place, home, codes)
        found.append(bundle)
    read.once([bundle.id for bundle in found], "bundles", "片区编号")
    _check_overlap(read, found)
    return found


def _check_bundle(read: Reader, bundle: Bundle, place: str, home: Mapping[str, str], codes: set[str]) -> None:
    if bundle.county not in codes:
        read.fault(
            f"{place}.county", f"片区 {bundle.id} 的区县 {bundle.county} 不在 counties 中", "请补充该区县，或改正代码"
        )
    read.once(bundle.members, f"{place}.members", "成员小区")
    for member in bundle.members:
        if member not in home:
            read.fault(
                f"{place}.members",
                f"片区 {bundle.id} 的成员 {member} 不在 compounds 中",
                "请补充该小区，或从片区中去掉",
            )
        elif home[member] != bundle.county:
            read.fault(
                f"{place}.members",
                f"成员 {member} 在区县 {home[member]}，不在片区的区县 {bundle.county}",
                "片区的成员须在同一区县",
            )
    if not len(bundle.members) < 2 * bundle.need <= 2 * len(bundle.members):
        read.fault(
            f"{place}.need",
            f"片区 {bundle.id} 有 {len(bundle.members)} 个成员，同年开工数要求是 {bundle.need}",
            "要求数须多于成员数的一半，且不超过成员数",
        )


def _check_overlap(read: Reader, bundles: Iterable[Bundle]) -> None:
    first: dict[str, str] = {}
    for bundle in bundles:
        for member in bundle.members:
            other = first.setdefault(member, bundle.id)
            if other != bundle.id:
                read.fault("bundles", f"小区 {member} 同时在片区 {other} 和 {bundle.id} 中", "一个小区至多属于一个片区")
