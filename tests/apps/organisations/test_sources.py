"""The tables of who does what: every row names a section of its pack, and no department of any document is missing."""

from __future__ import annotations

import pytest

from gongdi.apps.organisations import sources
from gongdi.apps.organisations.models import Body
from gongdi.exchange.packfiles import load_library

T, P, J, Q = "city-template", "yunnan-puer-2022", "zhejiang-ningbo-jiangbei-2020", "anhui-anqing-2022"
A, B, G, Z = "anhui-2022", "anhui-2020", "guizhou-2021", "henan-zhumadian-2021"
TOLD_BY = {
    "housing": {T, P, J, Q, A, B, G}, "development_reform": {T, P, J, G}, "finance": {T, P, J, A, Q, G},
    "natural_resources": {T, P, B, G}, "industry": {T, P}, "police": {T, P, G}, "traffic_police": {T},
    "fire": {T, P}, "civil_affairs": {P, Z, G}, "ecology": {T, P}, "city_management": {T, J},
    "culture_tourism": {T, P, G}, "broadcaster": {T}, "education_sports": {P}, "health": {P}, "commerce": {P},
    "state_assets": {P, G}, "market_supervision": {P}, "financial_office": {P, G}, "banking_regulator": {P},
    "government_services": {P, J}, "investment_promotion": {P}, "provident_fund": {P, Z},
    "disabled_federation": {P}, "tax": {P, G, J}, "offices_administration": {P, G}, "postal": {P, G},
    "organisation_department": {G, J}, "street_community": {T, J}, "county_government": {T, P},
    "utilities": {T, G}, "state_capital": {T}, "compound": {T}, "others": {P, Z, J}, "all_departments": {P, G},
}  # fmt: skip
"""By department, the documents that give it a duty, as read off the documents."""
GUIZHOU = {
    "二(四)", "二(五)", "二(六)", "二(七)", "二(八)", "三(九)", "三(十)", "三(十一)", "三(十二)", "三(十三)",
    "四(十四)", "四(十五)", "四(十六)", "五(十七)", "五(十八)", "五(十九)",
}  # fmt: skip
"""The clauses of Guizhou's opinion that name the units responsible."""


@pytest.mark.parametrize("department", TOLD_BY)
def test_every_document_that_gives_a_department_a_duty_is_in_the_table(department: str) -> None:
    packs = {row.pack for row in sources.responsibilities() if row.department == department}
    assert packs >= TOLD_BY[department]


def test_every_clause_of_guizhou_that_names_units_is_in_the_table() -> None:
    assert {row.section for row in sources.responsibilities() if row.pack == G} >= GUIZHOU


def test_every_row_names_a_section_of_its_pack() -> None:
    sections = {slug: {each.section for each in pack.sections} for slug, pack in load_library().packs.items()}
    rows = [*sources.responsibilities(), *sources.mechanisms(), *sources.required_members()]
    assert [(row.pack, row.section) for row in rows if row.section not in sections[row.pack]] == []


def test_every_word_of_the_tables_is_known() -> None:
    for row in sources.responsibilities():
        assert row.department in sources.departments()
        assert row.kind in sources.KIND_WORDS
        assert row.zh
        assert row.en
    for part in sources.mechanisms():
        assert part.role in sources.MECHANISM_WORDS
        assert part.body in {"", *Body.Kind.values}
    for wanted in sources.required_members():
        assert wanted.role in sources.ROLE_WORDS
        assert wanted.body in Body.Kind.values


def test_a_part_of_a_template_stands_after_the_one_above_it() -> None:
    for pack in load_library().packs:
        seen = {""}
        for row in sources.template_of(pack):
            assert row.parent in seen
            seen.add(row.key)


def test_nothing_is_told_twice() -> None:
    rows = [(row.pack, row.section, row.department, row.zh) for row in sources.responsibilities()]
    assert len(rows) == len(set(rows))
    assert len({(row.pack, row.key) for row in sources.mechanisms()}) == len(sources.mechanisms())
