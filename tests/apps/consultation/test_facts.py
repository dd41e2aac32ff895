"""What a round tells the decisions: coverage exactly, the will as judged, the application as filed."""

import pytest

from gongdi.apps.consultation import content_services, queries, services
from gongdi.apps.dwellings.services import declare_complete
from gongdi.apps.places.facts import facts_of, known_of
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.deciding import answer_for
from gongdi.apps.policy.models import PackInForce
from gongdi.apps.policy.packs import governing
from tests.support import rounds
from tests.support.rounds import LATER
from tests.support.world import NOW, TODAY, World


def test_a_running_round_tells_what_it_has_reached_and_a_draft_tells_nothing(world: World) -> None:
    compound = world.compounds["梅堰新村"]
    rounds.drafted(world)
    assert "households_consulted" not in facts_of(compound)
    asked = rounds.opened(world)
    rounds.answered(world, asked)
    known = known_of(compound)["households_consulted"]
    assert known.value == 1
    assert "征询中，共 3 户" in known.source


def test_the_coverage_gate_of_anqing_reads_the_round(world: World) -> None:
    PackInForce.objects.update(pack="anhui-anqing-2022")
    compound = world.compounds["梅堰新村"]
    asked = rounds.opened(world)
    declare_complete(compound=compound, on=TODAY, by=world.people["street_clerk"], now=NOW)
    ground = governing(compound.place)
    assert ground is not None
    for number in range(2):
        rounds.answered(world, asked, rounds.a_household(asked, number))
    short = answer_for(compound, "consultation_gate", ground)
    assert (short.outcome, short.values["households_needed"]) == ("fail", 3)
    rounds.answered(world, asked, rounds.a_household(asked, 2))
    covered = answer_for(compound, "consultation_gate", ground)
    # Coverage is met; that is no consent, and the other two conditions are still to be told.
    assert covered.outcome == "undetermined"
    assert set(covered.missing) == {"owners_assembly_started", "management_mode_agreed"}


def test_the_will_is_a_fact_only_once_a_person_judged_it(world: World) -> None:
    compound, asked = world.compounds["梅堰新村"], rounds.closed(world)
    assert "resident_will_strong" not in facts_of(compound)
    judged = {"resident_will_strong": True, "residents_active": False}
    services.judge_will(
        round=asked, judged=judged, why="答复的都想要", today=TODAY, by=world.people["street_clerk"], now=LATER
    )
    facts = facts_of(compound)
    assert (facts["resident_will_strong"], facts["residents_active"]) == (True, False)
    with pytest.raises(RefusedError, match="只能认定"):
        services.judge_will(
            round=asked, judged={"gas_risk_found": True}, why="x", today=TODAY, by=world.people["street_clerk"],
            now=LATER,
        )  # fmt: skip


def test_an_application_is_a_fact_once_it_is_filed(world: World) -> None:
    made = rounds.fixed(world)
    assert "written_application" not in facts_of(made.compound)
    filed = {
        "filed_on": TODAY, "applicant": "业主委员会", "receiver": "文教街道办事处", "today": TODAY,
        "by": world.people["street_clerk"], "now": LATER,
    }  # fmt: skip
    content_services.file_application(content_list=made, **filed)
    assert facts_of(made.compound)["written_application"] is True
    with pytest.raises(RefusedError, match="已在"):
        content_services.file_application(content_list=made, **filed)


def test_a_list_that_departs_from_the_wishes_needs_a_reason_and_the_latest_is_in_force(world: World) -> None:
    first = rounds.fixed(world)
    asked, by = first.round, world.people["street_clerk"]
    with pytest.raises(RefusedError, match="写明原因"):
        content_services.fix_content_list(round=asked, chosen=[1, 2], reasons={}, by=by, now=LATER)
    with pytest.raises(RefusedError, match="至少列入一项"):
        content_services.fix_content_list(round=asked, chosen=[], reasons={}, by=by, now=LATER)
    second = content_services.fix_content_list(
        round=asked, chosen=[1, 2], reasons={2: "消防要求，必须做"}, by=by, now=LATER
    )
    assert queries.content_list(first.compound) == second
    assert queries.superseded(first)
    with pytest.raises(RefusedError, match="新的清单上登记"):
        content_services.file_application(
            content_list=first, filed_on=TODAY, applicant="业主委员会", receiver="街道办", today=TODAY, by=by, now=LATER
        )
    assert not queries.superseded(second)
    assert {line.menu_item.number: line.reason for line in second.lines.all()} == {1: "", 2: "消防要求，必须做", 3: ""}
