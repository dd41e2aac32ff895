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
COMPLETE: dict[str, Any] = {
    **FACTS,
    "expropriation_planned": False,
    "function_incomplete": False,
    "municipal_facilities_incomplete": False,
    "service_facilities_incomplete": False,
    "resident_will_strong": True,
}
"""Every fact of the scope decision known: a peer that has no unknown can be asked the same."""


def in_zen() -> Any:
    """The same rule in zen-engine with its trace; None when it is not installed."""
    try:
        from benchmarks import zen_peer
    except ImportError:
        return None
    return zen_peer.scope_rule(COMPLETE)


def run() -> list[Claim]:
    """The claim of this file."""
    library = load_library()
    names = list(library.packs[PACK].tables)

    def one(name: str, facts: dict[str, Any] = FACTS) -> str:
        answer = decide(library, Question("x", PACK, name, date(2021, 6, 1), facts))
        assert isinstance(answer, Answer)
        return json.dumps(answer_as_json(answer, library.vocabulary, explain=True), ensure_ascii=False)

    claim = Claim(
        "One compound, decided and explained",
        f"`{PACK}`: the scope decision, and all {len(names)} decisions, each with every comparison in JSON.",
        "under 0.5 ms for one, under 10 ms for all",
    )
    complete = median_seconds(lambda: one("scope", COMPLETE), runs=201)
    claim.rows.append(("Gongdi, scope, every fact known", complete, "the tree down to single comparisons"))
    peer = in_zen()
    if peer is not None:
        assert json.loads(peer())["result"]["outcome"] == json.loads(one("scope", COMPLETE))["outcome"]
        remark = "same answer, checked; its trace names the row, not the comparisons"
        claim.rows.append(("zen-engine, scope", median_seconds(peer, runs=201), remark))
    claim.rows.append(("Gongdi, scope, a fact unknown", median_seconds(lambda: one("scope"), runs=201), ""))
    claim.rows.append(("Gongdi, all decisions", median_seconds(lambda: [one(name) for name in names], runs=51), ""))
    return [claim]
