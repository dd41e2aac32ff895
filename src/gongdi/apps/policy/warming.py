"""What the first page after a start would read is read before anybody comes (预读): facts and scopes that are kept."""

from __future__ import annotations

import logging
from threading import Thread

from django.db import connections

from gongdi.apps.places.models import Compound
from gongdi.apps.policy.kept import kept_verdicts

MOST = 20_000
"""Compounds up to which it is done: those of a large city. A province's would take too long, and are read as asked."""


def warm() -> int:
    """Keep the facts and the scope of every compound; how many these are, none where there are too many."""
    numbers = list(Compound.objects.order_by("pk").values_list("pk", flat=True)[: MOST + 1])
    if len(numbers) > MOST:
        return 0
    kept_verdicts(numbers, "scope")
    return len(numbers)


def warm_aside() -> Thread:
    """Warm in a thread of its own. Whatever goes wrong is logged: the pages read for themselves then."""

    def run() -> None:
        try:
            warm()
        except Exception:
            logging.getLogger(__name__).warning("预读没有完成，第一次打开页面会慢一些。", exc_info=True)
        finally:
            connections.close_all()

    thread = Thread(target=run, name="warming", daemon=True)
    thread.start()
    return thread
