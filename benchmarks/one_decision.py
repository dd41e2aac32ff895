"""One decision explained: facts in, JSON with the whole tree of reasons out, the engine warm."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from benchmarks.measuring import Claim, median_seconds
from gongdi.core.policy import Answer, Question, decide
from gongdi.core.policy.explaining import answer_as_json
from gongdi.exchange.packfiles import load_library

PACK = "zhejiang-ningbo-jiangbei-2020"
FACTS: dict[str, Any] = {
    "delivered_on": "1996-05-01",
    "compound_kind": "compound",
    "land_ownership": "state",
    "in_shantytown_plan": False,
    "repairable": True,
    "owner_money_yuan": "400000.00",
    "total_investment_yuan": "9000000.00",
    "item": "barrier_free",
    "fund": "fiscal",
    "payer": "utility",
    "permit": "project_approval",
    "plan_year": 2021,
    "cadence": "periodic",
}


def run() -> list[Claim]:
    """The claim of this file."""
    library = load_library()
    names = list(library.packs[PACK].tables)

    def one(name: str) -> str:
        answer = decide(library, Question("x", PACK, name, date(2021, 6, 1), FACTS))
        assert isinstance(answer, Answer)
        return json.dumps(answer_as_json(answer, library.vocabulary, explain=True), ensure_ascii=False)

    claim = Claim(
        "One compound, decided and explained",
        f"`{PACK}`: the scope decision, and all {len(names)} decisions, each with every comparison in JSON.",
        "under 0.5 ms for one, under 10 ms for all",
    )
    claim.rows.append(("Gongdi, scope", median_seconds(lambda: one("scope"), runs=201), ""))
    claim.rows.append(("Gongdi, all decisions", median_seconds(lambda: [one(name) for name in names], runs=51), ""))
    return [claim]
