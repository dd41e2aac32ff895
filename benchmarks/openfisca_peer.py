"""The scope rule written for openfisca-core, as its own documentation writes variables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import polars as pl
from openfisca_core.entities import Entity
from openfisca_core.periods import DateUnit
from openfisca_core.simulations import SimulationBuilder
from openfisca_core.taxbenefitsystems import TaxBenefitSystem
from openfisca_core.variables import Variable

PERIOD = "2021"


def scope_rule(frame: pl.DataFrame, names: tuple[str, ...], kinds: tuple[str, ...]) -> Callable[[], Any]:
    """A function that runs the rule on fresh inputs, as one would for each request."""
    entity = Entity("compound", "compounds", "", "")
    system = TaxBenefitSystem([entity])

    def variable(name: str, kind: type, formula: Any = None) -> None:
        parts: dict[str, Any] = {"value_type": kind, "entity": entity, "definition_period": DateUnit.YEAR}
        if formula is not None:
            parts["formula"] = formula
        system.add_variable(type(name, (Variable,), {**parts, "label": name}))

    for name in names:
        variable(name, bool)
    variable("completed_day", int)
    variable("kind_code", int)

    def excluded(compounds: Any, period: Any) -> Any:
        plan, rebuilt = compounds("in_shantytown_plan", period), compounds("rebuild_planned", period)
        return plan + rebuilt + (compounds("kind_code", period) >= 2)

    def core(compounds: Any, period: Any) -> Any:
        held = (compounds("completed_day", period) <= 11322) * ~compounds("suited_to_rebuild", period)
        for name in names[:4] + names[5:6]:
            held = held * compounds(name, period)
        return held

    def scope(compounds: Any, period: Any) -> Any:
        day = compounds("completed_day", period)
        later = (day >= 11323) * (day <= 13148)
        cases = [compounds("excluded", period), compounds("core", period), later]
        return np.select(cases, [0, 1, 2], 3)

    variable("excluded", bool, excluded)
    variable("core", bool, core)
    variable("scope", int, scope)
    inputs = {name: frame[name].to_numpy() for name in names}
    inputs["completed_day"] = frame["completed_on"].to_physical().to_numpy()
    inputs["kind_code"] = (
        frame["compound_kind"].cast(pl.String).replace_strict({k: i for i, k in enumerate(kinds)}).to_numpy()
    )

    def run() -> Any:
        simulation = SimulationBuilder().build_default_simulation(system, frame.height)
        for name, values in inputs.items():
            simulation.set_input(name, PERIOD, values)
        return simulation.calculate("scope", PERIOD)

    return run
