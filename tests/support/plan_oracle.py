"""A slow, plain reading of the planning format to hold the engine against: every plan tried, every rule by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import product
from typing import Any

Data = dict[str, Any]
Choice = tuple[str, str, int]


def faults(instance: Data, plan: Data) -> list[str]:
    """What is wrong with a plan document; empty when it holds."""
    found = [] if meets_demands(instance, plan["chosen"]) else ["a demand is not met"]
    need, paid = needs(instance, plan["chosen"]), Counter[tuple[int, str, str]]()
    funds = {fund["code"]: fund for fund in instance["funds"]}
    spent: Counter[tuple[str, int]] = Counter()
    for row in plan["payments"]:
        fund = funds[row["fund"]]
        if row["class"] not in fund["classes"] or row["county"] not in (fund["counties"] or [row["county"]]):
            found.append(f"{row} is not allowed")
        if type(row["yuan"]) is not int or row["yuan"] <= 0:
            found.append(f"{row} is no whole amount")
        paid[row["year"], row["county"], row["class"]] += row["yuan"]
        spent[row["fund"], row["year"]] += row["yuan"]
    found += [f"{key}: {need[key]} {paid[key]}" for key in need | paid if need[key] != paid[key]]
    for fund in instance["funds"]:
        left = 0
        for budget, year in zip(fund["budget"], instance["years"], strict=True):
            left = budget + (left if fund["carry_over"] else 0) - spent[fund["code"], year]
            if left < 0:
                found.append(f"{fund['code']} overdrawn in {year}")
    if abs(float(worth(instance, plan["chosen"])) - plan["objective"]) > 1e-6:
        found.append("the objective is not the worth")
    return found


def worth(instance: Data, chosen: list[Data]) -> Fraction:
    """The worth of a choice, exactly as the decimals are written."""
    benefit = {(c["id"], v["name"]): Fraction(str(v["benefit"])) for c in instance["compounds"] for v in c["levels"]}
    weight = {y: Fraction(str(w)) for y, w in zip(instance["years"], instance["weights"], strict=True)}
    return sum((benefit[row["id"], row["level"]] * weight[row["year"]] for row in chosen), Fraction(0))


def meets_demands(instance: Data, chosen: list[Data]) -> bool:
    """Musts, minimums, windows, one start a compound."""
    by_id = {row["id"]: row for row in instance["compounds"]}
    ids = [row["id"] for row in chosen]
    county = Counter(by_id[name]["county"] for name in ids)
    return (
        len(ids) == len(set(ids))
        and all(by_id[row["id"]]["earliest"] <= row["year"] <= by_id[row["id"]]["latest"] for row in chosen)
        and all(row["id"] in ids for row in instance["compounds"] if row["must"])
        and all(county[row["code"]] >= row["minimum"] for row in instance["counties"])
    )


def needs(instance: Data, chosen: list[Data]) -> Counter[tuple[int, str, str]]:
    """Net needs after own money and savings."""
    by_id = {row["id"]: row for row in instance["compounds"]}
    need: Counter[tuple[int, str, str]] = Counter()
    for row in chosen:
        compound = by_id[row["id"]]
        own, cost = compound["own_money"], next(v["cost"] for v in compound["levels"] if v["name"] == row["level"])
        for name in ("upgrade", "improvement", "basic"):
            part = cost.get(name, 0)
            need[row["year"], compound["county"], name] += max(0, part - own)
            own = max(0, own - part)
    started = {row["id"]: row["year"] for row in chosen}
    for bundle, year in product(instance["bundles"], instance["years"]):
        if sum(started.get(member) == year for member in bundle["members"]) >= bundle["need"]:
            key = (year, bundle["county"], "basic")
            need[key] = max(0, need[key] - bundle["saving"])
    return need


def payable(instance: Data, need: Counter[tuple[int, str, str]]) -> bool:
    """Whether the funds can pay the needs."""
    return lacking(instance, need) == 0


def lacking(instance: Data, need: Counter[tuple[int, str, str]]) -> int:
    """What the funds cannot pay of the needs: augmenting paths, one unit of search at a time."""
    room: dict[tuple[Any, Any], int] = Counter()
    for fund in instance["funds"]:
        for at, year in enumerate(instance["years"]):
            node = (fund["code"], year)
            room["source", node] = fund["budget"][at]
            if fund["carry_over"] and at + 1 < len(instance["years"]):
                room[node, (fund["code"], instance["years"][at + 1])] = 10**15
            for key in need:
                if key[0] == year and key[2] in fund["classes"] and key[1] in (fund["counties"] or [key[1]]):
                    room[node, key] = 10**15
    for key, yuan in need.items():
        room[key, "sink"] = yuan
    sent = 0
    while step := _augment(room, "source", 10**15, {"source"}):
        sent += step
    return need.total() - sent


def _augment(room: dict[tuple[Any, Any], int], node: Any, most: int, seen: set[Any]) -> int:
    if node == "sink":
        return most
    for (start, end), left in list(room.items()):
        if start == node and left and end not in seen:
            seen.add(end)
            step = _augment(room, end, min(most, left), seen)
            if step:
                room[start, end] -= step
                room[end, start] += step
                return step
    return 0


def best_worth(instance: Data) -> Fraction | None:
    """The worth of the best plan by trying all of them, None if there is no plan."""
    tried = sorted(_choices(instance), key=lambda chosen: -worth(instance, chosen))
    for chosen in tried:
        if meets_demands(instance, chosen) and payable(instance, needs(instance, chosen)):
            return worth(instance, chosen)
    return None


def least_top_up(instance: Data) -> int | None:
    """The least further money, in any funds and years, with which a plan exists; None if no money helps."""
    found = []
    for chosen in _choices(instance):
        need = needs(instance, chosen)
        able = all(any(_may(fund, key) for fund in instance["funds"]) for key, yuan in need.items() if yuan)
        if able and meets_demands(instance, chosen):
            found.append(lacking(instance, need))
    return min(found, default=None)


def _may(fund: Data, key: tuple[int, str, str]) -> bool:
    return key[2] in fund["classes"] and key[1] in (fund["counties"] or [key[1]])


def _choices(instance: Data) -> Iterator[list[Data]]:
    options: list[list[Data | None]] = []
    for compound in instance["compounds"]:
        years = [year for year in instance["years"] if compound["earliest"] <= year <= compound["latest"]]
        starts = product((level["name"] for level in compound["levels"]), years)
        options.append([None, *({"id": compound["id"], "level": level, "year": year} for level, year in starts)])
    for picked in product(*options):
        yield [row for row in picked if row is not None]
