"""A campaign's workbook: down with what is known, filled, up again, and into submissions like any other."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongdi.apps.places.services import record_fact
from gongdi.apps.survey.models import Assignment, Submission, SurveySheet
from gongdi.apps.survey.reviewing import review_of
from gongdi.exchange.tabular import open_table
from tests.support.filled_sheet import typed_into
from tests.support.findings import inspection
from tests.support.survey import assignment, send, sheet_of
from tests.support.world import NOW, World, fact

# Columns: E 建成交付日期, F 小区类型, G 结构安全, H 失养, I 曾改造, J 排水, K 排水数量, L 停车, M 停车数量.


def upload(client: Client, row: Assignment, content: bytes, name: str = "填报表.xlsx") -> Any:
    return client.post(
        f"/survey/campaigns/{row.campaign_id}/sheet/upload/", {"file": SimpleUploadedFile(name, content)}
    )


def test_the_download_holds_what_is_known(world: World, signed_in: Callable[[str], Client]) -> None:
    row = assignment(world)
    answer = signed_in("community_worker").get(f"/survey/campaigns/{row.campaign_id}/sheet/")
    form = open_table(answer.getvalue(), "a.xlsx").grids[0]  # type: ignore[attr-defined]
    assert form.rows[4][:6] == [row.pk, "梅堰新村", "文教街道", "繁景社区", "1996-08-31", "住宅小区"]
    assert len(form.rows) == 5


def test_a_filled_form_becomes_submissions(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    cells: dict[str, str | int | float] = {"F5": "安置房小区", "H5": "是", "J5": "老化", "K5": "320 米"}
    answer = upload(worker, row, typed_into(sheet_of(world, row), cells))
    assert answer.status_code == 302
    assert not Submission.objects.exists()
    page = worker.get(answer.headers["Location"]).content.decode()
    assert "1 个小区，3 处新填或更正" in page
    assert "老化，320 米" in page
    worker.post(f"{answer.headers['Location']}keep/", {"final": "1"})
    sent = Submission.objects.get()
    assert sent.answers == {
        "fact:compound_kind": "resettlement", "fact:upkeep_neglected": True,
        "item:drainage": {"condition": "worn", "quantity": "320 米"},
    }  # fmt: skip
    assert (sent.channel, sent.final, sent.base) == ("sheet", True, {"fact:compound_kind": "compound"})
    row.refresh_from_db()
    assert row.state == "waiting"
    assert worker.post(f"{answer.headers['Location']}keep/", {"final": "1"}).status_code == 302
    assert Submission.objects.count() == 1


def test_a_file_with_one_bad_cell_is_not_kept_at_all(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    page = upload(worker, row, typed_into(sheet_of(world, row), {"E5": "2096-01-01", "H5": "也许", "K5": "3 个"}))
    text = page.content.decode()
    assert page.status_code == 422
    for told in ("E5", "不能晚于今天", "H5", "也许", "K5", "请同时选现状"):
        assert told in text
    assert not SurveySheet.objects.exists()
    assert not Submission.objects.exists()


def test_what_changed_in_the_system_meanwhile_stands_beside_it(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    content = typed_into(sheet_of(world, row), {"F5": "安置房小区", "H5": "是"})
    record_fact(
        compound=row.compound, fact=fact("compound_kind", "affordable"), by=world.people["street_clerk"], now=NOW
    )
    where = upload(worker, row, content).headers["Location"]
    page = worker.get(where).content.decode()
    assert "系统里也有变化的 1 处" in page
    for told in ("住宅小区", "安置房小区", "保障房小区"):
        assert told in page
    worker.post(f"{where}keep/", {"final": "1"})
    assert [line.question.key for line in review_of(row).conflicts] == ["fact:compound_kind"]


def test_a_conflict_may_be_left_as_it_is_now(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    content = typed_into(sheet_of(world, row), {"F5": "安置房小区", "H5": "是"})
    send(world, row, {"fact:compound_kind": "affordable"}, final=False)
    where = upload(worker, row, content).headers["Location"]
    worker.post(f"{where}keep/", {"final": "1", f"{row.pk}~fact:compound_kind": "now"})
    latest = Submission.objects.get(superseded_by=None)
    assert latest.answers == {"fact:compound_kind": "affordable", "fact:upkeep_neglected": True}


def test_locked_cells_are_refused_even_when_the_lock_was_taken_off(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    inspection(world, kind="structure", risk_found=False, found_on=date(2026, 5, 1))
    page = upload(worker, row, typed_into(sheet_of(world, row), {"G5": "否"}))
    assert page.status_code == 422
    assert "锁定的" in page.content.decode()


def test_what_is_not_ours_is_told(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    assert "不收" in upload(worker, row, b"a,b", "a.csv").content.decode()
    other = assignment(world)
    page = upload(worker, row, typed_into(sheet_of(world, other), {"H5": "是"}))
    assert "另一个调查任务" in page.content.decode()
    assert "没有新填" in upload(worker, row, sheet_of(world, row)).content.decode()


def test_a_sheet_put_aside_changes_nothing(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    where = upload(worker, row, typed_into(sheet_of(world, row), {"H5": "是"})).headers["Location"]
    worker.post(f"{where}discard/")
    worker.post(f"{where}keep/", {"final": "1"})
    assert not Submission.objects.exists()
