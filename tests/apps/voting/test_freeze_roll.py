"""A frozen roll stands whatever changes afterwards."""

from datetime import timedelta

import pytest

from gongdi.apps.dwellings import roll_services
from gongdi.apps.dwellings.models import Dwelling, DwellingImport, Owner, Ownership
from gongdi.apps.dwellings.undoing import hindrance
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.models import PackInForce
from gongdi.apps.voting import services
from gongdi.apps.voting.freezing import developers_of
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.queries import counts_of, public_file
from gongdi.core.voting.rules import RULES
from gongdi.verifier import verify
from tests.support import polls
from tests.support.world import NOW, TODAY, World


def test_heads_and_area_are_those_of_the_cited_rules(world: World) -> None:
    vote = polls.frozen(world)
    # One owner of two flats, a pair of co-owners, a shop whose owner nobody knows: three heads.
    assert (vote.heads, vote.area) == (3, 6050 + 7525 + 8800 + 12000)
    assert [unit.votable for unit in vote.units.all()] == [True, True, False]
    assert vote.units.first().rooms == "1幢1单元101、1幢2单元101"


def test_a_dwelling_left_off_is_listed_with_the_reason(world: World) -> None:
    polls.drafted(world)
    Dwelling.objects.filter(room="102").update(use=Dwelling.Use.PARKING)
    vote = polls.frozen(world)
    assert [(str(row.dwelling), row.reason_words) for row in vote.left_off.all()] == [
        ("1幢1单元102", "车位、车库、储藏不计入")
    ]


def test_a_later_change_of_ownership_or_pack_changes_nothing(world: World) -> None:
    vote = polls.opened(world)
    before = (counts_of(vote), list(vote.roll_lines.values_list("line", flat=True)))
    Ownership.objects.all().update(until=TODAY)
    Dwelling.objects.all().update(area=1)
    PackInForce.objects.all().delete()
    fresh = Vote.objects.get(pk=vote.pk)
    assert (counts_of(fresh), list(fresh.roll_lines.values_list("line", flat=True))) == before


def test_a_vote_keeps_its_rule_when_the_rules_of_the_project_change(world: World, monkeypatch) -> None:
    vote = polls.opened(world)
    monkeypatch.setitem(RULES, "civil-code-2021-special", RULES["jiangbei-2020-wish"])
    matter = counts_of(Vote.objects.get(pk=vote.pk))[0].matter
    assert matter.rule.taking_part is not None
    assert matter.rule.clause.section == "民法典278"


def test_the_scope_of_a_stairwell_takes_its_dwellings_alone(world: World) -> None:
    building = Dwelling.objects.filter(compound=polls.drafted(world).compound).first().building
    vote = polls.frozen(world, scope="stairwell", building=building, stairwell="1单元")
    assert (vote.heads, vote.area) == (2, 6050 + 7525)


def test_nobody_known_is_refused(world: World) -> None:
    vote = polls.drafted(world)
    Ownership.objects.all().update(until=TODAY)
    with pytest.raises(RefusedError, match="没有已知业主"):
        services.freeze_roll(vote=vote, on=TODAY, by=world.people["street_clerk"], now=NOW)
    assert Vote.objects.get(pk=vote.pk).state == "draft"


def test_a_roll_is_frozen_once(world: World) -> None:
    vote = polls.frozen(world)
    with pytest.raises(RefusedError, match="名册已固定"):
        services.freeze_roll(vote=vote, on=TODAY, by=world.people["street_clerk"], now=NOW)


def test_a_roll_of_dwellings_on_which_a_vote_rests_cannot_be_undone(world: World) -> None:
    vote = polls.drafted(world)
    roll = DwellingImport.objects.get()
    assert hindrance(roll) == ""
    services.freeze_roll(vote=vote, on=TODAY, by=world.people["street_clerk"], now=NOW)
    assert "名册已按这份清册固定" in hindrance(roll)
    with pytest.raises(Exception, match="固定"):
        roll_services.undo_roll(roll=roll, why="试撤销", by=world.people["street_clerk"], now=NOW + timedelta(1))


def test_each_developer_is_one_head_whatever_it_is_called_in_how_many_rows(world: World) -> None:
    vote = polls.drafted(world)
    compound = vote.compound
    rows = [("甲开发", "A1"), ("甲开发", ""), ("乙开发", "B1")]
    for name, number in rows:
        Owner.objects.create(
            compound=compound, kind=Owner.Kind.DEVELOPER, name_digest=name, name_masked=name, number_digest=number
        )
    assert sorted(developers_of(compound).values()) == ["A1", "A1", "B1"]


def test_rooms_stand_in_the_public_roll_only_where_the_freezing_says_so(world: World) -> None:
    Dwelling.objects.filter(compound=polls.drafted(world).compound, room="102").update(room='102"甲')
    plain = polls.frozen(world)
    assert "幢" not in "".join(plain.roll_lines.values_list("line", flat=True))
    told = services.freeze_roll(
        vote=polls.drafted(world), on=TODAY, publish_rooms=True, by=world.people["street_clerk"], now=NOW
    )
    assert "1幢1单元102甲" in "".join(told.roll_lines.values_list("line", flat=True))
    vote = services.open_vote(vote=told, by=world.people["street_clerk"], now=NOW)
    polls.cast(world, vote)
    vote = services.close_vote(vote=vote, by=world.people["street_clerk"], now=polls.AFTER)
    found = verify.Vote("\n".join(public_file(vote)).encode())
    found.check()
    assert found.faults == []


def test_the_way_heads_are_counted_is_chosen_with_the_draft_and_bound_into_the_log(world: World) -> None:
    vote = polls.opened(world, heads_rule="each_dwelling")
    assert vote.heads == 4
    assert '"one_head_an_owner":false' in vote.log.get(seq=0).line
