"""A ballot at the door: signed on the screen or on paper, sealed, for ever told apart."""

import base64
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.evidence import content_of
from gongdi.apps.voting.models import Ballot, Evidence, Vote
from gongdi.apps.voting.visit_services import Signed
from gongdi.web import clock
from gongdi.web.uploads import path_of
from tests.support import polls
from tests.support.photos import photo
from tests.support.world import World


@pytest.fixture
def running(world: World) -> Vote:
    now = clock.now()
    return polls.opened(world, since=now - timedelta(hours=1), until=now + timedelta(days=3), now=now)


def drawn() -> str:
    out = io.BytesIO()
    Image.new("RGB", (90, 36), "white").save(out, "PNG")
    return "data:image/png;base64," + base64.b64encode(out.getvalue()).decode()


def test_it_is_taken_in_once_with_its_channel_and_its_signature_sealed(world: World) -> None:
    ballot = polls.visited(world)
    assert polls.visited(world, ballot.vote) == ballot
    evidence = Evidence.objects.get()
    assert '"channel":"visit"' in ballot.entry.line
    assert polls.PICTURE not in path_of(evidence.digest).read_bytes()
    assert content_of(evidence) == polls.PICTURE


def test_nothing_is_taken_in_without_a_signature(world: World) -> None:
    with pytest.raises(RefusedError, match="签名"):
        polls.visited(world, signed=Signed("signature", b"", "image/png"))
    assert not Ballot.objects.exists()


@pytest.mark.parametrize("way", ["drawn", "photo"])
def test_the_page_takes_a_drawn_signature_or_a_photo_and_shows_the_receipt(world, running, signed_in, way) -> None:
    client = signed_in("community_worker")
    sent: dict[str, object] = {"key": "k" * 20, "matter_1": "yes"}
    if way == "drawn":
        sent["signature"] = drawn()
    else:
        sent["photo"] = SimpleUploadedFile("a.jpg", photo(600, 400))
    address = reverse("voting:enter_visit", args=[running.pk, 1])
    assert client.post(address, {**sent, "signature": "", "photo": ""}).status_code == 422
    page = client.post(address, sent, follow=True)
    assert page.status_code == 200
    assert "回执编号" in page.content.decode()
    assert Ballot.objects.get().evidence.get().kind == ("signature" if way == "drawn" else "paper")


@pytest.mark.parametrize("bad", ["data:text/html;base64,PGI+", "data:image/png;base64,AAAA", "data:image/png;base64,@"])
def test_a_signature_that_is_no_picture_is_refused_with_the_answers_kept(world, running, signed_in, bad) -> None:
    address = reverse("voting:enter_visit", args=[running.pk, 1])
    page = signed_in("community_worker").post(address, {"key": "k" * 20, "matter_1": "no", "signature": bad})
    assert page.status_code == 422
    assert 'value="no" required checked' in page.content.decode() or "checked" in page.content.decode()
    assert not Ballot.objects.exists()


def test_a_receipt_is_for_who_entered_it_alone(world: World, signed_in) -> None:
    ballot = polls.visited(world)
    address = reverse("voting:see_entered_receipt", args=[ballot.pk])
    assert signed_in("community_worker").get(address).status_code == 200
    assert signed_in("street_clerk").get(address).status_code == 404
