"""A local condition is reported beside the law's, and a document that names heads alone beside its share by area."""

from django.test import Client
from django.urls import reverse

from gongdi.apps.voting.models import Unit, Vote
from gongdi.apps.voting.presenting import shown
from gongdi.apps.voting.queries import counts_of
from gongdi.core.voting.rules import RULES
from tests.support import polls
from tests.support.world import World


def voted(world: World, rule: str, *answers: dict[int, polls.Answer]) -> Vote:
    """A vote under a rule whose units, all alike, answer so."""
    vote = polls.opened(world, matters=[("是否同意方案", RULES[rule])])
    for number, said in enumerate(answers):
        polls.cast(world, vote, polls.a_unit(vote, number), said)
    return vote


def test_a_local_condition_met_below_the_law_is_told_on_every_page_of_the_result(world: World, signed_in) -> None:
    vote = polls.frozen(world, matters=[("是否同意方案", RULES["jiangbei-2020-scheme"])])
    vote = two_thirds(world, vote)
    found = shown(counts_of(vote)[0])
    assert (found.passed, found.below) == (True, True)
    assert [met for _, met in found.floors] == [True, False]
    Vote.objects.update(state=Vote.State.OBJECTIONS)
    address = reverse("voting:see_proof", args=[vote.code])
    clerk = signed_in("street_clerk")
    pages = [
        Client().get(address), clerk.get(reverse("voting:see_vote", args=[vote.pk])),
        clerk.get(reverse("voting:print_record", args=[vote.pk])),
    ]  # fmt: skip
    for page in pages:
        assert "《民法典》特别事项：三分之二以上参与，参与者四分之三以上同意，没有达到" in page.content.decode()
        assert "法律是底线" in page.content.decode()


def two_thirds(world: World, vote: Vote) -> Vote:
    """Two thirds of all agree, by heads and by area, and nobody stays away."""
    vote = polls.services.open_vote(vote=vote, by=world.people["street_clerk"], now=polls.NOW)
    yes, no = polls.a_unit(vote), polls.a_unit(vote, 1)
    Unit.objects.filter(vote=vote).update(heads=0, area=0)
    Unit.objects.filter(pk=yes.pk).update(heads=2, area=10_000)
    Unit.objects.filter(pk=no.pk).update(heads=1, area=5_000)
    for unit, said in ((yes, polls.YES), (no, polls.NO)):
        unit.refresh_from_db()
        polls.cast(world, vote, unit, said)
    return vote


def test_national_law_stands_beside_nothing(world: World) -> None:
    found = shown(counts_of(voted(world, "civil-code-2021-special", polls.YES))[0])
    assert (found.floors, found.below, found.by_area) == ((), False, "")


def test_heads_alone_stand_beside_the_share_by_area(world: World) -> None:
    vote = voted(world, "zhumadian-2021-facility", polls.YES)
    found = shown(counts_of(vote)[0])
    unit = polls.a_unit(vote)
    assert found.by_area.startswith(f"{unit.area / 100:.2f} / ")
    assert f"{10_000 * unit.area // vote.area // 100}." in found.by_area
