"""A roll of dwellings from .xlsx into the database, checked and with an error report, beside django-import-export.

    python -m benchmarks.dwelling_roll [ROLL.xlsx] [--peer-rows 3000]

Both do the two steps that a person goes through: check the file and see what it would do, then write it. Each runs in
a database of its own (SQLite in a temporary folder). The peer gets the first rows of the same roll, since all of them
would take hours: its dry run, then the import, as its admin pages do. It writes the same three tables through a
resource whose `before_import_row` finds or makes building, dwelling and owner; it seals the same values.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.city import COUNTY, list_compounds, write_roll
from benchmarks.measuring import Claim

SMALL = 100_000
PEER_ROWS = 3_000
"""Dwellings of the roll that the peer gets."""


def _fresh_database() -> None:
    os.environ["GONGDI_DATA_DIR"] = tempfile.mkdtemp(prefix="gongdi-bench-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdi.config.settings")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    list_compounds()


def _import(path: Path) -> tuple[float, float, int]:
    """Seconds to check and to write, and the rows."""
    from gongdi.apps.dwellings import roll_jobs, roll_services
    from gongdi.apps.places.models import Division
    from gongdi.web import clock
    from gongdi.web.uploads import keep_file

    with path.open("rb") as stream:
        kept = keep_file(iter(lambda: stream.read(1 << 20), b""))
    county = Division.objects.get(code=COUNTY)
    roll = roll_services.upload_roll(
        file_name=path.name, digest=kept.digest, compound=None, county=county, as_of=date(2026, 11, 26), by=None,
        now=clock.now(),
    )  # fmt: skip
    start = time.perf_counter()
    roll = roll_jobs.check_roll(roll=roll, now=clock.now(), today=clock.today())
    checked = time.perf_counter() - start
    assert roll.counts["errors"] == 0, roll.problems[:3]
    roll = roll_services.keep_roll(roll=roll, by=None, now=clock.now())
    start = time.perf_counter()
    roll_jobs.write_roll(roll=roll, now=clock.now(), today=clock.today())
    return checked, time.perf_counter() - start, roll.counts["rows"]


def _peer(path: Path) -> tuple[float, float]:
    """Seconds that django-import-export takes to check a roll (its dry run) and to write it."""
    import tablib
    from import_export import fields, resources
    from python_calamine import CalamineWorkbook

    from gongdi.apps.dwellings.models import NAME, NUMBER, PHONE, Building, Dwelling, Owner, Ownership
    from gongdi.apps.places.models import Compound
    from gongdi.core.ownership.numbers import fault_of_number
    from gongdi.web.sealing import digest, masked_name, masked_number, seal

    compounds = {row.name: row for row in Compound.objects.all()}

    class Roll(resources.ModelResource):  # type: ignore[misc]
        dwelling = fields.Field(attribute="dwelling_id", column_name="dwelling")
        owner = fields.Field(attribute="owner_id", column_name="owner")
        since = fields.Field(attribute="since", column_name="产权起始日期")

        class Meta:
            model = Ownership
            fields = ("dwelling", "owner", "since")
            import_id_fields = ()
            force_init_instance = True

        def before_import_row(self, row: Any, **_: Any) -> None:
            name, number, phone = (row[key] for key in ("业主姓名（名称）", "证件号码", "联系电话"))
            if fault_of_number(number):
                raise ValueError(number)
            compound = compounds[row["小区名称"]]
            building, _ = Building.objects.get_or_create(compound=compound, name=row["楼栋"])
            dwelling, _ = Dwelling.objects.get_or_create(
                building=building, stairwell=row["单元"], room=row["房号"],
                defaults={"compound": compound, "area": round(row["专有部分面积（平方米）"] * 100)},
            )  # fmt: skip
            owner, _ = Owner.objects.get_or_create(
                compound=compound, number_digest=digest(number, NUMBER),
                defaults={
                    "name_sealed": seal(name, NAME), "name_masked": masked_name(name),
                    "name_digest": digest(name, NAME),
                    "number_sealed": seal(number, NUMBER), "number_masked": masked_number(number),
                    "phone_sealed": seal(phone, PHONE), "phone_masked": masked_number(phone),
                    "phone_digest": digest(phone, PHONE),
                },
            )  # fmt: skip
            row["dwelling"], row["owner"] = dwelling.pk, owner.pk

    taken = []
    for dry_run in (True, False):
        start = time.perf_counter()
        head, *body = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
        data = tablib.Dataset(*body, headers=head)
        result = Roll().import_data(data, dry_run=dry_run, use_transactions=True)
        taken.append(time.perf_counter() - start)
        assert not result.has_errors(), result.row_errors()[:1]
    return taken[0], taken[1]


def run() -> list[Claim]:
    """The claim, on 100,000 dwellings unless a roll is named."""
    given = next((Path(each) for each in sys.argv[1:] if each.endswith(".xlsx")), None)
    with tempfile.TemporaryDirectory() as folder:
        path = given or Path(folder) / "roll.xlsx"
        if given is None:
            write_roll(path, SMALL)
        _fresh_database()
        peer_rows = int(sys.argv[sys.argv.index("--peer-rows") + 1]) if "--peer-rows" in sys.argv else PEER_ROWS
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        checked, written, count = _import(path)
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        _clear()
        few = Path(folder) / "few.xlsx"
        peer_count = write_roll(few, peer_rows)
        peer_checked, peer_written = _peer(few)
    own_rate, peer_rate = count / (checked + written), peer_count / (peer_checked + peer_written)
    claim = Claim(
        "Roster in: a roll of dwellings",
        f"{count:,} rows of .xlsx (one a co-owner) checked, then written as dwellings, owners and ownership; names, "
        f"numbers and phones sealed; SQLite.",
        "at least 10 x the rows a second of django-import-export; memory bounded",
    )
    split = f"{checked:.0f} s to check, {written:.0f} s to write"
    claim.rows.append(("Gongdi", checked + written, f"{own_rate:,.0f} rows a second: {split}"))
    projected = f"{peer_rate:,.0f} rows a second over {peer_count:,} rows, projected"
    claim.rows.append(("django-import-export", count / peer_rate, projected))
    claim.notes.append(f"Peak memory {peak / 1024:,.0f} MiB, {before / 1024:,.0f} MiB before the import.")
    alone = count / peer_count * peer_written
    claim.notes.append(
        f"The peer writing without its dry run: {alone:,.0f} s projected, {alone / (checked + written):.1f} x; "
        f"writing alone against writing alone: {alone / written:.1f} x."
    )
    claim.notes.append(f"Load {os.getloadavg()[0]:.1f}.")
    return [claim]


def _clear() -> None:
    from gongdi.apps.dwellings.models import Building, CompoundTally, Dwelling, Owner, Ownership

    for model in (Ownership, Owner, CompoundTally, Dwelling, Building):
        model.objects.all().delete()


if __name__ == "__main__":
    for each in run():
        print(each.markdown())
