"""Conditions as people read them."""

from datetime import date

from gongdi.core.policy.rendering import to_chinese, to_sql
from gongdi.core.policy.rendering_english import to_english
from gongdi.exchange.packfiles import load_library

ROW = next(
    row
    for row in load_library().packs["zhejiang-ningbo-jiangbei-2020"].tables["owner_minimum_share"].rows
    if date(2021, 6, 1) in row.in_force and "+" in to_sql(row.when)
)


def test_a_sum_that_is_multiplied_keeps_its_brackets() -> None:
    assert "20 × （业主出资 + 社会力量出资）" in to_chinese(ROW.when).replace("(", "（").replace(")", "）")
    assert "20 × (owner money + social money)" in to_english(ROW.when)
