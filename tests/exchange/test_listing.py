from pathlib import Path

from gongdi.exchange.listing import roster_compounds
from gongdi.exchange.roster import read_roster

ROSTER = """小区名称,区县,建成年份,户数
甲小区,某区,1995,320
乙小区,某区,1996,
丙小区,某区,1997,150
"""


def test_facts_of_all_yield_to_the_roster_and_the_roster_to_fact_columns(tmp_path: Path) -> None:
    file = tmp_path / "名单.csv"
    file.write_text(ROSTER, encoding="utf-8")
    common = {"households_total": 7, "structure_safe": True}
    rows = roster_compounds(read_roster(file, now_year=2021), common, {3: {"households_total": 149}})
    assert [row.facts["households_total"] for row in rows] == [320, 7, 149]
    assert [row.facts["completed_year"] for row in rows] == [1995, 1996, 1997]
    assert all(row.facts["structure_safe"] for row in rows)
