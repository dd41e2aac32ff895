"""How each service is done once: one module an app, each with its `DOINGS`; the modules are found, not listed."""

import pkgutil
from collections.abc import Callable
from importlib import import_module

from tests.support.world import World

DOINGS: dict[str, Callable[[World], object]] = {
    name: doing
    for found in pkgutil.iter_modules(__path__)
    for name, doing in import_module(f"{__name__}.{found.name}").DOINGS.items()
}
