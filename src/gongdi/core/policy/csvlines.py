"""The lines of a pack's CSV texts as a spreadsheet saves them: blank lines passed over, outer spaces dropped."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from gongdi.core.policy.packs import PackFault

MOST_LINES = 1_000
"""Lines of one table; the longest of the shipped packs has fewer than 200."""


def read_lines(
    place: str, text: str, columns: tuple[str, ...], faults: list[PackFault]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Each line with its number as a spreadsheet counts it; a missing column or a ragged line goes into `faults`."""
    table = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    lacking = [name for name in columns if name not in (table.fieldnames or ())]
    if lacking:
        faults.append(PackFault(place, 1, "、".join(lacking), "表头缺少这些列", f"须有：{'、'.join(columns)}"))
        return
    for number, line in enumerate(table, start=2):
        if number > MOST_LINES:
            faults.append(
                PackFault(
                    place, number, "", "表太长，从这一行起没有读", f"一张表至多 {MOST_LINES:,} 行；请删去多余的行"
                )
            )
            return
        if None in line or None in line.values():
            faults.append(PackFault(place, number, "", "单元格数与表头不符", "请检查是否缺少引号或多了逗号"))
        elif any(line.values()):
            yield number, {name: cell.strip() for name, cell in line.items()}
