import io
from decimal import Decimal

import openpyxl
import pytest
from django.test import Client

from gongdi.apps.places import services
from gongdi.apps.places.models import Compound, SavedView
from gongdi.web.columns import Cell, ColumnProvider, columns
from tests.support.world import NOW, World, fact


@pytest.fixture
def client(signed_in: object) -> Client:
    found = signed_in("district_officer")  # type: ignore[operator]
    assert isinstance(found, Client)
    return found


def names(client: Client, query: str = "") -> list[str]:
    return [line.compound.name for line in client.get(f"/pool/register/?{query}").context["lines"]]


ALL = {"梅堰新村", "翠柏花园", "星桥公寓", "青禾小区"}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ALL),
        ("q=翠柏", {"翠柏花园"}),
        ("q=meiyan", {"梅堰新村"}),
        ("q=myxc", {"梅堰新村"}),
        ("q=MeiYan", {"梅堰新村"}),
        ("q=qh", {"青禾小区"}),
        ("q=没有这个", set()),
        ("place=330205004", {"梅堰新村", "翠柏花园", "青禾小区"}),
        ("place=330205004004", {"梅堰新村", "青禾小区"}),
        ("place=330212", set()),
        ("stage=formed", {"翠柏花园"}),
        ("nature=made_up", {"梅堰新村"}),
        ("nature=real", ALL - {"梅堰新村"}),
        ("missing=1", ALL - {"梅堰新村"}),
        ("missing=1&place=330205001", {"星桥公寓"}),
        ("stage=nonsense&place=x' or 1=1&sort=password&column=zzz", ALL),
    ],
)
def test_filters_and_search_find(client: Client, query: str, expected: set[str]) -> None:
    assert set(names(client, query)) == expected


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["翠柏花园", "梅堰新村", "青禾小区", "星桥公寓"]),
        ("-name", ["星桥公寓", "青禾小区", "梅堰新村", "翠柏花园"]),
        ("-households", ["青禾小区", "翠柏花园", "梅堰新村", "星桥公寓"]),
        ("households", ["翠柏花园", "梅堰新村", "青禾小区", "星桥公寓"]),
        ("-area", ["翠柏花园", "梅堰新村", "青禾小区", "星桥公寓"]),
    ],
)
def test_sorting_puts_unknown_figures_last(client: Client, sort: str, expected: list[str]) -> None:
    assert names(client, f"sort={sort}") == expected


def test_chips_take_off_one_filter_and_keep_the_others(client: Client) -> None:
    chips = client.get("/pool/register/?q=my&stage=conceived").context["chips"]
    assert [(chip.text, chip.without) for chip in chips] == [
        ("搜索：my", "stage=conceived"),
        ("阶段：谋划", "q=my"),
    ]


def test_the_foot_sums_all_pages_exactly(client: Client, world: World) -> None:
    county = world.divisions["330205"]
    news = [services.NewCompound(f"第{n}小区", county, columns={"households": n, "area": 101}) for n in range(1, 101)]
    services.add_compounds(compounds=news, by=None, now=NOW, why="测试")
    context = client.get("/pool/register/?q=第&column=households&column=area&page=2").context
    assert (context["count"], len(context["lines"])) == (100, 50)
    assert context["foot"] == ["5,050", "0.01"]


def test_the_export_holds_exactly_what_the_address_asks_for_on_all_pages(client: Client, world: World) -> None:
    answer = client.get("/pool/register/export/?place=330205004&column=street&column=households&column=area&sort=name")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content), data_only=True).active
    assert sheet is not None
    rows = [row for row in sheet.iter_rows(values_only=True)]
    assert "区划：文教街道" in str(rows[1][0])
    assert rows[2:6] == [
        ("小区名称", "街道", "户数（户）", "建筑面积（平方米）", "数据性质"),
        ("翠柏花园", "文教街道", 480, 36000, "公开或填报"),
        ("梅堰新村", "文教街道", 480, 36000, "虚构"),
        ("青禾小区", "文教街道", 1200, 36000, "公开或填报"),
    ]
    assert rows[6][:4] == ("合计", "", 2160, 108000)
    assert len(rows) == 7
    assert "filename*=UTF-8''%E5%B0%8F" in answer.headers["Content-Disposition"]


def test_an_exported_text_is_never_a_formula(client: Client, world: World) -> None:
    news = [services.NewCompound("=1+1", world.divisions["330205"], columns={"address": "@SUM(A1)"})]
    services.add_compounds(compounds=news, by=None, now=NOW, why="测试")
    answer = client.get("/pool/register/export/?q=1%2B1&column=address")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert sheet is not None
    assert [(cell.value, cell.data_type) for cell in sheet[4]][:2] == [("=1+1", "s"), ("@SUM(A1)", "s")]


def test_a_view_is_saved_for_its_owner_alone_and_deleted(client: Client, world: World, signed_in: object) -> None:
    client.post("/pool/register/views/save/", {"name": "文教街道", "query": "place=330205004"})
    view = SavedView.objects.get()
    assert view.owner == world.people["district_officer"]
    assert list(client.get("/pool/register/").context["saved"]) == [view]
    other = signed_in("street_clerk")  # type: ignore[operator]
    assert list(other.get("/pool/register/").context["saved"]) == []
    assert other.post(f"/pool/register/views/{view.pk}/delete/").status_code == 404
    client.post(f"/pool/register/views/{view.pk}/delete/")
    assert not SavedView.objects.exists()


def test_the_year_comes_from_the_best_known_fact(client: Client, world: World) -> None:
    for name, value in (("completed_year", 1990), ("delivered_on", "1991-05-01")):
        services.record_fact(
            compound=world.compounds["翠柏花园"], fact=fact(name, value), by=world.people["street_clerk"], now=NOW
        )
    lines = client.get("/pool/register/?q=翠柏&column=age").context["lines"]
    assert [(cell.text, cell.title) for cell in lines[0].cells] == [("1991", "1991-05-01")]


def test_htmx_gets_the_table_alone_at_the_same_address(client: Client) -> None:
    part = client.get("/pool/register/?q=my", headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith('<div id="register">')
    assert "<html" not in part


def test_a_later_app_adds_a_column_with_filter_sort_and_colour(
    client: Client, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = world.compounds["青禾小区"].pk
    provider = ColumnProvider(
        "outcome",
        "是否纳入",
        60,
        cells=lambda ids: {pk: Cell("纳入", "纳入", "in") for pk in ids if pk == chosen},
        filters=(("in", "纳入"),),
        keep=lambda rows, value: rows.filter(pk=chosen) if value == "in" else rows,
        sort="households",
    )
    monkeypatch.setitem(columns.tables["register"], "outcome", provider)
    page = client.get("/pool/register/?outcome=in&column=outcome&sort=-outcome")
    assert [line.compound.pk for line in page.context["lines"]] == [chosen]
    assert "g-mark-in" in page.content.decode()
    assert [chip.text for chip in page.context["chips"]] == ["是否纳入：纳入"]
    dots = client.get("/pool/map/").context["dots"]
    assert dots["dots"] == []
    Compound.objects.filter(pk=chosen).update(longitude=Decimal("121.5"), latitude=Decimal("29.9"))
    dots = client.get("/pool/map/").context["dots"]
    ((_, name, latitude, longitude, _, _, mark, _),) = dots["dots"]
    assert (name, latitude, longitude, dots["marks"][mark]) == ("青禾小区", 29.9, 121.5, ("in", "纳入"))
    assert "g-mark-in" in client.get("/pool/board/").content.decode()
