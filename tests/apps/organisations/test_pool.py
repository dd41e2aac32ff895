"""Experts and firms: admitted with qualification and period, suspended, removed, their record kept."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from gongdi.apps.organisations import pool_services as services
from gongdi.apps.organisations.models import PoolEntry
from gongdi.apps.places.services import RefusedError
from tests.support.organisations import an_entry
from tests.support.world import NOW, TODAY, World


def test_a_firm_may_be_chosen_while_admitted_and_within_its_period(world: World) -> None:
    entry = an_entry(world, until=date(2027, 2, 28))
    assert entry.usable_on(date(2027, 2, 28))
    assert not entry.usable_on(TODAY)
    assert not entry.usable_on(date(2025, 12, 31))


def test_suspending_restoring_and_removing_keep_the_reason_in_the_record(client: Client, world: World) -> None:
    client.force_login(world.people["district_officer"])
    entry = an_entry(world)
    for word, state in (("suspend", "suspended"), ("restore", "admitted"), ("remove", "removed")):
        assert client.post(f"/experts/{entry.pk}/{word}/", {"why": ""}).status_code == 422
        assert client.post(f"/experts/{entry.pk}/{word}/", {"why": f"因为{word}"}).status_code == 302
        entry.refresh_from_db()
        assert entry.state == state
    assert [row.text for row in entry.records.order_by("pk")] == [
        "暂停：因为suspend", "在库：因为restore", "移出：因为remove",
    ]  # fmt: skip
    assert client.post(f"/experts/{entry.pk}/suspend/", {"why": "再"}).status_code == 422


def test_a_removed_firm_can_be_admitted_anew_but_none_twice(world: World) -> None:
    entry = an_entry(world)
    columns = {name: getattr(entry, name) for name in ("kind", "name", "place", "field", "qualification", "since")}
    with pytest.raises(RefusedError, match="已在库中"):
        services.admit_entry(columns=columns, by=None, now=NOW)
    services.remove_entry(entry=entry, why="到期", by=world.people["district_officer"], now=NOW)
    assert services.admit_entry(columns=columns, by=None, now=NOW).pk != entry.pk
    assert PoolEntry.objects.count() == 2


def test_works_and_evaluations_are_listed_and_counted(client: Client, world: World) -> None:
    client.force_login(world.people["district_officer"])
    entry = an_entry(world)
    told = {"kind": "work", "on": "2026-01-05", "text": "梅堰新村改造设计", "compound": "梅堰新村", "source": "合同"}
    assert client.post(f"/experts/{entry.pk}/record/", told | {"on": "2099-03-02"}).status_code == 422
    assert client.post(f"/experts/{entry.pk}/record/", told | {"compound": "无此小区"}).status_code == 422
    assert client.post(f"/experts/{entry.pk}/record/", told).status_code == 302
    assert "梅堰新村改造设计" in client.get(f"/experts/{entry.pk}/").content.decode()
    assert "匠心设计院" in client.get("/experts/?kind=designer").content.decode()
    assert "匠心设计院" not in client.get("/experts/?kind=expert").content.decode()
