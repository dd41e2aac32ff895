"""What was written since one last looked (新增审计事件): lets a process keep what it has worked out from the tables.

Every write has its event, in the transaction of the write, and events stand in the order in which they were committed.
Who has read the chain up to an event therefore knows from the next ones all that was written since.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongdi.apps.audit.chain import FIRST
from gongdi.apps.audit.models import Event, Head

MOST = 300
"""Events read one by one; after more than these it is cheaper to begin anew."""


@dataclass(frozen=True, slots=True)
class Written:
    """An event in short: what was done, to what."""

    verb: str
    object_kind: str
    object_id: str


@dataclass(slots=True)
class Watch:
    """How far one reader has read the chain: one query each time it asks."""

    number: int = 0
    digest: str = FIRST

    def since(self) -> list[Written] | None:
        """The events since the last time, none of them twice.

        None when there are too many to read one by one, or when the chain is not the one read before (another
        database, a backup put back): all that was kept is then to be forgotten.
        """
        rows = list(
            Event.objects.filter(number__gte=self.number)
            .order_by("number")
            .values_list("number", "digest", "verb", "object_kind", "object_id")[: MOST + 2]
        )
        same = self.number == 0 or (bool(rows) and rows[0][:2] == (self.number, self.digest))
        if not same or len(rows) > MOST:
            self._begin_anew()
            return None
        new = [row for row in rows if row[0] > self.number]
        if new:
            self.number, self.digest = new[-1][:2]
        return [Written(*row[2:]) for row in new]

    def _begin_anew(self) -> None:
        head = Head.objects.filter(pk=1).values_list("number", "digest").first()
        self.number, self.digest = head or (0, FIRST)
