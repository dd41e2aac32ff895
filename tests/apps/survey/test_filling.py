"""Filling in: prefilled forms, plain and by the phone itself, each thing kept exactly once."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongdi.apps.audit.models import Event
from gongdi.apps.places.models import CompoundFact
from gongdi.apps.places.services import RefusedError, record_fact
from gongdi.apps.survey.filling import form_of
from gongdi.apps.survey.filling_services import send_answers
from gongdi.apps.survey.models import AnswerPhoto, Assignment, Submission
from gongdi.web.uploads import path_of
from tests.support.photos import photo
from tests.support.survey import assignment, filled, send
from tests.support.world import NOW, World, fact

Form = dict[str, Any]


def page_fields(client: Client, row: Assignment) -> Form:
    """What a browser without scripts would send back unchanged."""
    text = client.get(f"/survey/assignments/{row.pk}/").content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', text)[1] for name in ("key", "base")}  # type: ignore[index]


def phone(client: Client, row: Assignment, answers: Form, /, **changes: Any) -> Form:
    told = {**page_fields(client, row), "final": True, "channel": "offline", "answers": answers, **changes}
    answer = client.post(
        f"/survey/assignments/{row.pk}/answers/send/", json.dumps(told), content_type="application/json"
    )
    return {"status": answer.status_code, **answer.json()}


def post_photo(client: Client, row: Assignment, content: bytes, digest: str = "", **fields: str) -> Any:
    told = {"digest": digest or hashlib.sha256(content).hexdigest(), "question": "item:drainage", **fields}
    return client.post(
        f"/survey/assignments/{row.pk}/photos/send/", {**told, "file": SimpleUploadedFile("井盖.jpg", content)}
    )


def test_what_is_known_is_filled_in_with_its_source(world: World, signed_in: Callable[[str], Client]) -> None:
    row = assignment(world)
    page = signed_in("community_worker").get(f"/survey/assignments/{row.pk}/").content.decode()
    assert 'value="1996-08-31"' in page
    assert "测试摸底表，2026-06-01" in page
    assert "已知" in page


def test_a_plain_form_sends_only_what_changed(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    fields = {
        **page_fields(worker, row), "final": "1", "fact:delivered_on~value": "1996-08-31",
        "fact:compound_kind~value": "resettlement", "fact:structure_safe~value": "__unknown__",
        "item:drainage~value": "worn", "item:drainage~quantity": "320 米", "item:drainage~note": "雨天积水",
        "item:drainage~photos": SimpleUploadedFile("井盖.jpg", photo(200, 100)),
    }  # fmt: skip
    assert worker.post(f"/survey/assignments/{row.pk}/", fields).status_code == 302
    sent = Submission.objects.get()
    assert sent.answers == {
        "fact:compound_kind": "resettlement", "item:drainage": {"condition": "worn", "quantity": "320 米"},
    }  # fmt: skip
    assert sent.base == {"fact:compound_kind": "compound"}
    assert sent.notes == {"item:drainage": "雨天积水"}
    assert AnswerPhoto.objects.get().attachment.taken_at is not None
    row.refresh_from_db()
    assert row.state == "waiting"
    again = worker.post(f"/survey/assignments/{row.pk}/", {**fields, "item:drainage~photos": ""})
    assert again.status_code == 302
    assert Submission.objects.count() == 1


def test_a_faulty_answer_is_told_at_its_question_and_nothing_typed_is_lost(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    fields = {
        **page_fields(worker, row), "fact:delivered_on~value": "2096-01-01", "item:drainage~quantity": "3 个",
        "fact:upkeep_neglected~value": "true", "fact:upkeep_neglected~note": "物业撤了",
        "item:parking~value": "worn", "item:parking~photos": SimpleUploadedFile("a.jpg", b"no photo"),
    }  # fmt: skip
    page = worker.post(f"/survey/assignments/{row.pk}/", fields)
    text = page.content.decode()
    assert page.status_code == 422
    for told in ("不能晚于今天", "请同时选现状", 'value="2096-01-01"', "物业撤了"):
        assert told in text
    assert not Submission.objects.exists()
    assert not AnswerPhoto.objects.exists()


def test_the_same_key_twice_changes_nothing_and_answers_the_same(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    fields = page_fields(worker, row)
    answers = {"fact:structure_safe": {"value": "false", "quantity": "", "note": "墙体开裂"}}
    first = phone(worker, row, answers, **fields)
    events = Event.objects.count()
    assert first == phone(worker, row, answers, **fields)
    assert first["status"] == 200
    assert first["key"] == fields["key"]
    assert (Submission.objects.count(), Event.objects.count()) == (1, events)
    other = phone(worker, row, {"fact:structure_safe": {"value": "true"}}, **fields)
    assert other["status"] == 409
    assert Submission.objects.get().answers == {"fact:structure_safe": False}


def test_another_cannot_use_a_surveyors_key(world: World) -> None:
    row = assignment(world)
    told = filled(row, {"fact:structure_safe": True})
    send_answers(assignment=row, filled=told, by=world.people["community_worker"], now=NOW)
    with pytest.raises(RefusedError, match="另一份"):
        send_answers(assignment=row, filled=told, by=world.people["street_clerk"], now=NOW)


@pytest.mark.parametrize("changes", [{"base": "made-up"}, {"key": "x"}, {"answers": None}, {"answers": []}])
def test_what_no_page_made_is_refused(
    changes: Form, world: World, signed_in: Callable[[str], Client]
) -> None:  # fmt: skip
    row = assignment(world)
    answers = {"fact:structure_safe": {"value": "true"}}
    assert phone(signed_in("community_worker"), row, answers, **changes)["status"] in (400, 422)
    assert not Submission.objects.exists()


def test_a_phone_is_told_what_is_wrong_by_question(world: World, signed_in: Callable[[str], Client]) -> None:
    row = assignment(world)
    told = phone(signed_in("community_worker"), row, {"fact:delivered_on": {"value": "去年"}})
    assert told["status"] == 422
    assert "1996-08-31" in told["faults"]["fact:delivered_on"]


def test_a_photo_is_kept_once_and_its_digest_confirmed(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    content = photo(300, 200)
    device = "ab" * 32
    answers = [post_photo(worker, row, content, device_digest=device).json() for _ in range(2)]
    assert answers[0] == answers[1]
    assert answers[0]["digest"] == hashlib.sha256(content).hexdigest()
    kept = AnswerPhoto.objects.get()
    assert kept.attachment.device_digest == device
    assert path_of(kept.digest).read_bytes() == content
    assert Event.objects.filter(verb="survey.send_photo").count() == 1
    row.refresh_from_db()
    assert row.state == "filling"


def test_a_photo_that_changed_on_the_way_is_refused(world: World, signed_in: Callable[[str], Client]) -> None:
    row = assignment(world)
    answer = post_photo(signed_in("community_worker"), row, photo(300, 200), digest="0" * 64)
    assert answer.status_code == 422
    assert "摘要不符" in answer.json()["faults"]["item:drainage"]
    assert not AnswerPhoto.objects.exists()


def test_what_is_no_photo_or_of_no_question_is_refused(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    assert post_photo(worker, row, b"%PDF-1.7").status_code == 422
    assert post_photo(worker, row, photo(60, 40), question="item:gas_supply").status_code == 409
    assert not AnswerPhoto.objects.exists()


def test_the_phones_requests_need_their_token(world: World) -> None:
    row = assignment(world)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(world.people["community_worker"])
    url = f"/survey/assignments/{row.pk}/answers/send/"
    assert strict.post(url, "{}", content_type="application/json").status_code == 403
    token = strict.get("/survey/token/").json()
    assert token["person"] == world.people["community_worker"].pk
    answer = strict.post(url, "{}", content_type="application/json", headers={"X-CSRFToken": token["token"]})
    assert answer.status_code == 422


def test_ones_later_answers_stand_on_the_earlier_and_nothing_is_overwritten(world: World) -> None:
    row = assignment(world)
    send(world, row, {"fact:structure_safe": True, "fact:upkeep_neglected": True}, final=False)
    send(world, row, {"fact:structure_safe": False}, taken_back=["fact:upkeep_neglected"], final=False)
    latest = Submission.objects.get(superseded_by=None)
    assert latest.answers == {"fact:structure_safe": False}
    assert Submission.objects.count() == 2
    found = form_of(row, world.people["community_worker"])
    texts = {each.question.key: each.text for _, fields in found.groups for each in fields}
    assert texts["fact:structure_safe"] == "false"
    assert texts["fact:delivered_on"] == "1996-08-31"


def test_saving_does_not_take_back_what_waits_for_review(world: World) -> None:
    row = assignment(world)
    send(world, row, {"fact:structure_safe": True})
    send(world, row, {"fact:upkeep_neglected": True}, final=False)
    row.refresh_from_db()
    latest = Submission.objects.get(superseded_by=None)
    assert (row.state, latest.final, len(latest.answers)) == ("waiting", True, 2)


def test_nothing_is_recorded_before_it_is_accepted(world: World) -> None:
    row = assignment(world)
    before = CompoundFact.objects.count()
    send(world, row, {"fact:structure_safe": True})
    assert CompoundFact.objects.count() == before


def test_the_base_is_what_the_surveyor_saw(world: World, signed_in: Callable[[str], Client]) -> None:
    row, worker = assignment(world), signed_in("community_worker")
    fields = page_fields(worker, row)
    record_fact(
        compound=row.compound, fact=fact("compound_kind", "affordable"), by=world.people["street_clerk"], now=NOW
    )
    phone(worker, row, {"fact:compound_kind": {"value": "resettlement"}}, **fields)
    assert Submission.objects.get().base == {"fact:compound_kind": "compound"}


def test_two_surveyors_stand_beside_each_other(world: World) -> None:
    row = assignment(world)
    send(world, row, {"fact:structure_safe": True})
    send(world, row, {"fact:structure_safe": False}, by="street_clerk", key=uuid4())
    assert Submission.objects.filter(superseded_by=None).count() == 2
