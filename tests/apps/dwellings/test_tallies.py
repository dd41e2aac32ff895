"""Counting a compound anew joins no table that it does not count."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from gongdi.apps.dwellings.models import CompoundTally
from gongdi.apps.dwellings.tallies import refresh_tallies
from tests.support.dwellings import kept
from tests.support.world import NOW, World


def test_counts_of_owners_and_dwellings_join_neither_buildings_nor_compounds(world: World) -> None:
    kept(world)
    compound = world.compounds["梅堰新村"]
    with CaptureQueriesContext(connection) as found:
        refresh_tallies([compound.pk], NOW)
    counts = [each["sql"] for each in found if "COUNT(" in each["sql"]]
    assert len(counts) == 4
    assert [sql for sql in counts if "JOIN" in sql and ("dwellings_building" in sql or "places_compound" in sql)] == []
    assert CompoundTally.objects.get(compound=compound).owners == 3


def test_postgresql_knows_the_size_of_a_table_that_grew_within_the_same_transaction(world: World) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite plans without such figures")
    rows = [(f"{number // 40 + 1}幢", "", str(number), "60", "", "", "", "", "", "") for number in range(600)]
    kept(world, rows)
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'dwellings_dwelling'")
        assert cursor.fetchone()[0] >= 600
