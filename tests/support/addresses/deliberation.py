"""The addresses of deliberation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from gongdi.apps.files.models import Attachment
from tests.support import issues
from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS
from tests.support.world import World


def of(make: Callable[[World], Any]) -> Callable[[World], list[Any]]:
    return lambda world: [make(world).pk]


def compound(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk]


def a_photo(world: World) -> list[Any]:
    return [issues.reported(world).pk, Attachment.objects.latest("pk").pk]


COMMITTEE = {"owners_committee": 200, "residents_group": 200}
WHOLE = {**COMMITTEE, "supervisor": 200}
SEEN = {**COMPOUND, **WHOLE, "builder": 200}
"""Everybody of the place, those who see the whole log, and the builder to whom it is assigned."""
KEPT = {**COMPOUND, "city_viewer": 403, "auditor": 403}
TOPIC = {**COMPOUND, **COMMITTEE}
HANDLED = {**COMPOUND, **WHOLE, "builder": 200, "city_viewer": 403, "auditor": 403, "department_officer": 200}
ADDRESSES = (
    Address("deliberation:see_issues", statuses=READERS, tied=200),
    Address("deliberation:export_issues", statuses=READERS, tied=200, file=True),
    Address("deliberation:report_issue", statuses=KEPT, arguments=compound, tied=200),
    Address("deliberation:see_issue", statuses=SEEN, arguments=of(issues.assigned)),
    Address("deliberation:assign_issue", statuses=KEPT, arguments=of(issues.reported)),
    Address("deliberation:handle_issue", statuses=HANDLED, arguments=of(issues.assigned)),
    Address("deliberation:close_issue", statuses=SEEN, arguments=of(issues.handled)),
    Address("deliberation:reopen_issue", statuses=SEEN, arguments=of(issues.handled)),
    Address("deliberation:escalate_issue", statuses=KEPT, arguments=of(issues.assigned)),
    Address("deliberation:dismiss_issue", statuses=KEPT, arguments=of(issues.reported)),
    Address("deliberation:see_topics", statuses={**READERS, **COMMITTEE}, tied=403),
    Address("deliberation:raise_topic", statuses=KEPT, arguments=compound),
    Address("deliberation:see_topic", statuses=TOPIC, arguments=of(issues.topic)),
    Address("deliberation:reply_topic", statuses=KEPT, arguments=of(issues.topic)),
    Address("deliberation:hide_topic", statuses=KEPT, arguments=of(issues.topic)),
    Address("deliberation:hold_meeting", statuses=KEPT, arguments=of(issues.topic)),
    Address("deliberation:close_topic", statuses=KEPT, arguments=of(issues.topic)),
    Address("deliberation:hide_reply", statuses=KEPT, arguments=of(issues.reply)),
    Address("deliberation:see_own_issues", 302, tied=302),
    Address("deliberation:report_own_issue", 302, tied=302),
    Address("deliberation:see_own_issue", 302, arguments=of(issues.reported), tied=302),
    Address("deliberation:show_own_photo", 302, arguments=a_photo, tied=302, file=True),
    Address("deliberation:close_own_issue", 302, {}, "post", of(issues.handled), tied=302),
    Address("deliberation:reopen_own_issue", 302, {}, "post", of(issues.handled), tied=302),
    Address("deliberation:see_own_topics", 302, tied=302),
    Address("deliberation:raise_own_topic", 302, tied=302),
    Address("deliberation:see_own_topic", 302, arguments=of(issues.topic), tied=302),
)
