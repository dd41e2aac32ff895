"""The scope rule of one document in zen-engine (a decision-table engine in Rust), with its trace as the explanation."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import zen

ROWS = (
    ("compound_kind == 'villa_only'", "out", "二(一)"),
    (
        "land_ownership == 'state' and not in_shantytown_plan and not expropriation_planned and "
        "(date(delivered_on) <= date('2000-12-31') or compound_kind in ['resettlement', 'affordable']) and "
        "(compound_kind != 'single_building' or repairable)",
        "in",
        "二(一)",
    ),
    (
        "date(delivered_on) > date('2000-12-31') and function_incomplete and municipal_facilities_incomplete and "
        "service_facilities_incomplete and resident_will_strong",
        "optional",
        "二(一)",
    ),
    ("true", "out", "二(一)"),
)
"""The rows of the document's table, in order; the first that holds decides. Unknown facts cannot be said here."""


def _graph() -> dict[str, Any]:
    table = {
        "hitPolicy": "first",
        "inputs": [{"id": "when", "name": "when", "type": "expression", "field": ""}],
        "outputs": [
            {"id": "outcome", "name": "outcome", "type": "expression", "field": "outcome"},
            {"id": "section", "name": "section", "type": "expression", "field": "section"},
        ],
        "rules": [
            {"_id": f"r{at}", "when": when, "outcome": f"'{outcome}'", "section": f"'{section}'"}
            for at, (when, outcome, section) in enumerate(ROWS)
        ],
    }
    nodes = [
        {"id": "in", "type": "inputNode", "name": "in", "content": {}},
        {"id": "scope", "type": "decisionTableNode", "name": "scope", "content": table},
        {"id": "out", "type": "outputNode", "name": "out", "content": {}},
    ]
    edges = [
        {"id": "e1", "type": "edge", "sourceId": "in", "targetId": "scope"},
        {"id": "e2", "type": "edge", "sourceId": "scope", "targetId": "out"},
    ]
    return {"contentType": "application/vnd.gorules.decision", "nodes": nodes, "edges": edges}


def scope_rule(facts: dict[str, Any]) -> Callable[[], str]:
    """One decision with its trace as JSON, the graph read beforehand."""
    decision = zen.ZenEngine().create_decision(json.dumps(_graph()))

    def decide() -> str:
        return json.dumps(decision.evaluate(facts, {"trace": True}), ensure_ascii=False)

    return decide
