"""Rosters come in whole or not at all, and a second time change nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.models import Event
from gongdi.apps.places import roster_services
from gongdi.apps.places.models import Compound, CompoundFact, RosterImport
from gongdi.apps.places.roster_services import RosterRefusedError
from gongdi.exchange.roster import read_roster
from tests.support.world import NOW, World

HEAD = "小区名称,街道,社区,建成年份,户数,建筑面积(平方米)\n"
GOOD = (
    HEAD
    + "梅堰新村,文教街道,繁景社区,1996,500,36000\n"
    + "新丰小区,文教街道,繁景社区,1988,120,9800.5\n"
    + "浮石里,外滩街道,,1985,60,\n"
)


def keep(text: str, by: User, digest: str = "a" * 64, days: int = 0) -> RosterImport:
    reading = read_roster(text.encode(), now_year=2027, name="名单.csv")
    return roster_services.import_roster(
        reading=reading, file_name="名单.csv", digest=digest, by=by, now=NOW + timedelta(days=days)
    )


def state() -> tuple[list[object], list[object]]:
    compounds = Compound.objects.order_by("pk").values_list("name", "place", "households", "area", "changed_at")
    facts = CompoundFact.objects.order_by("pk").values_list("compound__name", "name", "value")
    return list(compounds), list(facts)


@pytest.fixture
def officer(world: World) -> User:
    return world.people["district_officer"]


def test_a_roster_adds_what_is_new_and_changes_what_differs(officer: User) -> None:
    counts = keep(GOOD, officer).counts
    assert (counts["created"], counts["changed"], counts["unchanged"]) == (2, 1, 0)
    known = Compound.objects.get(name="梅堰新村")
    assert (known.households, known.area) == (500, 3_600_000)
    new = Compound.objects.get(name="新丰小区")
    assert (new.place, new.area, new.initials) == ("330205004004", 980_050, "xfxq")
    fact = CompoundFact.objects.get(compound=new, name="completed_year")
    assert (fact.value, fact.sureness) == (1988, "read")
    assert "名单.csv" in fact.source


def test_the_same_file_again_changes_nothing(officer: User) -> None:
    keep(GOOD, officer)
    before = state()
    keep(GOOD, officer, days=1)
    assert state() == before
    assert RosterImport.objects.count() == 1


def test_the_same_rows_in_another_file_change_nothing(officer: User) -> None:
    keep(GOOD, officer)
    before = state()
    counts = keep(GOOD, officer, digest="b" * 64, days=1).counts
    assert (counts["created"], counts["changed"], counts["unchanged"]) == (0, 0, 3)
    assert state() == before


@pytest.mark.parametrize(
    ("rows", "why"),
    [
        ("新丰小区,文教街道,,1988,120,\n东柳新村,东柳街道,,1988,-12,\n", "不能是负数"),
    ],
)
def test_one_fault_keeps_everything_out(officer: User, rows: str, why: str) -> None:
    before, events = state(), Event.objects.count()
    with pytest.raises(RosterRefusedError, match=why):
        keep(HEAD + "好小区,文教街道,,1990,10,\n" + rows, officer)
    assert state() == before
    assert (RosterImport.objects.count(), Event.objects.count()) == (0, events)


def test_a_row_of_another_district_is_refused_with_its_cell(officer: User) -> None:
    with pytest.raises(RosterRefusedError) as refused:
        keep("小区名称,区县,户数\n月季小区,鄞州区,282\n", officer)
    (problem,) = refused.value.problems
    assert (problem.cell, problem.value) == ("B2", "鄞州区")
    assert "不属于江北区" in problem.why
    assert problem.remedy


def test_a_clerk_cannot_import_into_another_street(world: World) -> None:
    with pytest.raises(RosterRefusedError, match="不在您的管辖范围"):
        keep(GOOD, world.people["street_clerk"])


def test_a_clerk_whose_roster_names_no_street_imports_into_their_own(world: World) -> None:
    keep("小区名称,户数\n新丰小区,120\n", world.people["street_clerk"])
    assert Compound.objects.get(name="新丰小区").place == "330205004"


def test_a_clerk_cannot_change_a_compound_of_another_street_by_its_name(world: World) -> None:
    keep("小区名称,户数\n星桥公寓,1\n", world.people["street_clerk"])
    assert Compound.objects.get(name="星桥公寓", place="330205001007").households is None


def test_a_name_borne_by_two_compounds_asks_for_the_street(world: World, officer: User) -> None:
    keep("小区名称,街道,户数\n梅堰新村,外滩街道,7\n", officer, digest="c" * 64)
    with pytest.raises(RosterRefusedError, match="2 个名为“梅堰新村”"):
        keep("小区名称,户数\n梅堰新村,8\n", officer)


def test_the_same_row_twice_counts_once(officer: User) -> None:
    counts = keep("小区名称,户数\n新丰小区,120\n新丰小区,120\n", officer).counts
    assert (counts["created"], counts["repeated"]) == (1, 1)


def test_an_unknown_street_is_a_warning_and_the_compound_stands_in_the_county(officer: User) -> None:
    keep("小区名称,街道,户数\n新丰小区,不存在街道,120\n", officer)
    assert Compound.objects.get(name="新丰小区").place == "330205"


def upload(client: Client, text: bytes, name: str = "名单.csv") -> RosterImport:
    answer = client.post("/rosters/", {"file": SimpleUploadedFile(name, text)})
    assert answer.status_code == 302, answer.content.decode()
    return RosterImport.objects.get(pk=int(answer.headers["Location"].rstrip("/").rsplit("/", 1)[1]))


@pytest.fixture
def client(signed_in: object) -> Client:
    found = signed_in("district_officer")  # type: ignore[operator]
    assert isinstance(found, Client)
    return found


def test_an_upload_is_shown_before_it_is_kept(client: Client) -> None:
    before = state()
    roster = upload(client, GOOD.encode())
    page = client.get(f"/rosters/{roster.pk}/").content.decode()
    assert state() == before
    for words in ("新丰小区", "480 → 500", "9,800.50", "建成年份：1988年", "确认入库", "繁景社区"):
        assert words in page
    assert "确认名单“名单.csv”" in client.get("/").content.decode()
    assert "名单.csv" in client.get("/rosters/").content.decode()
    kept = client.post(f"/rosters/{roster.pk}/keep/")
    assert kept.headers["Location"] == f"/rosters/{roster.pk}/"
    roster.refresh_from_db()
    assert (roster.state, roster.counts["created"]) == ("kept", 2)
    assert "确认名单" not in client.get("/").content.decode()


def test_a_faulty_upload_names_cell_reason_and_remedy_and_offers_no_button(client: Client) -> None:
    roster = upload(client, "小区名称,区县,户数\n月季小区,鄞州区,282\n".encode())
    page = client.get(f"/rosters/{roster.pk}/").content.decode()
    for words in ("B2", "不属于江北区", "请从名单中移出这一行"):
        assert words in page
    assert "确认入库" not in page
    before = state()
    client.post(f"/rosters/{roster.pk}/keep/")
    assert state() == before
    roster.refresh_from_db()
    assert roster.state == "waiting"


@pytest.mark.parametrize("content", [b"\x00\x01\x02 nothing", "户数,年份\n12,1990\n".encode(), b""])
def test_a_file_that_is_no_roster_is_told_at_once_and_waits_for_nobody(content: bytes, client: Client) -> None:
    answer = client.post("/rosters/", {"file": SimpleUploadedFile("名单.xlsx", content)})
    assert answer.status_code == 422
    assert 'class="g-error"' in answer.content.decode() or "g-field-bad" in answer.content.decode()
    assert not RosterImport.objects.exists()
    assert "确认名单" not in client.get("/").content.decode()


def test_a_file_of_another_kind_is_refused_at_once(client: Client) -> None:
    answer = client.post("/rosters/", {"file": SimpleUploadedFile("名单.pdf", b"%PDF")})
    assert answer.status_code == 422
    assert "只能读取 xlsx、xls 和 csv" in answer.content.decode()


def test_a_discarded_roster_cannot_be_kept_or_discarded_again(client: Client) -> None:
    roster = upload(client, GOOD.encode())
    client.post(f"/rosters/{roster.pk}/discard/")
    before = state()
    client.post(f"/rosters/{roster.pk}/keep/")
    client.post(f"/rosters/{roster.pk}/discard/")
    assert state() == before
    roster.refresh_from_db()
    assert roster.state == "discarded"
