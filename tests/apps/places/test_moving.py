import pytest

from gongdi.apps.audit.models import Event
from gongdi.apps.places import services
from gongdi.apps.places.models import Compound
from gongdi.apps.places.services import RefusedError
from gongdi.apps.places.stages import MOVES, Stage, find_move
from gongdi.web.columns import Cell, ColumnProvider
from tests.support.world import NOW, World

PAIRS = [(source, target) for source in Stage for target in Stage]


@pytest.mark.parametrize(("source", "target"), PAIRS)
def test_only_the_moves_of_the_table_are_made(world: World, source: Stage, target: Stage) -> None:
    row = world.compounds["梅堰新村"]
    Compound.objects.filter(pk=row.pk).update(stage=source)
    if find_move(source, target):
        services.move_compound(compound=row, target=target, why="理由", by=world.people["district_officer"], now=NOW)
    else:
        with pytest.raises(RefusedError, match="不能直接转为"):
            services.move_compound(
                compound=row, target=target, why="理由", by=world.people["district_officer"], now=NOW
            )
    row.refresh_from_db()
    assert row.stage == (target if find_move(source, target) else source)


@pytest.mark.parametrize("move", [move for move in MOVES if move.reason_needed], ids=lambda move: move.word)
def test_going_back_needs_a_reason(world: World, move: object) -> None:
    row = world.compounds["梅堰新村"]
    Compound.objects.filter(pk=row.pk).update(stage=move.source)  # type: ignore[attr-defined]
    with pytest.raises(RefusedError, match="理由"):
        services.move_compound(
            compound=row,
            target=move.target,  # type: ignore[attr-defined]
            why=" ",
            by=world.people["district_officer"],
            now=NOW,
        )


def test_the_event_tells_from_where_to_where(world: World) -> None:
    row = world.compounds["梅堰新村"]
    services.move_compound(compound=row, target="formed", why="已立项", by=world.people["district_officer"], now=NOW)
    event = Event.objects.filter(verb="places.move_compound").get()
    assert (event.before, event.after, event.why) == ({"stage": "谋划"}, {"stage": "生成"}, "已立项")


def test_the_board_moves_with_a_button_and_returns_to_where_it_was(world: World, signed_in: object) -> None:
    client = signed_in("district_officer")  # type: ignore[operator]
    pk = world.compounds["梅堰新村"].pk
    page = client.get("/pool/board/?place=330205004").content.decode()
    assert f'action="/compounds/{pk}/move/"' in page
    answer = client.post(f"/compounds/{pk}/move/", {"target": "formed", "back": "/pool/board/?place=330205004"})
    assert answer.headers["Location"] == "/pool/board/?place=330205004"


def test_those_who_may_not_move_see_no_button(world: World, signed_in: object) -> None:
    page = signed_in("street_clerk").get("/pool/board/").content.decode()  # type: ignore[operator]
    assert "梅堰新村" in page
    assert "/move/" not in page


def test_the_board_counts_each_stage(world: World, signed_in: object) -> None:
    lanes = signed_in("district_officer").get("/pool/board/").context["lanes"]  # type: ignore[operator]
    found = {lane.stage: (lane.count, lane.households) for lane, _ in lanes}
    assert found == {
        Stage.CONCEIVED: (1, 480),
        Stage.FORMED: (1, 480),
        Stage.UNDERWAY: (1, 1200),
        Stage.RESERVED: (1, None),
    }


@pytest.mark.parametrize(
    ("meaning", "asks"), [("out", True), ("undetermined", True), ("in", False), ("optional", False)]
)
def test_works_on_a_compound_that_is_not_in_need_a_reason(
    world: World, monkeypatch: pytest.MonkeyPatch, meaning: str, asks: bool
) -> None:
    row = world.compounds["梅堰新村"]
    Compound.objects.filter(pk=row.pk).update(stage=Stage.FORMED)
    told = Cell("不纳入" if meaning == "out" else "待定", meaning=meaning)
    monkeypatch.setattr(services.columns, "tables", {"register": {"outcome": provider(told)}})
    arguments = {"compound": row, "target": "underway", "by": world.people["district_officer"], "now": NOW}
    if asks:
        with pytest.raises(RefusedError, match="须写明理由"):
            services.move_compound(**arguments, why=" ")
    services.move_compound(**arguments, why="市级会议另有决定" if asks else "")
    row.refresh_from_db()
    assert row.stage == Stage.UNDERWAY


def provider(cell: Cell) -> ColumnProvider:
    return ColumnProvider("outcome", "纳入范围", 5, lambda ids: dict.fromkeys(ids, cell))
