"""The addresses of packs and decisions."""

from __future__ import annotations

from typing import Any

from tests.support.addresses.address import Address
from tests.support.addresses.roles import COMPOUND, ONLY_OFFICER, READERS
from tests.support.world import COUNTY, NOW, PACK, World


def county(world: World) -> list[Any]:
    return [COUNTY]


def decision(world: World) -> list[Any]:
    return [world.compounds["梅堰新村"].pk, "scope"]


def decision_record(world: World) -> list[Any]:
    from gongdi.apps.policy.models import DecisionRecord
    from gongdi.apps.policy.services import store_decision

    subject, by = world.compounds["梅堰新村"], world.people["district_officer"]
    known = DecisionRecord.objects.filter(compound=subject).first()
    return [(known or store_decision(compound=subject, decision="scope", by=by, now=NOW)).pk]


def pack_draft(world: World) -> list[Any]:
    from tests.support.drafts import make_draft

    return [make_draft(world).pk]


def pack(world: World) -> list[Any]:
    return [PACK]


def pack_table(world: World) -> list[Any]:
    return [PACK, "scope"]


DRAFT = {"district_officer": 200, "officer_elsewhere": 404}

ADDRESSES = (
    Address("policy:see_packs", statuses=READERS, tied=200),
    Address("policy:see_pack", statuses=READERS, arguments=pack, tied=200),
    Address("policy:see_table", statuses=READERS, arguments=pack_table, tied=200),
    Address("policy:see_survey", statuses={**READERS, "utility": 403}, tied=200),
    Address("policy:compare_packs", statuses=READERS, tied=200),
    Address("policy:export_comparison", statuses=READERS, tied=200, file=True),
    Address("policy:see_coverage", statuses=READERS, tied=200),
    Address("policy:export_coverage", statuses=READERS, tied=200, file=True),
    Address("policy:see_documents", statuses=READERS, tied=200),
    Address("policy:export_documents", statuses=READERS, tied=200, file=True),
    Address("policy:export_pack", statuses=READERS, arguments=pack, tied=200, file=True),
    Address("policy:see_drafts", 403, {"district_officer": 200, "officer_elsewhere": 200}),
    Address("policy:see_draft", 403, DRAFT, arguments=pack_draft),
    Address("policy:export_draft", 403, DRAFT, arguments=pack_draft, file=True),
    Address("policy:discard_draft", 403, {**DRAFT, "district_officer": 302}, "post", pack_draft),
    Address("policy:set_pack", 403, {"district_officer": 200}, arguments=county),
    Address("policy:see_decision", statuses={**COMPOUND, "utility": 403}, arguments=decision, tied=200),
    Address("policy:store_decision", 302, {**ONLY_OFFICER, "street_clerk": 302}, "post", decision),
    Address("policy:see_record", statuses={**COMPOUND, "utility": 404}, arguments=decision_record, tied=200),
)
