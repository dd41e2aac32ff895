"""No vote is fixed on a roll of dwellings that is half written or half taken back."""

from typing import Any

import pytest

from gongdi.apps.dwellings import roll_jobs, roll_services
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.services import freeze_roll
from tests.support import polls
from tests.support.dwellings import kept, uploaded
from tests.support.world import NOW, TODAY, World


def freeze(world: World, vote: Vote) -> Vote:
    return freeze_roll(vote=vote, on=TODAY, by=world.people["street_clerk"], now=NOW)


def test_a_vote_is_not_fixed_while_part_of_a_roll_is_written(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    vote = polls.drafted(world)
    monkeypatch.setattr(roll_jobs, "AT_ONCE", 1)
    write, seen = roll_services.write_part, []

    def between(**arguments: Any) -> None:
        write(**arguments)
        with pytest.raises(RefusedError, match="正在入库"):
            freeze(world, vote)
        seen.append(arguments["through"])

    more = [("7幢", "", str(number), "50", "钱测试", "", "13800000041", "", "", "") for number in (1, 2)]
    roll = roll_services.keep_roll(roll=uploaded(world, more), by=world.people["street_clerk"], now=NOW)
    monkeypatch.setattr(roll_services, "write_part", between)
    roll_jobs.write_roll(roll=roll, now=NOW, today=TODAY)
    assert seen == [1, 2]
    frozen = freeze(world, vote)
    assert frozen.units.filter(dwellings__in=Dwelling.objects.filter(brought_by=roll)).count() >= 1


def test_a_vote_is_not_fixed_while_a_roll_is_taken_back(world: World) -> None:
    vote = polls.drafted(world)
    roll = kept(world, [("7幢", "", "1", "50", "钱测试", "", "13800000041", "", "", "")])
    going = roll_services.undo_roll(roll=roll, why="传错文件", by=world.people["street_clerk"], now=NOW)
    with pytest.raises(RefusedError, match="撤销"):
        freeze(world, vote)
    roll_jobs.take_back_roll(roll=going, now=NOW)
    assert not freeze(world, vote).units.filter(rooms__contains="7幢").exists()
