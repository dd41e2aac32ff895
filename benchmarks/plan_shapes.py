"""Made-up planning instances in eight shapes, each of which makes another part of the problem bind."""

from __future__ import annotations

import random
from typing import Any

CLASSES = ("basic", "improvement", "upgrade")
SHAPES = ("plain", "regional", "county", "minimums", "scarce", "savings", "early", "infeasible")
SHARES = {"basic": 0.6, "improvement": 0.28, "upgrade": 0.12}
Data = dict[str, Any]


def shaped(many: int, years: int, seed: int, shape: str) -> Data:
    """An instance of so many compounds in up to 20 counties, three fifths of them in area groups of eight."""
    r = random.Random(f"{many} {years} {seed} {shape}")
    names = [2027 + k for k in range(years)]
    counties = [f"3302{at:02d}" for at in range(1, max(2, min(20, many // 40)) + 1)]
    compounds = [_compound(r, at, names, counties, shape) for at in range(many)]
    total = {code: dict.fromkeys(CLASSES, 0) for code in counties}
    for row in compounds:
        for key, yuan in row["levels"][-1]["cost"].items():
            total[row["county"]][key] += yuan
    return {
        "years": names,
        "weights": [round((1.02 if shape == "early" else 0.95) ** k, 6) for k in range(years)],
        "funds": _funds(r, total, names, shape),
        "counties": [{"code": code, "minimum": _minimum(compounds, code, shape)} for code in counties],
        "compounds": compounds,
        "bundles": _bundles(r, compounds, 0.7 if shape == "savings" else 0.06),
    }


def _compound(r: random.Random, at: int, years: list[int], counties: list[str], shape: str) -> Data:
    homes = max(12, int(r.lognormvariate(5, 0.75)))
    cost = {key: int(homes * 26_000 * share * r.gammavariate(4, 0.25)) for key, share in SHARES.items()}
    worth = min(100, max(8, r.gauss(55, 15))) * homes**0.5 / 10
    shares = (("basic", 1, 0.62), ("improved", 2, r.uniform(0.82, 0.95)), ("full", 3, r.uniform(0.98, 1.1)))
    return {
        "id": f"c{at}",
        "county": counties[at // 8 % len(counties)],
        "own_money": int(sum(cost.values()) * r.uniform(0.03, 0.15)),
        "earliest": r.choice(years) if shape == "early" or r.random() < 0.4 else years[0],
        "latest": years[-1],
        "must": shape != "scarce" and r.random() < 0.01,
        "levels": [
            {"name": name, "benefit": round(worth * share, 3), "cost": {key: cost[key] for key in CLASSES[:count]}}
            for name, count, share in shares[: r.choice((2, 3, 3))]
        ],
    }


def _minimum(compounds: list[Data], code: str, shape: str) -> int:
    share = {"minimums": 0.86, "infeasible": 0.97, "scarce": 0.0}.get(shape, 0.12)
    return int(share * sum(row["county"] == code for row in compounds))


def _funds(r: random.Random, total: dict[str, dict[str, int]], years: list[int], shape: str) -> list[Data]:
    codes = sorted(total)
    whole = sum(sum(row.values()) for row in total.values())
    scale = {"scarce": 0.1, "infeasible": 0.35}.get(shape, 1.0)

    def fund(code: str, classes: tuple[str, ...], only: list[str] | None, yuan: float, carry: bool = False) -> Data:
        budget = [int(yuan * scale / len(years) * r.uniform(0.85, 1.15)) for _ in years]
        if shape == "early":
            budget = [int(0.7 * sum(budget)), *(int(0.3 * sum(budget) / max(1, len(years) - 1)) for _ in years[1:])]
        return {
            "code": code,
            "classes": list(classes),
            "counties": only,
            "carry_over": carry or shape == "early",
            "budget": budget,
        }

    if shape == "regional":
        regions = [codes[k::4] for k in range(min(4, len(codes)))]
        return [
            fund(f"{key}-{at}", (key,), region, 0.38 * sum(total[code][key] for code in region))
            for key in CLASSES
            for at, region in enumerate(regions)
        ]
    if shape == "county":
        own = [fund(f"own-{c}", CLASSES, [c], 0.24 * sum(total[c].values()) * r.uniform(0.7, 1.3)) for c in codes]
        return [
            *own,
            fund("central", ("basic",), None, 0.1 * whole),
            fund("upgrade", CLASSES[2:], codes[::2], 0.03 * whole, True),
        ]
    return [
        fund("central", ("basic",), None, 0.09 * whole),
        fund("province", CLASSES[:2], None, 0.05 * whole),
        fund("city", CLASSES, None, 0.17 * whole, True),
        fund("bond", CLASSES[1:], None, 0.05 * whole),
        fund("upgrade", CLASSES[2:], codes[::2], 0.02 * whole, True),
    ]


def _bundles(r: random.Random, compounds: list[Data], share: float) -> list[Data]:
    found = []
    for at in range(0, len(compounds) - 7, 8):
        members = compounds[at : at + r.randint(4, 8)]
        base = sum(row["levels"][0]["cost"]["basic"] for row in members)
        found.append(
            {
                "id": f"g{at}",
                "county": members[0]["county"],
                "members": [row["id"] for row in members],
                "need": len(members) // 2 + 1,
                "saving": int(base * share * r.uniform(0.5, 1.5)),
            }
        )
    return found
