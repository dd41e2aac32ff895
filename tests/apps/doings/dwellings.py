"""How each service of dwellings is done once."""

from collections import Counter
from collections.abc import Callable
from fractions import Fraction

from gongdi.apps.dwellings import merge_services
from gongdi.apps.dwellings import roll_services as rolls
from gongdi.apps.dwellings import services as dwellings
from gongdi.apps.dwellings.models import Building, Dwelling, DwellingImport, Owner, Ownership
from tests.support.dwellings import kept, uploaded
from tests.support.world import NOW, TODAY, World


def _dwelling(world: World) -> Dwelling:
    kept(world)
    return Dwelling.objects.select_related("compound", "building").order_by("pk")[0]


def _building(world: World) -> Building:
    return Building.objects.create(compound=world.compounds["梅堰新村"], name="9幢")


def _owner(world: World) -> Owner:
    kept(world)
    return Owner.objects.select_related("compound").order_by("pk")[0]


def _called_off(w: World) -> bool:
    roll = kept(w)
    rolls.undo_roll(roll=roll, why="传错文件", by=w.people["street_clerk"], now=NOW)
    Ownership.objects.filter(brought_by=roll).update(brought_by=None)
    return rolls.call_off_undo(roll=roll, now=NOW)


def _keeping(world: World) -> DwellingImport:
    return rolls.keep_roll(roll=uploaded(world), by=world.people["street_clerk"], now=NOW)


COLUMNS = {"floor": 1, "area": 6_000, "area_basis": "registered", "use": "residence"}
BUYER = dwellings.NewHolder("孙测试", Fraction(1), "", "13800000009")


def _merge(world: World) -> object:
    owner = _owner(world)
    other = Owner.objects.create(
        compound=owner.compound, name_sealed=owner.name_sealed, name_masked=owner.name_masked,
        name_digest=owner.name_digest,
    )  # fmt: skip
    return merge_services.merge_owner(
        owner=owner, other=other, why="核对了证件", by=world.people["street_clerk"], now=NOW
    )


DOINGS: dict[str, Callable[[World], object]] = {
    "dwellings.services.record_building": lambda w: dwellings.record_building(
        compound=w.compounds["梅堰新村"], name="9幢", columns={"floors": 6}, by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.services.add_dwelling": lambda w: dwellings.add_dwelling(
        building=_building(w), stairwell="", room="101", columns=COLUMNS, by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.services.correct_dwelling": lambda w: dwellings.correct_dwelling(
        dwelling=_dwelling(w), columns={"area": 6_100}, why="登记簿更正", by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.services.correct_owner": lambda w: dwellings.correct_owner(
        owner=_owner(w), told=dwellings.OwnerTold(phone="13800000008"), why="换了电话", by=w.people["street_clerk"],
        now=NOW,
    ),
    "dwellings.merge_services.merge_owner": _merge,
    "dwellings.services.end_dwelling": lambda w: dwellings.end_dwelling(
        dwelling=_dwelling(w), on=TODAY, why="拆除", by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.services.record_transfer": lambda w: dwellings.record_transfer(
        dwelling=_dwelling(w), holders=[BUYER], on=TODAY, basis="买卖", source="登记簿", by=w.people["street_clerk"],
        now=NOW,
    ),
    "dwellings.services.declare_complete": lambda w: dwellings.declare_complete(
        compound=_dwelling(w).compound, on=TODAY, by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.roll_services.note_stop": lambda w: rolls.note_stop(roll=_keeping(w), why="磁盘已满", now=NOW),
    "dwellings.services.reveal_owner": lambda w: dwellings.reveal_owner(
        owner=_owner(w), purpose="核对选票签名", by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.services.search_owner": lambda w: dwellings.search_owner(
        owners=Owner.objects.all(), words="李测试", purpose="核对选票签名", by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.roll_services.upload_roll": lambda w: uploaded(w),
    "dwellings.roll_services.finish_check": lambda w: rolls.finish_check(
        roll=DwellingImport.objects.create(
            file_name="清册.csv", digest="3" * 64, county=w.divisions["330205"], place="330205", as_of=TODAY,
            uploaded_at=NOW,
        ),
        problems=[], counts=Counter(), now=NOW,
    ),
    "dwellings.roll_services.keep_roll": _keeping,
    "dwellings.roll_services.write_part": lambda w: rolls.write_part(roll=_keeping(w), steps=[], through=0, now=NOW),
    "dwellings.roll_services.finish_writing": lambda w: rolls.finish_writing(roll=_keeping(w), now=NOW),
    "dwellings.roll_services.discard_roll": lambda w: rolls.discard_roll(
        roll=uploaded(w), by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.roll_services.undo_roll": lambda w: rolls.undo_roll(
        roll=kept(w), why="传错文件", by=w.people["street_clerk"], now=NOW
    ),
    "dwellings.roll_services.call_off_undo": _called_off,
    "dwellings.roll_services.take_back_part": lambda w: rolls.take_back_part(roll=kept(w), kind="产权", now=NOW),
    "dwellings.roll_services.finish_taking_back": lambda w: rolls.finish_taking_back(roll=kept(w), now=NOW),
}  # fmt: skip
