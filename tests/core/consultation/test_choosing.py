"""Special projects on the menu, and where a list departs from the wishes."""

from gongdi.core.consultation.choosing import SPECIAL_PROJECTS, departures, special_fault
from gongdi.core.consultation.results import Cell
from gongdi.exchange.packfiles import load_library

JIANGBEI = "zhejiang-ningbo-jiangbei-2020"


def test_jiangbei_wants_a_special_project_among_the_choices_or_a_reason() -> None:
    assert "四(一)3" in special_fault(JIANGBEI, {"compound_roads"}, " ")
    assert special_fault(JIANGBEI, {"compound_roads", "sponge_city"}, "") == ""
    assert special_fault(JIANGBEI, {"compound_roads"}, "片区内没有专项工程") == ""
    assert special_fault("anhui-2020", {"compound_roads"}, "") == ""


def test_every_special_project_stands_in_the_catalogue_of_its_document() -> None:
    for slug, special in SPECIAL_PROJECTS.items():
        pack = load_library().packs[slug]
        assert special.items <= {entry.item for entry in pack.catalogue}
        assert special.clause.section in {each.section for each in pack.sections}


def test_a_choice_departs_where_it_takes_the_unwished_or_leaves_the_wished() -> None:
    cells = {1: Cell(5, 0, 1, 0), 2: Cell(1, 0, 1, 4), 3: Cell(6, 0, 0, 0)}
    assert departures([1, 2], cells).keys() == {2, 3}
    assert departures([1, 3], cells) == {}
