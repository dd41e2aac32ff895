"""How each service of mobilisation is done once."""

from collections.abc import Callable

from gongdi.apps.mobilisation import services
from tests.support.mobilisation import a_dwelling, drive_of
from tests.support.polls import opened
from tests.support.world import NOW, TODAY, World


def _visit(world: World) -> object:
    vote = opened(world)
    call = services.Call("not_home", TODAY, None, "晚上在家")
    return services.record_visit(
        drive=drive_of(world, vote), dwelling=a_dwelling(vote), call=call, by=world.people["community_worker"], now=NOW
    )


DOINGS: dict[str, Callable[[World], object]] = {"mobilisation.services.record_visit": _visit}
