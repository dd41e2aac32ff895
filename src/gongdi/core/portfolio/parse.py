"""An instance from decoded JSON, with every fault named: where it is, what is wrong, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Any

from gongdi.core.portfolio.faults import NO_OBJECT, Fault, Reader, Words
from gongdi.core.portfolio.model import CLASSES, Bundle, CompoundChoice, County, Fund, Instance, Level

MOST_YUAN = 2**62
"""Costs of all compounds together: sums over them stay whole numbers of 64 bits."""
KNOWN_COUNTY = Words("请补充该区县，或改正代码", "Add it, or correct its code")
KNOWN_CLASSES = Words(f"可用的类别：{'、'.join(CLASSES)}", f"The classes are {', '.join(CLASSES)}")
_FORMAT = Words(
    "请按计划文件格式提供 years、funds、counties、compounds 等内容",
    "Give years, funds, counties, compounds and so on as the format says",
)


def _unknown_class(name: object) -> Words:
    return Words(f"不认识的改造类别 {name!r}", f"there is no class of works {name!r}")


def parse_instance(data: object) -> Instance | tuple[Fault, ...]:
    """The instance that the data describe, in canonical order, or every fault found.

    `data` is what a JSON decoder returns. Keys that the format does not know are left alone, so that an instance may
    carry names and notes.
    """
    read = Reader()
    if not isinstance(data, Mapping):
        return (Fault("instance", NO_OBJECT.zh, _FORMAT.zh, (NO_OBJECT.en, _FORMAT.en)),)
    read.misspelt(data, ("bundles",), "")
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
        read.fault(
            "years",
            Words("没有计划年度", "there is no year to plan"),
            Words("请至少填写一个年度", "Give at least one year"),
        )
    if any(later <= earlier for earlier, later in pairwise(years)):
        read.fault(
            "years",
            Words("年度没有从早到晚排列，或有重复", "the years do not follow one another, or one stands there twice"),
            Words("请按从早到晚的顺序填写，每个年度一次", "Give each year once, the earliest first"),
        )
    return tuple(years)


def _weights(read: Reader, data: Mapping[str, Any], count: int) -> tuple[Fraction, ...]:
    rows = read.rows(data, "weights", "")
    if len(rows) != count:
        read.fault(
            "weights",
            Words(f"权重有 {len(rows)} 个，年度有 {count} 个", f"there are {len(rows)} weights for {count} years"),
            Words("请为每个年度填写一个权重", "Give one weight for each year"),
        )
    return tuple(read.number(row, f"weights[{at}]") for at, row in enumerate(rows))


def _counties(read: Reader, data: Mapping[str, Any]) -> list[County]:
    found = []
    for at, row in enumerate(read.objects(data, "counties")):
        place = f"counties[{at}]"
        read.misspelt(row, ("minimum",), place)
        found.append(County(read.text(row, "code", place), read.whole(row.get("minimum", 0), f"{place}.minimum")))
    read.once([county.code for county in found], "counties", Words("区县代码", "county"))
    return found


def _funds(read: Reader, data: Mapping[str, Any], codes: set[str], years: int) -> list[Fund]:
    found = []
    for at, row in enumerate(read.objects(data, "funds")):
        place = f"funds[{at}]"
        read.misspelt(row, ("carry_over", "counties"), place)
        budget = [read.whole(x, f"{place}.budget[{k}]") for k, x in enumerate(read.rows(row, "budget", place))]
        if len(budget) != years:
            read.fault(
                f"{place}.budget",
                Words(
                    f"预算有 {len(budget)} 个数，年度有 {years} 个",
                    f"there are {len(budget)} budgets for {years} years",
                ),
                Words("请为每个年度填写一个预算，没有的填 0", "Give one for each year, 0 where there is none"),
            )
        fund = Fund(
            read.text(row, "code", place),
            _classes(read, row, place),
            _fund_counties(read, row, place, codes),
            read.flag(row, "carry_over", place),
            tuple(budget),
        )
        found.append(fund)
    read.once([fund.code for fund in found], "funds", Words("资金代码", "fund"))
    return found


def _classes(read: Reader, row: Mapping[str, Any], place: str) -> frozenset[str]:
    classes = read.rows(row, "classes", place)
    for name in classes:
        if name not in CLASSES:
            read.fault(f"{place}.classes", _unknown_class(name), KNOWN_CLASSES)
    return frozenset(str(name) for name in classes)


def _fund_counties(read: Reader, row: Mapping[str, Any], place: str, codes: set[str]) -> frozenset[str] | None:
    if row.get("counties") is None:
        return None
    named = [str(code) for code in read.rows(row, "counties", place)]
    for code in named:
        if code not in codes:
            read.fault(
                f"{place}.counties",
                Words(f"区县 {code} 不在 counties 中", f"county {code} is not among the counties"),
                KNOWN_COUNTY,
            )
    return frozenset(named)


def _compounds(read: Reader, data: Mapping[str, Any], codes: set[str]) -> list[CompoundChoice]:
    found = []
    for at, row in enumerate(read.objects(data, "compounds")):
        place = f"compounds[{at}]"
        read.misspelt(row, ("must", "own_money"), place)
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
                Words(
                    f"小区 {compound.id} 的区县 {compound.county} 不在 counties 中",
                    f"county {compound.county} of compound {compound.id} is not among the counties",
                ),
                KNOWN_COUNTY,
            )
        if compound.earliest > compound.latest:
            read.fault(
                f"{place}.earliest",
                Words(
                    f"小区 {compound.id} 的最早年份晚于最晚年份",
                    f"the earliest year of compound {compound.id} comes after its latest",
                ),
                Words("请核对 earliest 和 latest", "Check earliest and latest"),
            )
        found.append(compound)
    if sum(max((sum(level.cost) for level in row.levels), default=0) for row in found) > MOST_YUAN:
        read.fault(
            "compounds",
            Words("造价合计过大，无法准确计算", "the costs add up to more than can be counted"),
            Words("请核对金额的单位，应为元", "Check the unit, which is yuan"),
        )
    read.once([compound.id for compound in found], "compounds", Words("小区编号", "compound"))
    return found


def _levels(read: Reader, row: Mapping[str, Any], place: str) -> tuple[Level, ...]:
    found = []
    for at, level in enumerate(read.objects(row, "levels", place)):
        inner = f"{place}.levels[{at}]"
        name, benefit = read.text(level, "name", inner), read.number(level.get("benefit"), f"{inner}.benefit")
        cost = level.get("cost")
        if not isinstance(cost, Mapping):
            read.fault(
                f"{inner}.cost",
                Words("缺少分类造价", "its cost by class is missing"),
                Words(
                    '请填写为 {"basic": 元, "improvement": 元, "upgrade": 元}',
                    'Write {"basic": yuan, "improvement": yuan, "upgrade": yuan}',
                ),
            )
            continue
        for key in cost:
            if key not in CLASSES:
                read.fault(f"{inner}.cost", _unknown_class(key), KNOWN_CLASSES)
        basic, improvement, upgrade = (read.whole(cost.get(key, 0), f"{inner}.cost.{key}") for key in CLASSES)
        found.append(Level(name, benefit, (basic, improvement, upgrade)))
    if not found:
        read.fault(
            f"{place}.levels",
            Words("没有改造层次", "it has no level"),
            Words(
                "请至少填写一个层次，不改造的小区不必列入",
                "Give at least one level; leave out what is not to be renewed",
            ),
        )
    read.once([level.name for level in found], f"{place}.levels", Words("层次名称", "level"))
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
    read.once([bundle.id for bundle in found], "bundles", Words("片区编号", "bundle"))
    _check_overlap(read, found)
    return found


def _check_bundle(read: Reader, bundle: Bundle, place: str, home: Mapping[str, str], codes: set[str]) -> None:
    if bundle.county not in codes:
        read.fault(
            f"{place}.county",
            Words(
                f"片区 {bundle.id} 的区县 {bundle.county} 不在 counties 中",
                f"county {bundle.county} of bundle {bundle.id} is not among the counties",
            ),
            KNOWN_COUNTY,
        )
    read.once(bundle.members, f"{place}.members", Words("成员小区", "member"))
    for member in bundle.members:
        if member not in home:
            read.fault(
                f"{place}.members",
                Words(
                    f"片区 {bundle.id} 的成员 {member} 不在 compounds 中",
                    f"member {member} of bundle {bundle.id} is not among the compounds",
                ),
                Words("请补充该小区，或从片区中去掉", "Add the compound, or take it out of the bundle"),
            )
        elif home[member] != bundle.county:
            read.fault(
                f"{place}.members",
                Words(
                    f"成员 {member} 在区县 {home[member]}，不在片区的区县 {bundle.county}",
                    f"member {member} lies in county {home[member]}, the bundle in {bundle.county}",
                ),
                Words("片区的成员须在同一区县", "All members of a bundle lie in one county"),
            )
    if not len(bundle.members) < 2 * bundle.need <= 2 * len(bundle.members):
        read.fault(
            f"{place}.need",
            Words(
                f"片区 {bundle.id} 有 {len(bundle.members)} 个成员，同年开工数要求是 {bundle.need}",
                f"bundle {bundle.id} has {len(bundle.members)} members and needs {bundle.need} in a year",
            ),
            Words(
                "要求数须多于成员数的一半，且不超过成员数",
                "The need is more than half of the members and no more than all",
            ),
        )


def _check_overlap(read: Reader, bundles: Iterable[Bundle]) -> None:
    first: dict[str, str] = {}
    for bundle in bundles:
        for member in bundle.members:
            other = first.setdefault(member, bundle.id)
            if other != bundle.id:
                read.fault(
                    "bundles",
                    Words(
                        f"小区 {member} 同时在片区 {other} 和 {bundle.id} 中",
                        f"compound {member} is in bundles {other} and {bundle.id}",
                    ),
                    Words("一个小区至多属于一个片区", "A compound belongs to one bundle at most"),
                )
