"""A resident asks for a dwelling, the community worker of the place confirms or returns it, nobody else."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from gongdi.apps.audit.models import Event
from gongdi.apps.dwellings.models import Building, Dwelling
from gongdi.apps.residents import access, services
from gongdi.apps.residents.models import DwellingBinding, ResidentSession
from gongdi.apps.residents.queries import candidates
from gongdi.web import clock
from tests.support.residents import entered
from tests.support.world import World

ASKED = {"compound_name": "梅堰新村", "building": "3号楼", "room": "2单元301", "relation": "owner"}


@pytest.fixture
def resident(world: World) -> Client:
    return entered()


@pytest.fixture
def dwelling(world: World) -> Dwelling:
    building = Building.objects.create(compound=world.compounds["梅堰新村"], name="3幢")
    rows = [
        Dwelling(compound=building.compound, building=building, stairwell=stair, room=room, area=6_000)
        for stair, room in (("1单元", "301"), ("2单元", "301"), ("2单元", "302"))
    ]
    return Dwelling.objects.bulk_create(rows)[1]


def test_asked_confirmed_and_seen(
    resident: Client, dwelling: Dwelling, signed_in: Callable[[str], Client], world: World
) -> None:
    assert resident.post("/my/dwellings/add/", ASKED).status_code == 302
    assert "待社区确认" in resident.get("/my/").content.decode()
    worker, made = signed_in("community_worker"), DwellingBinding.objects.get()
    assert "确认居民房屋绑定" in worker.get("/").content.decode()
    page = worker.get(f"/bindings/{made.pk}/confirm/").content.decode()
    assert f'value="{dwelling.pk}" selected' in page
    assert worker.post(f"/bindings/{made.pk}/confirm/", {"dwelling": ""}).status_code == 422
    assert worker.post(f"/bindings/{made.pk}/confirm/", {"dwelling": dwelling.pk}).status_code == 302
    made.refresh_from_db()
    assert (made.state, made.dwelling, made.decided_by) == ("confirmed", dwelling, world.people["community_worker"])
    assert "已确认" in resident.get("/my/").content.decode()
    event = Event.objects.get(verb="residents.confirm_binding")
    assert (event.post, event.place) == ("繁景社区 社区工作者", made.compound.place)


def test_returned_with_the_reason_that_the_resident_reads(resident: Client, signed_in: Callable[[str], Client]) -> None:
    resident.post("/my/dwellings/add/", ASKED)
    made, worker = DwellingBinding.objects.get(), signed_in("community_worker")
    assert worker.post(f"/bindings/{made.pk}/return/", {"why": ""}).status_code == 422
    assert worker.post(f"/bindings/{made.pk}/return/", {"why": "请带房产证到居委会"}).status_code == 302
    assert "请带房产证到居委会" in resident.get("/my/").content.decode()
    assert worker.post(f"/bindings/{made.pk}/confirm/", {"dwelling": ""}).status_code == 422
    assert resident.post("/my/dwellings/add/", ASKED).status_code == 302, "it may be asked for anew"


def test_the_building_is_found_under_its_other_names(resident: Client, dwelling: Dwelling) -> None:
    resident.post("/my/dwellings/add/", ASKED)
    found = candidates(DwellingBinding.objects.get())
    assert [(str(row.room), fits) for row, fits in found if row.pk == dwelling.pk] == [("301", True)]
    assert len(found) == 3


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"compound_name": "无此小区"}, "没有这个名称的小区"),
        ({"building": ""}, "楼栋"),
        ({"room": ""}, "单元和房号"),
        ({"relation": "king"}, "您是"),
    ],
)
def test_what_does_not_fit_is_told_and_nothing_is_kept(resident: Client, change: dict[str, str], why: str) -> None:
    answer = resident.post("/my/dwellings/add/", {**ASKED, **change})
    assert answer.status_code == 422
    assert why in answer.content.decode()
    assert not DwellingBinding.objects.exists()


def test_the_same_dwelling_is_asked_for_once(resident: Client) -> None:
    resident.post("/my/dwellings/add/", ASKED)
    answer = resident.post("/my/dwellings/add/", ASKED)
    assert answer.status_code == 422
    assert "已申请过" in answer.content.decode()


def test_residents_see_and_end_only_their_own(resident: Client, world: World) -> None:
    resident.post("/my/dwellings/add/", ASKED)
    made = DwellingBinding.objects.get()
    other = entered("13900001234")
    assert "梅堰新村" not in other.get("/my/").content.decode()
    assert other.post(f"/my/dwellings/{made.pk}/end/").status_code == 404
    assert resident.post(f"/my/dwellings/{made.pk}/end/").status_code == 302
    made.refresh_from_db()
    assert made.state == "ended"
    assert resident.post(f"/my/dwellings/{made.pk}/end/").status_code == 404


def test_staff_and_residents_are_apart(resident: Client, signed_in: Callable[[str], Client]) -> None:
    for path in ("/", "/pool/board/", "/bindings/", "/people/", "/audit/", "/account/"):
        assert resident.get(path).headers["Location"].startswith("/sign-in/")
    assert signed_in("community_worker").get("/my/").headers["Location"] == "/my/code/"
    assert resident.cookies[access.COOKIE]["path"] == "/my/"
    assert resident.cookies[access.COOKIE]["httponly"]


@pytest.mark.parametrize(("idle", "age", "counts"), [(29, 60, True), (31, 60, False), (1, 481, False)])
def test_a_session_rests_and_ends(resident: Client, idle: int, age: int, counts: bool) -> None:
    now = clock.now()
    ResidentSession.objects.update(seen_at=now - timedelta(minutes=idle), started_at=now - timedelta(minutes=age))
    assert (resident.get("/my/").status_code == 200) is counts


def test_leaving_ends_the_session_for_good(resident: Client) -> None:
    token = resident.cookies[access.COOKIE].value
    resident.post("/my/leave/")
    again = Client()
    again.cookies[access.COOKIE] = token
    assert again.get("/my/").status_code == 302


def test_large_type_is_kept_in_a_cookie(resident: Client) -> None:
    assert "g-large" not in resident.get("/my/").content.decode()
    resident.post("/my/type/", {"large": "1", "next": "/my/"})
    assert "g-large" in resident.get("/my/").content.decode()
    assert resident.post("/my/type/", {"large": "0", "next": "https://example.com/"}).headers["Location"] == "/my/"
    assert "g-large" not in resident.get("/my/").content.decode()


def test_two_workers_do_not_decide_twice(resident: Client, world: World) -> None:
    resident.post("/my/dwellings/add/", ASKED)
    first, second = DwellingBinding.objects.get(), DwellingBinding.objects.get()
    worker = world.people["community_worker"]
    services.return_binding(binding=first, why="缺材料", by=worker, now=clock.now())
    with pytest.raises(services.RefusedError, match="不能再办理"):
        services.confirm_binding(binding=second, dwelling=None, by=worker, now=clock.now())
    assert DwellingBinding.objects.get().state == "returned"
