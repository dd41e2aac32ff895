"""How each service of audit is done once."""

from collections.abc import Callable

from gongdi.apps.audit import services as audit
from tests.support.world import NOW, World

DOINGS: dict[str, Callable[[World], object]] = {
    "audit.services.export_events": lambda w: audit.export_events(
        by=w.people["auditor"], query={"verb": "accounts.sign_in"}, count=3, now=NOW
    ),
}
