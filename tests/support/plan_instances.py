"""Made-up planning instances: small ones for property tests, larger ones of several shapes from a seed."""

from __future__ import annotations

import random
from typing import Any

from hypothesis import strategies as st

CLASSES = ("basic", "improvement", "upgrade")
Data = dict[str, Any]


@st.composite
def small_instances(draw: st.DrawFn, most: int = 4) -> Data:
    """Instances so small that every plan can be tried, some of them in large odd amounts."""
    unit = draw(st.sampled_from([1, 1, 104_729]))
    amounts = st.integers(0, 12).map(lambda n: n * unit)
    years = [2027, 2028][: draw(st.integers(1, 2))]
    counties = ["330201", "330203"][: draw(st.integers(1, 2))]
    compounds = [_compound(draw, at, years, counties, amounts) for at in range(draw(st.integers(0, most)))]
    funds = [_fund(draw, at, years, counties, unit) for at in range(draw(st.integers(1, 3)))]
    return {
        "years": years,
        "weights": [1.0, draw(st.sampled_from([0.95, 1.0, 1.1]))][: len(years)],
        "funds": funds,
        "counties": [{"code": code, "minimum": draw(st.sampled_from([0, 0, 0, 1, 2]))} for code in counties],
        "compounds": compounds,
        "bundles": _bundles(draw, compounds, amounts),
    }


def _compound(draw: st.DrawFn, at: int, years: list[int], counties: list[str], amounts: Any) -> Data:
    window = sorted(draw(st.lists(st.sampled_from([2026, *years, 2029]), min_size=2, max_size=2)))
    if draw(st.booleans()):
        window = [years[0], years[-1]]
    levels = [
        {
            "name": name,
            "benefit": draw(st.integers(0, 20)) / 2,
            "cost": {key: draw(amounts) for key in draw(st.sets(st.sampled_from(CLASSES), min_size=1))},
        }
        for name in ("basic", "full")[: draw(st.integers(1, 2))]
    ]
    return {
        "id": f"c{at}",
        "county": draw(st.sampled_from(counties)),
        "own_money": draw(amounts),
        "earliest": window[0],
        "latest": window[1],
        "must": draw(st.sampled_from([False, False, False, False, True])),
        "levels": levels,
    }


def _fund(draw: st.DrawFn, at: int, years: list[int], counties: list[str], unit: int) -> Data:
    return {
        "code": f"f{at}",
        "classes": sorted(draw(st.sets(st.sampled_from(CLASSES), min_size=1))),
        "counties": draw(st.sampled_from([None, None, [counties[0]], [counties[-1]]])),
        "carry_over": draw(st.booleans()),
        "budget": [draw(st.integers(0, 20)) * unit for _ in years],
    }


def _bundles(draw: st.DrawFn, compounds: list[Data], amounts: Any) -> list[Data]:
    by_county: dict[str, list[str]] = {}
    for row in compounds:
        by_county.setdefault(row["county"], []).append(row["id"])
    found = []
    for code, members in sorted(by_county.items()):
        if draw(st.booleans()):
            need = draw(st.integers(len(members) // 2 + 1, len(members)))
            found.append({"id": f"g{code}", "county": code, "members": members, "need": need, "saving": draw(amounts)})
    return found


def made(many: int, years: int, seed: int, shape: str = "plain") -> Data:
    """A made-up instance of realistic amounts: `plain`, `county` (a fund each), `savings`, `minimums`, `hopeless`."""
    r = random.Random(seed)
    names = [2027 + k for k in range(years)]
    counties = [f"3302{c:02d}" for c in range(1, max(2, many // 30) + 1)]
    compounds = [_made_compound(r, at, names, counties) for at in range(many)]
    whole = sum(sum(row["levels"][-1]["cost"].values()) for row in compounds) * (0.05 if shape == "hopeless" else 0.35)
    funds = _made_funds(r, whole, names, counties, shape)
    least = {"minimums": 0.8, "hopeless": 0.95}.get(shape, 0.1)
    count = {code: sum(row["county"] == code for row in compounds) for code in counties}
    return {
        "years": names,
        "weights": [round(0.95**k, 6) for k in range(years)],
        "funds": funds,
        "counties": [{"code": code, "minimum": int(least * count[code])} for code in counties],
        "compounds": compounds,
        "bundles": _made_bundles(r, compounds, counties, 1.2 if shape == "savings" else 0.06),
    }


def _made_compound(r: random.Random, at: int, years: list[int], counties: list[str]) -> Data:
    homes = r.randint(20, 600)
    cost = {
        key: int(homes * 26_000 * share * r.uniform(0.5, 1.5))
        for key, share in zip(CLASSES, (0.6, 0.3, 0.1), strict=True)
    }
    worth = r.uniform(20, 90) * homes**0.5 / 10
    shares = (("basic", 1, 0.62), ("improved", 2, 0.9), ("full", 3, 1.05))
    return {
        "id": f"c{at}",
        "county": r.choice(counties),
        "own_money": int(sum(cost.values()) * r.uniform(0.03, 0.15)),
        "earliest": r.choice([years[0], years[0], years[-1]]),
        "latest": years[-1],
        "must": r.random() < 0.02,
        "levels": [
            {"name": name, "benefit": round(worth * share, 3), "cost": {key: cost[key] for key in CLASSES[:count]}}
            for name, count, share in shares
        ],
    }


def _made_funds(r: random.Random, whole: float, years: list[int], counties: list[str], shape: str) -> list[Data]:
    def fund(code: str, classes: tuple[str, ...], only: list[str] | None, share: float, carry: bool) -> Data:
        budget = [int(whole * share / len(years) * r.uniform(0.85, 1.15)) for _ in years]
        return {"code": code, "classes": list(classes), "counties": only, "carry_over": carry, "budget": budget}

    rows = [fund("central", ("basic",), None, 0.4, False), fund("special", ("upgrade",), counties[:1], 0.05, True)]
    if shape == "county":
        return rows + [fund(f"own-{code}", CLASSES, [code], 0.55 / len(counties), False) for code in counties]
    return [*rows, fund("city", CLASSES, None, 0.4, True), fund("bond", CLASSES[1:], None, 0.15, False)]


def _made_bundles(r: random.Random, compounds: list[Data], counties: list[str], share: float) -> list[Data]:
    found = []
    for code in counties:
        members = [row for row in compounds if row["county"] == code]
        for at in range(0, len(members) - 4, 5):
            group = members[at : at + 5]
            base = sum(row["levels"][0]["cost"]["basic"] for row in group)
            saving = int(base * share * r.uniform(0.5, 1.5))
            ids = [row["id"] for row in group]
            found.append({"id": f"g{code}-{at}", "county": code, "members": ids, "need": 3, "saving": saving})
    return found


def shuffled(data: Data, seed: int) -> Data:
    """The same instance written down in another order."""
    r = random.Random(seed)
    other = dict(data)
    for key in ("funds", "counties", "compounds", "bundles"):
        other[key] = r.sample(data[key], len(data[key]))
    other["compounds"] = [{**row, "levels": r.sample(row["levels"], len(row["levels"]))} for row in other["compounds"]]
    other["bundles"] = [{**row, "members": r.sample(row["members"], len(row["members"]))} for row in other["bundles"]]
    return other
