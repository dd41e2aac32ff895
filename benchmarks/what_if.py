"""A hundred questions of what would be if, to a city of 2,000 compounds over three years, beside solving each anew.

A quarter of the questions change a budget by up to a fifth, a quarter a compound that must start, a quarter a year's
weight by up to a twentieth, a quarter a county's minimum by two.
"""

from __future__ import annotations

import gc
import os
import random
import statistics
import time
from typing import Any

from benchmarks.measuring import Claim
from benchmarks.plan_shapes import shaped
from gongdi.core.portfolio.changes import Question, changed, parse_questions
from gongdi.core.portfolio.model import Instance
from gongdi.core.portfolio.parse import parse_instance
from gongdi.engines.highs import Ready, ask_all, ready, solve

SHAPES = ("plain", "minimums", "regional", "county")
MANY, ANEW = 100, 12
GAP = 0.001


def run() -> list[Claim]:
    """A claim for every shape."""
    gc.disable()
    return [_claim(shape) for shape in SHAPES]


def _claim(shape: str) -> Claim:
    instance = parse_instance(shaped(2_000, 3, 1, shape))
    assert isinstance(instance, Instance)
    questions = _questions(instance)
    start = time.perf_counter()
    known = ready(instance, 60, GAP)
    first = time.perf_counter() - start
    taken, worst = _asked(known, questions)
    anew = _anew(known, questions)
    claim = Claim(
        title=f"A hundred questions of what would be if: 2,000 compounds x 3 years, {shape}",
        work=f"`ready`, then `ask_all`: {MANY} changed budgets, demands and weights; gap asked for {GAP:.1%}.",
        target="a hundred within a minute",
    )
    middle = statistics.median(taken)
    claim.rows.append(("Gongdi, from the prices and the plan known", middle, f"all {MANY}: {sum(taken):.1f} s"))
    claim.rows.append((f"Gongdi, solved anew ({ANEW} of them)", statistics.median(anew), ""))
    claim.notes.append(
        f"first plan {first:.1f} s, gap {float(known.plan.gap or 0):.4%}; slowest question {max(taken):.1f} s; "
        f"widest gap of an answer {worst:.4%}; load {os.getloadavg()[0]:.1f}."
    )
    return claim


def _asked(known: Ready, questions: tuple[Question, ...]) -> tuple[list[float], float]:
    taken, worst = [], 0.0
    before = time.perf_counter()
    for answer in ask_all(known, questions, 30):
        now = time.perf_counter()
        taken.append(now - before)
        worst = max(worst, float(answer.plan.gap or 0))
        before = time.perf_counter()
    return taken, worst


def _anew(known: Ready, questions: tuple[Question, ...]) -> list[float]:
    taken = []
    for question in questions[:ANEW]:
        start = time.perf_counter()
        solve(changed(known.instance, question.changes), 60, GAP)
        taken.append(time.perf_counter() - start)
    return taken


def _questions(instance: Instance) -> tuple[Question, ...]:
    chance = random.Random(5)
    rows: list[dict[str, Any]] = []
    for at in range(MANY):
        fund, county = chance.choice(instance.funds), chance.choice(instance.counties)
        year = chance.randrange(len(instance.years))
        rows.append(
            (
                {
                    "fund": fund.code,
                    "year": instance.years[year],
                    "budget": int(fund.budget[year] * chance.uniform(0.8, 1.2)),
                },
                {"compound": chance.choice(instance.compounds).id, "must": True},
                {"year": instance.years[year], "weight": float(instance.weights[year]) * chance.uniform(0.95, 1.05)},
                {"county": county.code, "minimum": max(0, county.minimum + chance.choice((-2, 2)))},
            )[at % 4]
        )
    found = parse_questions([{"changes": [row]} for row in rows], instance)
    return tuple(row for row in found if isinstance(row, Question))
