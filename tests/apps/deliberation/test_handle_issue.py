"""An issue from the report to the close: who may, what is told, what is overdue."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from gongdi.apps.audit.models import Event
from gongdi.apps.deliberation import access, issue_services, queries
from gongdi.apps.deliberation.models import Issue
from gongdi.apps.files.models import Attachment
from gongdi.apps.places.services import RefusedError
from gongdi.core.issues.gates import Who
from gongdi.web.duties import duties
from tests.support import issues, notices
from tests.support.issues import DUE, THEN
from tests.support.world import World

LATER = THEN + timedelta(days=9)


def test_it_is_due_in_working_days_and_waits_for_the_builder(world: World) -> None:
    row = issues.assigned(world)
    assert (row.state, row.due_on) == ("assigned", DUE)
    found = {duty.title: duty for duty in duties.of(world.people["builder"], THEN)}
    assert (found["处理现场问题"].count, found["处理现场问题"].due) == (1, DUE)


def test_a_year_whose_holidays_are_not_known_gives_no_deadline(world: World) -> None:
    row = issues.reported(world)
    with pytest.raises(RefusedError, match="节假日"):
        issues.step(
            "assign", world, "community_worker", row, THEN.replace(year=2031), body=issues.builder_body(world),
            working_days=3,
        )  # fmt: skip


def test_the_one_who_handled_it_does_not_close_it_another_does(world: World) -> None:
    row = issues.handled(world, "community_worker")
    with pytest.raises(RefusedError, match="处理人不能自己销号"):
        issues.step("close", world, "community_worker", row, note="")
    assert issues.step("close", world, "street_clerk", row, note="看过").state == "closed"


def test_the_builder_never_closes(world: World) -> None:
    with pytest.raises(RefusedError, match="不由您"):
        issues.step("close", world, "builder", issues.handled(world), note="")


def test_the_body_that_settles_it_does_not_close_what_it_reported_itself(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    issues.builder_body(world)
    row = issues.reported(world, world.people["builder"])
    row = issues.handled(world, "community_worker", issues.assigned(world, row))
    with pytest.raises(RefusedError, match="处理人不能自己销号"):
        issues.step("close", world, "builder", row, note="")
    address = reverse("deliberation:see_issue", args=[row.pk])
    assert "核实销号" not in signed_in("builder").get(address).content.decode()


def test_the_resident_who_reported_it_closes_or_reopens_it(world: World) -> None:
    row = issues.handled(world)
    mine = frozenset({Who.REPORTER})
    account = Issue.objects.get(pk=row.pk).account
    assert account is not None
    again = issue_services.reopen_issue(issue=row, why="还有积水", who=mine, by=account, now=THEN)
    assert (again.state, again.reopened) == ("reopened", 1)
    issues.handled(world, issue=again)
    done = issue_services.close_issue(issue=row, note="", who=mine, by=account, now=THEN)
    assert done.state == "closed"


def test_an_overdue_issue_goes_to_the_county_which_alone_assigns_it_again(world: World) -> None:
    row = issues.assigned(world)
    with pytest.raises(RefusedError, match="还没有逾期"):
        issues.step("escalate", world, "street_clerk", row, note="")
    issues.step("escalate", world, "street_clerk", row, LATER, note="多次催办")
    with pytest.raises(RefusedError, match="不由您分派"):
        issues.assigned(world, row, "street_clerk", LATER)
    titles = {duty.title for duty in duties.of(world.people["district_officer"], LATER)}
    assert "逾期现场问题" in titles
    assert issues.assigned(world, row, "district_officer", LATER).state == "assigned"


def test_overdue_ones_wait_for_the_county_without_anybody_sending_them(world: World) -> None:
    issues.assigned(world)
    titles = [{duty.title for duty in duties.of(world.people["district_officer"], now)} for now in (THEN, LATER)]
    assert ["逾期现场问题" in each for each in titles] == [False, True]


def test_counts_by_street_are_those_of_the_rows(world: World) -> None:
    worker = world.people["community_worker"]
    issues.assigned(world)
    issues.handled(world, issue=issues.assigned(world, issues.reported(world, worker)))
    other = world.compounds["星桥公寓"]
    issues.reported(world, world.people["district_officer"], compound=other)
    seen = access.visible_issues(world.people["district_officer"])
    found = {each.street: (each.open, each.to_check, each.late) for each in queries.by_street(seen, LATER.date())}
    assert found == {"文教街道": (2, 1, 1), "外滩街道": (1, 0, 0)}
    assert queries.chosen(seen, "late", LATER.date()).count() == 1
    assert access.visible_issues(world.people["street_clerk"]).count() == 2


@pytest.mark.parametrize(
    ("role", "sees"), [("builder", 1), ("designer", 0), ("utility", 0), ("supervisor", 2), ("owners_committee", 2)]
)
def test_tied_posts_see_theirs_and_committees_and_supervisors_the_whole_log(world: World, role: str, sees: int) -> None:
    issues.assigned(world)
    issues.reported(world, world.people["community_worker"])
    assert access.visible_issues(world.people[role]).count() == sees


def test_whoever_reported_one_under_a_tied_post_sees_it(world: World) -> None:
    row = issues.reported(world, world.people["utility"])
    assert list(access.visible_issues(world.people["utility"])) == [row]


def test_the_same_report_of_a_resident_is_kept_once(world: World) -> None:
    account = notices.owner(world)
    issues.reported(world, account)
    with pytest.raises(RefusedError, match="已经收到"):
        issues.reported(world, account)
    assert Issue.objects.count() == 1


def test_numbers_run_on_within_a_compound(world: World) -> None:
    worker = world.people["community_worker"]
    rows = [issues.reported(world, worker) for _ in range(3)]
    assert [row.number for row in rows] == [1, 2, 3]


def test_no_event_holds_what_a_resident_wrote(world: World) -> None:
    issues.handled(world)
    told = " ".join(f"{event.after} {event.why}" for event in Event.objects.filter(verb__startswith="deliberation."))
    assert "管沟" not in told


def test_a_residents_photo_keeps_its_position_from_others(world: World, signed_in: Callable[[str], Client]) -> None:
    issues.assigned(world)
    photo = Attachment.objects.get(object_kind="deliberation.issuestep")
    assert photo.latitude is not None
    client = signed_in("builder")
    page = client.get(reverse("files:see_attachment", args=[photo.pk])).content.decode()
    assert str(photo.latitude) not in page
    original = reverse("files:see_original", args=[photo.pk])
    assert client.post(original, {"why": "看看"}).status_code in (403, 404)


def test_the_log_is_exported_with_masked_reporters(world: World, signed_in: Callable[[str], Client]) -> None:
    row = issues.assigned(world)
    client = signed_in("street_clerk")
    response = client.get(reverse("deliberation:export_issues"), {"show": "all"})
    book = CalamineWorkbook.from_filelike(io.BytesIO(response.getvalue()))
    text = str([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
    account = Issue.objects.get(pk=row.pk).account
    assert account is not None
    assert account.phone_masked in text
    assert "管沟没有回填" in text
    assert book.sheet_names == ["现场问题清单", "按街道"]


def test_staff_handle_by_the_pages_and_see_what_they_may_do(world: World, signed_in: Callable[[str], Client]) -> None:
    row = issues.assigned(world)
    page = signed_in("builder").get(reverse("deliberation:see_issue", args=[row.pk])).content.decode()
    assert "登记处理" in page
    assert "核实销号" not in page
    address = reverse("deliberation:handle_issue", args=[row.pk])
    refused = signed_in("builder").post(address, {"done": "好了"})
    assert refused.status_code == 422
    assert "好了" in refused.content.decode()
