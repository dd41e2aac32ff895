"""A campaign from its draft to its end, and who is asked."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from gongdi.apps.accounts.post_services import delegate_post, end_post
from gongdi.apps.places.models import Division
from gongdi.apps.places.services import RefusedError
from gongdi.apps.survey import services
from gongdi.apps.survey.models import Assignment, Campaign
from gongdi.apps.survey.queries import progress_of
from gongdi.apps.survey.seasons import season_of
from gongdi.web import clock
from gongdi.web.duties import duties
from tests.support.survey import assignment, draft, opened, plan, send
from tests.support.world import NOW, TODAY, World, make_person

FIELDS = {"title": "冬季摸底", "starts_on": "2026-10-01", "ends_on": "2027-03-31", "templates": ["essential"]}


@pytest.mark.parametrize(
    ("today", "first"),
    [(date(2027, 3, 31), 2026), (date(2027, 4, 1), 2027), (date(2026, 12, 1), 2026), (date(2027, 1, 1), 2026)],
)
def test_the_season_is_october_to_march_before_the_works(today: date, first: int) -> None:
    assert season_of(today) == (date(first, 10, 1), date(first + 1, 3, 31))


def test_a_clerk_drafts_for_the_street_alone_and_opens(world: World, signed_in: Callable[[str], Client]) -> None:
    clerk = signed_in("street_clerk")
    answer = clerk.post("/survey/campaigns/draft/", FIELDS)
    made = Campaign.objects.get()
    assert answer.headers["Location"] == f"/survey/campaigns/{made.pk}/"
    assert made.place == "330205004"
    assert {row.name for row in made.compounds.all()} == {"梅堰新村", "翠柏花园", "青禾小区"}
    assert not made.assignments.exists()
    clerk.post(f"/survey/campaigns/{made.pk}/open/")
    assert made.assignments.count() == 3


def test_names_may_be_pasted_and_strange_ones_are_told(world: World, signed_in: Callable[[str], Client]) -> None:
    officer = signed_in("district_officer")
    page = officer.post("/survey/campaigns/draft/", {**FIELDS, "names": "梅堰新村\n月季小区\n没有小区"})
    assert page.status_code == 422
    assert "找不到：月季小区、没有小区" in page.content.decode()
    officer.post("/survey/campaigns/draft/", {**FIELDS, "names": "梅堰新村\n星桥公寓\n"})
    assert {row.name for row in Campaign.objects.get().compounds.all()} == {"梅堰新村", "星桥公寓"}


@pytest.mark.parametrize(
    ("fields", "told"),
    [({"ends_on": "2026-09-01"}, "不能早于"), ({"templates": []}, "请至少选一项"), ({"stage": "evaluated"}, "")],
)
def test_a_faulty_campaign_is_refused(
    fields: dict[str, object], told: str, world: World, signed_in: Callable[[str], Client]
) -> None:
    page = signed_in("district_officer").post("/survey/campaigns/draft/", {**FIELDS, **fields})
    assert page.status_code == 422
    assert told in page.content.decode()
    assert not Campaign.objects.exists()


def test_opening_asks_the_nearest_and_shares_among_equals(world: World) -> None:
    second = make_person("community_worker", "second_worker")
    campaign = opened(world, "梅堰新村", "青禾小区", "翠柏花园", "星桥公寓")
    who = {row.compound.name: row.assignee for row in campaign.assignments.select_related("assignee", "compound")}
    assert {who["梅堰新村"], who["青禾小区"]} == {world.people["community_worker"], second}
    assert who["翠柏花园"] == world.people["street_clerk"]
    assert who["星桥公寓"] is None


def test_what_nobody_is_to_fill_in_waits_for_the_officer(world: World) -> None:
    opened(world)
    titles = {duty.title: duty for duty in duties.of(world.people["district_officer"], NOW)}
    assert titles["指定填报人"].details[0][0] == "星桥公寓"
    assert "指定填报人" not in {duty.title for duty in duties.of(world.people["auditor"], NOW)}


def test_what_was_given_to_somebody_who_left_waits_for_the_officer_too(world: World) -> None:
    given = opened(world, "梅堰新村").assignments.get()
    assert given.assignee == world.people["community_worker"]
    officer, worker = world.people["district_officer"], given.assignee

    def lone() -> bool:
        return "指定填报人" in {duty.title for duty in duties.of(officer, NOW)}

    assert not lone()
    end_post(post=worker.held_posts[0], why="调离", by=world.people["security_administrator"], now=clock.now())
    assert lone()
    Assignment.objects.update(state=Assignment.State.WAITING)
    assert not lone(), "a review comes first"
    Assignment.objects.update(state=Assignment.State.RETURNED)
    assert lone()
    today, clerk = clock.today(), world.people["street_clerk"]
    delegate_post(
        post=clerk.held_posts[0], to=worker, starts_on=today, ends_on=today, why="代班", by=clerk, now=clock.now()
    )
    assert not lone(), "whoever acts for a clerk may fill it in"


def test_an_opened_campaign_is_not_changed_nor_opened_again(world: World) -> None:
    campaign, officer = opened(world), world.people["district_officer"]
    with pytest.raises(RefusedError, match="不能再修改"):
        services.change_campaign(campaign=campaign, plan=plan(world), by=officer, now=NOW)
    with pytest.raises(RefusedError, match="不能再次开始"):
        services.open_campaign(campaign=campaign, by=officer, now=NOW)
    services.close_campaign(campaign=campaign, why="", by=officer, now=NOW)
    with pytest.raises(RefusedError, match="已经结束"):
        services.close_campaign(campaign=campaign, why="", by=officer, now=NOW)


def test_an_empty_campaign_is_not_opened(world: World) -> None:
    with pytest.raises(RefusedError, match="还没有选定"):
        services.open_campaign(campaign=draft(world, compounds=[]), by=None, now=NOW)


def test_progress_counts_by_street_and_community_and_says_what_is_late(world: World) -> None:
    campaign = opened(world, "梅堰新村", "翠柏花园", "星桥公寓")
    send(world, campaign.assignments.get(compound__name="梅堰新村"), {"fact:structure_safe": True})
    found = progress_of(Assignment.objects.filter(campaign=campaign), date(2027, 4, 2))
    assert (found.total, found.late, found.counts["waiting"]) == (3, 2, 1)
    street = next(part for part in found.parts if part.name == "文教街道")
    assert {part.name: part.counts["waiting"] for part in street.parts} == {"繁景社区": 1, "范江岸社区": 0}
    assert progress_of(Assignment.objects.filter(campaign=campaign), TODAY).late == 0


def test_the_worker_sees_what_to_fill_by_when(world: World) -> None:
    assignment(world)
    found = next(duty for duty in duties.of(world.people["community_worker"], NOW) if duty.title.startswith("填报"))
    assert (found.count, found.due) == (1, date(2027, 3, 31))


def test_reassigning_gives_it_to_somebody_who_may(world: World, signed_in: Callable[[str], Client]) -> None:
    row = assignment(world)
    clerk = signed_in("street_clerk")
    officer = world.people["district_officer"]
    assert clerk.post(f"/survey/assignments/{row.pk}/reassign/", {"to": officer.pk}).status_code == 422
    clerk.post(f"/survey/assignments/{row.pk}/reassign/", {"to": world.people["street_clerk"].pk})
    row.refresh_from_db()
    assert row.assignee == world.people["street_clerk"]


def test_what_is_closed_takes_nothing_more(world: World) -> None:
    row = assignment(world)
    services.close_campaign(campaign=row.campaign, why="", by=world.people["district_officer"], now=NOW)
    with pytest.raises(RefusedError, match="已结束"):
        send(world, row, {"fact:structure_safe": True}, now=datetime(2027, 3, 2, tzinfo=UTC))


def test_streets_of_one_name_in_two_counties_are_counted_apart(world: World) -> None:
    Division.objects.filter(code="330212001").update(name="文教街道")
    campaign = opened(world, "梅堰新村", "月季小区", place="3302")
    found = progress_of(Assignment.objects.filter(campaign=campaign), TODAY)
    assert [(part.name, part.total) for part in found.parts] == [("江北区文教街道", 1), ("鄞州区文教街道", 1)]
