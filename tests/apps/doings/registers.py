"""How each service of the yearly registers is done once."""

from collections.abc import Callable

from gongdi.apps.registers import services as registers
from tests.support.registers import a_register
from tests.support.world import NOW, TODAY, World

DOINGS: dict[str, Callable[[World], object]] = {
    "registers.services.open_register": a_register,
    "registers.services.add_to_register": lambda w: registers.add_to_register(
        register=a_register(w, year=2028), compounds=[w.compounds["梅堰新村"]], why="", by=w.people["district_officer"],
        now=NOW,
    ),
    "registers.services.remove_from_register": lambda w: registers.remove_from_register(
        line=a_register(w, "梅堰新村", year=2029).lines.get(), why="列入征收", by=w.people["district_officer"], now=NOW
    ),
    "registers.services.publish_register": lambda w: registers.publish_register(
        register=a_register(w, "梅堰新村", year=2030), number="测试〔2027〕1号", on=TODAY,
        by=w.people["district_officer"], now=NOW,
    ),
}  # fmt: skip
