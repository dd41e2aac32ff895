"""How each service of residents is done once."""

from collections.abc import Callable

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.residents import services as residents
from gongdi.apps.residents.models import DwellingBinding, ResidentSession
from tests.support import dwellings
from tests.support.residents import ADDRESS, PHONE, make_account
from tests.support.world import NOW, World


def _asked(world: World) -> DwellingBinding:
    return residents.ask_binding(
        account=make_account(),
        compound=world.compounds["梅堰新村"],
        building="3幢",
        room="301",
        relation="owner",
        now=NOW,
    )


def _leave(world: World) -> None:
    make_account()
    residents.leave(session=ResidentSession.objects.get(), now=NOW)


def _revoked(world: World) -> None:
    binding, worker = _asked(world), world.people["community_worker"]
    residents.confirm_binding(binding=binding, dwelling=None, by=worker, now=NOW)
    residents.revoke_binding(binding=binding, why="房屋已出售", by=worker, now=NOW)


def _linked(world: World) -> None:
    binding, worker = _asked(world), world.people["community_worker"]
    residents.confirm_binding(binding=binding, dwelling=None, by=worker, now=NOW)
    dwellings.kept(world)
    residents.link_binding(binding=binding, dwelling=Dwelling.objects.all()[0], by=worker, now=NOW)


DOINGS: dict[str, Callable[[World], object]] = {
    "residents.services.send_code": lambda w: residents.send_code(phone=PHONE, address=ADDRESS, now=NOW),
    "residents.services.drop_code": lambda w: residents.drop_code(
        sent=residents.send_code(phone=PHONE, address=ADDRESS, now=NOW)[0], now=NOW
    ),
    "residents.services.enter": lambda w: make_account(),
    "residents.services.leave": _leave,
    "residents.services.ask_binding": _asked,
    "residents.services.end_binding": lambda w: residents.end_binding(binding=_asked(w), now=NOW),
    "residents.services.confirm_binding": lambda w: residents.confirm_binding(
        binding=_asked(w), dwelling=None, by=w.people["community_worker"], now=NOW
    ),
    "residents.services.link_binding": _linked,
    "residents.services.revoke_binding": _revoked,
    "residents.services.return_binding": lambda w: residents.return_binding(
        binding=_asked(w), why="请带房产证", by=w.people["community_worker"], now=NOW
    ),
}  # fmt: skip
