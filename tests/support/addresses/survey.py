"""The addresses of the survey."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, READERS
from tests.support.survey import assignment, draft, opened, uploaded_sheet, waiting
from tests.support.world import World


def a_draft(world: World) -> list[Any]:
    return [draft(world).pk]


def a_campaign(world: World) -> list[Any]:
    return [opened(world).pk]


def an_assignment(world: World) -> list[Any]:
    return [assignment(world).pk]


def a_waiting(world: World) -> list[Any]:
    return [waiting(world).pk]


def a_sheet(world: World) -> list[Any]:
    return [uploaded_sheet(world).pk]


SENDER = {
    "district_officer": 404, "street_clerk": 404, "city_viewer": 404, "auditor": 404, **COMPOUND,
}  # fmt: skip
RUNNERS = {"city_viewer": 403, "auditor": 403, "administrator": 403, "community_worker": 403}
OF_COUNTY = {**COMPOUND, "street_clerk": 403, "community_worker": 403, "city_viewer": 403, "auditor": 403}
DRAFT_OF_COUNTY = {**OF_COUNTY, "street_clerk": 404, "community_worker": 404}
FILLERS = {**COMPOUND, "city_viewer": 403, "auditor": 403, "district_officer": 403}
REVIEWERS = {**COMPOUND, "city_viewer": 403, "auditor": 403, "community_worker": 403}
ONLY_FILLERS = {
    "district_officer": 403, "officer_elsewhere": 403, "city_viewer": 403, "auditor": 403, "administrator": 403,
}  # fmt: skip
ADDRESSES = (
    Address("survey:see_campaigns", statuses=READERS),
    Address("survey:see_assignments", statuses=ONLY_FILLERS),
    Address("survey:see_worker", tied=200, file=True),
    Address("survey:see_token", tied=200, file=True),
    Address("survey:draft_campaign", statuses=RUNNERS),
    Address("survey:see_campaign", statuses=COMPOUND, arguments=a_campaign),
    Address("survey:change_campaign", statuses=DRAFT_OF_COUNTY, arguments=a_draft),
    Address("survey:open_campaign", 302, DRAFT_OF_COUNTY, "post", a_draft),
    Address("survey:close_campaign", 302, OF_COUNTY, "post", a_campaign),
    Address("survey:export_sheet", statuses=FILLERS, arguments=a_campaign, file=True),
    Address("survey:upload_sheet", statuses=FILLERS, arguments=a_campaign),
    Address("survey:see_sheet", statuses=SENDER, arguments=a_sheet),
    Address("survey:keep_sheet", 302, SENDER, "post", a_sheet),
    Address("survey:discard_sheet", 302, SENDER, "post", a_sheet),
    Address("survey:fill_assignment", statuses=FILLERS, arguments=an_assignment),
    Address("survey:send_answers", 400, FILLERS, "post", an_assignment),
    Address("survey:send_photo", 400, FILLERS, "post", an_assignment),
    Address("survey:reassign_assignment", statuses=REVIEWERS, arguments=an_assignment),
    Address("survey:review_assignment", statuses=COMPOUND, arguments=a_waiting),
    Address("survey:accept_submission", 422, REVIEWERS, "post", a_waiting),
    Address("survey:return_submission", 302, REVIEWERS, "post", a_waiting),
)
