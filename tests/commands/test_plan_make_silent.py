"""A document without a window: the roster is the scope, and the workbook says that nothing is regulated."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from gongdi.exchange.packfiles import load_library
from tests.commands.test_plan_make import run

SILENT = [slug for slug, pack in load_library().packs.items() if "scope" not in pack.tables]


@pytest.mark.parametrize("slug", SILENT)
def test_a_plan_under_a_pack_without_a_window_is_written(tmp_path: Path, slug: str) -> None:
    result = run(tmp_path, "--on", "2026-06-01", pack=slug)
    assert result.exit_code == 0, result.output
    cells = [cell.value for row in load_workbook(tmp_path / "计划.xlsx")["判定"].iter_rows() for cell in row]
    assert "建设新村" in cells
    assert not list(tmp_path.glob("*.part"))
