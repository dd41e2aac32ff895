"""The public sees a result once it is published, and not before."""

from django.test import Client
from django.urls import reverse

from gongdi.apps.voting import services
from gongdi.verifier import verify
from tests.support import polls
from tests.support.world import NOW, World


def test_nothing_is_shown_before_the_result_is_published(world: World) -> None:
    vote = polls.closed(world)
    assert Client().get(reverse("voting:export_public_file", args=[vote.code])).status_code == 404
    page = Client().get(reverse("voting:see_proof", args=[vote.code])).content.decode()
    assert "票数在结果公示后公布" in page
    assert "v-bar" not in page
    draft = polls.drafted(world)
    assert Client().get(reverse("voting:see_proof", args=[draft.code])).status_code == 404


def test_a_voided_vote_is_shown_as_void_with_its_reason(world: World) -> None:
    vote = services.void_vote(vote=polls.opened(world), why="名册有误", by=world.people["street_clerk"], now=NOW)
    page = Client().get(reverse("voting:see_proof", args=[vote.code]))
    assert page.status_code == 200
    assert "已作废" in page.content.decode()
    assert "名册有误" in page.content.decode()


def test_the_file_that_anybody_takes_is_found_right(world: World) -> None:
    vote = polls.published(world)
    response = Client().get(reverse("voting:export_public_file", args=[vote.code]))
    found = verify.Vote(b"".join(response.streaming_content))
    found.check()
    assert found.faults == []
    assert found.matters[0]["passed"] is False
