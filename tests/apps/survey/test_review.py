"""Review: side by side, accepted into facts and findings, or returned with reasons."""

from collections.abc import Callable

import pytest
from django.test import Client

from gongdi.apps.audit.models import Event
from gongdi.apps.inventory.models import Facility
from gongdi.apps.places.models import CompoundFact
from gongdi.apps.places.services import RefusedError, record_fact
from gongdi.apps.survey.models import Assignment, Submission
from gongdi.apps.survey.review_services import Written, accept_submission, return_submission
from gongdi.apps.survey.reviewing import review_of
from gongdi.web.duties import duties
from tests.support.survey import assignment, send, take_photo, waiting
from tests.support.world import NOW, World, fact

WORN = {"condition": "worn", "quantity": "320 米"}


def accept(world: World, row: Assignment, decided: dict[str, Written] | None = None, by: str = "street_clerk") -> None:
    row.refresh_from_db()
    accept_submission(
        assignment=row, seen=review_of(row).seen, decided=decided or {}, sureness="verified", by=world.people[by],
        now=NOW,
    )  # fmt: skip


def test_accepting_records_facts_and_findings_with_their_source(world: World) -> None:
    row = waiting(world, {"fact:structure_safe": True, "item:drainage": WORN})
    accept(world, row)
    kept = CompoundFact.objects.get(compound=row.compound, name="structure_safe")
    assert (kept.value, kept.source, kept.sureness) == (True, "2027年度摸底，测**，2027-03-01", "verified")
    drainage = Facility.objects.get(compound=row.compound, item="drainage")
    assert (drainage.condition, drainage.quantity) == ("worn", "320 米")
    row.refresh_from_db()
    assert row.state == "done"
    verbs = list(Event.objects.order_by("number").values_list("verb", flat=True))
    assert verbs[-3:] == ["places.record_fact", "inventory.record_finding", "survey.accept_submission"]


def test_two_who_differ_are_shown_side_by_side_and_one_must_be_picked(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    row = waiting(world, {"fact:structure_safe": True, "fact:upkeep_neglected": True})
    other = send(world, row, {"fact:structure_safe": False, "fact:upkeep_neglected": True}, by="street_clerk")
    officer = signed_in("district_officer")
    page = officer.get(f"/survey/assignments/{row.pk}/review/").content.decode()
    assert "有不同填报的 1 项" in page
    assert "有变化的 1 项" in page
    seen = review_of(row).seen
    fields = {"seen": seen, "sureness": "stated"}
    refused = officer.post(f"/survey/assignments/{row.pk}/accept/", fields)
    assert refused.status_code == 422
    assert "请选定一个" in refused.content.decode()
    assert not CompoundFact.objects.filter(name="upkeep_neglected").exists()
    officer.post(f"/survey/assignments/{row.pk}/accept/", {**fields, "fact:structure_safe~choice": str(other.pk)})
    assert CompoundFact.objects.get(name="structure_safe").value is False
    assert CompoundFact.objects.get(name="upkeep_neglected").value is True


def test_the_reviewer_may_write_another_value(world: World, signed_in: Callable[[str], Client]) -> None:
    row = waiting(world, {"fact:delivered_on": "1997-01-01"})
    send(world, row, {"fact:delivered_on": "1998-01-01"}, by="street_clerk")
    officer = signed_in("district_officer")
    fields = {"seen": review_of(row).seen, "sureness": "verified", "fact:delivered_on~choice": "write"}
    page = officer.post(f"/survey/assignments/{row.pk}/accept/", {**fields, "fact:delivered_on~value": "1999-13-01"})
    assert page.status_code == 422
    officer.post(f"/survey/assignments/{row.pk}/accept/", {**fields, "fact:delivered_on~value": "1999-03-01"})
    kept = CompoundFact.objects.get(name="delivered_on", superseded_by=None)
    assert kept.value == "1999-03-01"
    assert kept.source.startswith("2027年度摸底，测** 审定，")


def test_what_moved_in_the_record_meanwhile_is_one_more_voice(world: World) -> None:
    row = waiting(world, {"fact:compound_kind": "resettlement"})
    record_fact(
        compound=row.compound, fact=fact("compound_kind", "affordable"), by=world.people["street_clerk"], now=NOW
    )
    review = review_of(row)
    assert [voice.word for voice in review.conflicts[0].voices] == ["安置房小区", "保障房小区"]
    with pytest.raises(RefusedError, match="有不同的填报"):
        accept(world, row)
    accept(world, row, {"fact:compound_kind": Written("known")})
    assert CompoundFact.objects.get(name="compound_kind", superseded_by=None).value == "affordable"


def test_what_changed_after_the_page_was_opened_stops_it(world: World) -> None:
    row = waiting(world)
    seen = review_of(row).seen
    send(world, row, {"fact:structure_safe": False}, by="street_clerk")
    with pytest.raises(RefusedError, match="有了变化"):
        accept_submission(
            assignment=row, seen=seen, decided={}, sureness="stated", by=world.people["district_officer"], now=NOW
        )


def test_nobody_reviews_their_own(world: World, signed_in: Callable[[str], Client]) -> None:
    row = assignment(world)
    send(world, row, {"fact:structure_safe": True}, by="street_clerk")
    with pytest.raises(RefusedError, match="您自己的填报"):
        accept(world, row)
    page = signed_in("street_clerk").get(f"/survey/assignments/{row.pk}/review/").content.decode()
    assert "审核通过" not in page
    accept(world, row, by="district_officer")


def test_accepting_is_all_or_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    row = waiting(world, {"fact:structure_safe": True, "item:drainage": WORN})

    def fail(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("gongdi.apps.survey.review_services.record_finding", fail)
    with pytest.raises(RuntimeError):
        accept(world, row)
    row.refresh_from_db()
    assert row.state == "waiting"
    assert not CompoundFact.objects.filter(name="structure_safe").exists()


def test_returning_says_why_at_the_question_and_it_comes_back(world: World, signed_in: Callable[[str], Client]) -> None:
    row = waiting(world, {"fact:structure_safe": True})
    clerk, worker = signed_in("street_clerk"), signed_in("community_worker")
    clerk.post(f"/survey/assignments/{row.pk}/return/", {"fact:structure_safe~reason": "请附鉴定报告照片"})
    page = worker.get(f"/survey/assignments/{row.pk}/").content.decode()
    assert "退回理由：请附鉴定报告照片" in page
    found = next(duty for duty in duties.of(world.people["community_worker"], NOW) if "退回" in duty.title)
    assert "请附鉴定报告照片" in found.details[0][0]
    row.refresh_from_db()
    send(world, row, {"fact:structure_safe": False})
    accept(world, row)
    assert CompoundFact.objects.get(name="structure_safe").value is False
    assert Submission.objects.count() == 2


def test_returning_needs_a_reason(world: World) -> None:
    with pytest.raises(RefusedError, match="写明理由"):
        return_submission(assignment=waiting(world), reasons={"": "  "}, by=world.people["street_clerk"], now=NOW)


def test_only_what_waits_is_reviewed(world: World) -> None:
    with pytest.raises(RefusedError, match="不在待审核中"):
        accept(world, assignment(world))


def test_the_photos_stand_beside_their_question(world: World, signed_in: Callable[[str], Client]) -> None:
    row = waiting(world)
    photo = take_photo(world, row)
    page = signed_in("street_clerk").get(f"/survey/assignments/{row.pk}/review/").content.decode()
    assert f"/files/{photo.attachment_id}/thumbnail/" in page


def test_reviewers_are_told_what_waits(world: World) -> None:
    waiting(world)
    for role, count in (("street_clerk", 1), ("district_officer", 1), ("community_worker", 0)):
        found = [duty for duty in duties.of(world.people[role], NOW) if duty.title == "审核摸底填报"]
        assert len(found) == count


def test_a_remark_without_a_change_is_shown_to_the_reviewer(
    world: World, signed_in: Callable[[str], Client]
) -> None:  # fmt: skip
    row = assignment(world)
    send(world, row, {}, notes={"fact:delivered_on": "已核对竣工备案表"})
    review = review_of(row)
    assert [line.question.key for line in review.remarked] == ["fact:delivered_on"]
    assert "已核对竣工备案表" in signed_in("street_clerk").get(f"/survey/assignments/{row.pk}/review/").content.decode()
