"""The public sees a result once it is published, and not before."""

from django.test import Client
from django.urls import reverse

from gongdi.verifier import verify
from tests.support import polls
from tests.support.world import World


def test_nothing_is_shown_before_the_result_is_published(world: World) -> None:
    vote = polls.closed(world)
    for name in ("voting:see_proof", "voting:export_public_file"):
        assert Client().get(reverse(name, args=[vote.code])).status_code == 404


def test_the_file_that_anybody_takes_is_found_right(world: World) -> None:
    vote = polls.published(world)
    response = Client().get(reverse("voting:export_public_file", args=[vote.code]))
    found = verify.Vote(b"".join(response.streaming_content))
    found.check()
    assert found.faults == []
    assert found.matters[0]["passed"] is False
