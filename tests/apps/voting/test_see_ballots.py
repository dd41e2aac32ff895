"""Who voted by which channel is told to those with the right; how, only for a purpose that is kept."""

from django.urls import reverse

from gongdi.apps.audit.models import Event
from tests.support import polls
from tests.support.world import World


def test_the_clerk_sees_who_voted_and_not_how(world: World, signed_in) -> None:
    vote = polls.visited(world, given=polls.Given(polls.NO, polls.Channel.VISIT)).vote
    address = reverse("voting:see_ballots", args=[vote.pk])
    page = signed_in("street_clerk").get(address).content.decode()
    assert "入户" in page
    assert "反对" not in page
    # The public file has each ballot's moment beside what it says: the hour would tell how.
    assert "03-01" in page
    assert "10:00" not in page
    assert signed_in("street_clerk").post(address, {"why": "想看"}).status_code == 403


def test_the_auditor_sees_how_for_a_purpose_and_leaves_a_trace(world: World, signed_in) -> None:
    vote = polls.visited(world, given=polls.Given(polls.NO, polls.Channel.VISIT)).vote
    address = reverse("voting:see_ballots", args=[vote.pk])
    client = signed_in("auditor")
    assert "反对" not in client.get(address).content.decode()
    assert client.post(address, {"why": " "}).status_code == 422
    told = client.post(address, {"why": "核对第1条异议"}).content.decode()
    assert "事项1 反对" in told
    assert "03-01 10:00" in told
    assert Event.objects.get(verb="voting.see_answers").why == "核对第1条异议"
