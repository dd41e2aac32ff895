"""An annual plan from the database: made, kept, shown, exported."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongdi.apps.places.services import move_compound
from gongdi.apps.planning.models import AnnualPlanRecord, Budget
from tests.support.plans import MONEY, make_budget, make_stored_plan
from tests.support.world import COUNTY, NOW, World

CSV = "资金名称,可用类别,适用区县,可结转,2028年（万元）,2029年（万元）\n市级资金,全部,,是,120,50\n"


def test_the_plan_takes_the_admitted_and_names_what_the_others_lack(world: World) -> None:
    document = make_stored_plan(world).document
    outcomes = {row["name"]: row["outcome"] for row in document["compounds"]}
    assert outcomes["梅堰新村"] == "in"
    assert outcomes["翠柏花园"] == "undetermined"
    assert [row["id"] for row in document["firm"]["best"]["chosen"]] == [str(world.compounds["梅堰新村"].pk)]
    lacking = next(row for row in document["compounds"] if row["name"] == "翠柏花园")
    assert "建成交付日期" in lacking["missing"]


def test_compounds_under_way_and_of_other_counties_are_not_planned(world: World) -> None:
    names = {row["name"] for row in make_stored_plan(world).document["compounds"]}
    assert "青禾小区" not in names
    assert "月季小区" not in names


def test_payments_are_whole_and_stay_inside_the_budget(world: World) -> None:
    document = make_stored_plan(world).document
    paid = sum(row["yuan"] for row in document["firm"]["best"]["payments"])
    assert paid == 1_500_000
    assert paid <= sum(sum(fund["budget"]) for fund in document["money"]["funds"])


def test_a_plan_is_made_from_the_page_and_stays_as_it_was_made(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    make_budget(world)
    officer = signed_in("district_officer")
    answer = officer.post(reverse("planning:make_plan", args=[COUNTY]), {"title": "年度计划"})
    plan = AnnualPlanRecord.objects.get()
    assert answer.status_code == 302
    assert answer.headers["Location"] == reverse("planning:see_plan", args=[plan.pk])
    by = world.people["district_officer"]
    move_compound(compound=world.compounds["梅堰新村"], target="formed", why="", by=by, now=NOW)
    page = officer.get(reverse("planning:see_plan", args=[plan.pk])).content.decode()
    assert "梅堰新村" in page
    assert "按序填满" in page
    assert "优选" in page


def test_without_money_no_plan_is_made_and_the_page_says_what_to_do(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    answer = signed_in("district_officer").post(reverse("planning:make_plan", args=[COUNTY]), {"title": "年度计划"})
    assert answer.status_code == 422
    assert "上传资金表" in answer.content.decode()
    assert not AnnualPlanRecord.objects.exists()


def test_a_table_of_funds_is_read_and_kept(world: World, signed_in: Callable[[str], Client]) -> None:
    file = SimpleUploadedFile("资金.csv", CSV.encode())
    address = reverse("planning:set_budget", args=[COUNTY])
    assert signed_in("district_officer").post(address, {"title": "资金", "file": file}).status_code == 302
    assert Budget.objects.get().money["funds"][0]["budget"] == [1_200_000, 500_000]


def test_a_faulty_table_of_funds_is_refused_whole(world: World, signed_in: Callable[[str], Client]) -> None:
    file = SimpleUploadedFile("资金.csv", CSV.replace("120", "负一百").encode())
    answer = signed_in("district_officer").post(
        reverse("planning:set_budget", args=[COUNTY]), {"title": "资金", "file": file}
    )
    assert answer.status_code == 422
    assert "负一百" in answer.content.decode()
    assert not Budget.objects.exists()


def test_the_workbook_holds_both_ways_and_sums_that_are_formulas(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    plan = make_stored_plan(world)
    answer = signed_in("district_officer").get(reverse("planning:export_plan", args=[plan.pk]))
    data = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    book = load_workbook(BytesIO(data))
    assert {"优选计划", "按序填满", "未列入", "资金安排", "评分", "判定", "摸底清单"} <= set(book.sheetnames)
    cells = [cell.value for row in book["优选计划"].iter_rows() for cell in row]
    assert "梅堰新村" in cells
    assert any(isinstance(value, str) and value.startswith("=") for value in cells)


def test_moving_a_weight_shows_who_moves(world: World, signed_in: Callable[[str], Client]) -> None:
    plan = make_stored_plan(world)
    address = reverse("planning:see_scores", args=[plan.pk])
    page = signed_in("district_officer").get(address, {"criterion": "age", "weight": "0"}).content.decode()
    assert "由 15.00 改为 0" in page


def test_the_trial_is_shown_apart_and_said_to_be_one(world: World, signed_in: Callable[[str], Client]) -> None:
    plan = make_stored_plan(world)
    answer = signed_in("district_officer").get(reverse("planning:see_plan", args=[plan.pk]), {"with": "undetermined"})
    assert "不能列入正式计划" in answer.content.decode() if plan.document["trial"] else answer.status_code == 404


@pytest.mark.parametrize("place", ["330205zzz", "330205中", "330205001"])
@pytest.mark.parametrize("verb", ["make_plan", "set_budget"])
def test_what_is_no_county_has_no_plan(world: World, signed_in: Callable[[str], Client], place: str, verb: str) -> None:
    address = reverse(f"planning:{verb}", args=[place])
    assert signed_in("district_officer").get(address).status_code == 404


@pytest.mark.parametrize("asked", ["1e999999999", "-1", "1001", "9" * 5000, "1/0", "nan", ""])
def test_a_weight_that_makes_no_sense_is_the_usual_one(
    world: World, signed_in: Callable[[str], Client], asked: str
) -> None:
    address = reverse("planning:see_scores", args=[make_stored_plan(world).pk])
    answer = signed_in("district_officer").get(address, {"criterion": "age", "weight": asked})
    assert answer.status_code == 200
    assert answer.context["weight"] == "15.00"


def test_money_kept_to_counties_names_them_and_shows_a_code_alone_where_nobody_bears_it(
    world: World, django_assert_max_num_queries
) -> None:
    funds = [{**MONEY["funds"][0], "counties": codes} for codes in ([COUNTY, "330212"], ["990000"], None)]
    text = render_to_string("planning/funds.html", {"money": {**MONEY, "funds": funds}})
    assert "江北区、鄞州区" in text
    assert "990000" in text
    assert "全部" in text
    with django_assert_max_num_queries(1):
        render_to_string("planning/funds.html", {"money": {**MONEY, "funds": funds * 5}})
