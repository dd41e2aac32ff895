"""The lines of utilities (管线类别): which findings are about whose line, and whose lines a person stands for.

A utility (专营单位) reads of the compounds that its post names what is about its own lines, and nothing of the others'.
Which item of the catalogue is about which line is our reading of the catalogue's words.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from django.db.models import Model, Q, TextChoices

from gongdi.apps.accounts.models import User
from gongdi.apps.inventory.models import Facility, Finding, Inspection

_Kind = Inspection.Kind


class Line(TextChoices):
    """A kind of line (管线类别)."""

    WATER = "water", "供水"
    DRAINAGE = "drainage", "排水"
    POWER = "power", "供电"
    GAS = "gas", "燃气"
    HEAT = "heat", "供热"
    TELECOM = "telecom", "通信"
    TELEVISION = "television", "有线电视"


SHARED = frozenset({"supporting_pipelines"})
"""Items that are about every line (配套管线)."""
ITEMS: dict[Line, frozenset[str]] = {
    Line.WATER: frozenset({"water_supply"}),
    Line.DRAINAGE: frozenset({"drainage", "rain_sewage_separation", "balcony_rain_sewage"}),
    Line.POWER: frozenset({"power_supply", "overhead_lines", "ev_charging"}),
    Line.GAS: frozenset({"gas_supply"}),
    Line.HEAT: frozenset({"heating"}),
    Line.TELECOM: frozenset({"mobile_communication", "telecom", "weak_current", "fibre_to_home", "overhead_lines"}),
    Line.TELEVISION: frozenset({"cable_tv", "weak_current", "overhead_lines"}),
}
"""The items of the catalogue that are about each line."""
HAZARDS: dict[Line, str] = {Line.DRAINAGE: _Kind.DRAINAGE, Line.POWER: _Kind.ELECTRICAL, Line.GAS: _Kind.GAS}
"""The inspections that are about a line."""

Telling = Callable[[User], Collection[str]]


class _LinesOf:
    """Whose lines a person stands for; the app of organisations tells it, since it stands after this one."""

    def __init__(self) -> None:
        self._tell: Telling = lambda user: ()

    def told_by(self, telling: Telling) -> None:
        """Use a function that tells the lines of the utilities for which a person holds a post."""
        self._tell = telling

    def of(self, user: User) -> list[Line]:
        """The lines, in order."""
        told = set(self._tell(user))
        return [line for line in Line if line.value in told]


lines = _LinesOf()


def own_of(model: type[Model], own: Collection[Line]) -> Q:
    """Which findings of a kind are about some lines; of kinds that are about none, nothing."""
    if own and issubclass(model, Facility):
        return Q(item__in=SHARED.union(*(ITEMS[line] for line in own)))
    if own and issubclass(model, Inspection):
        return Q(kind__in=[HAZARDS[line] for line in own if line in HAZARDS])
    assert issubclass(model, Finding)
    return Q(pk__in=[])
