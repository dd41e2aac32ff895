"""The form of a new vote offers the rules that hold on its day, and no repealed ones."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.voting.models import Vote
from gongdi.core.voting.heads_rules import DEFAULT
from tests.support import polls
from tests.support.world import World

SignedIn = Callable[[str], Client]
NEW, OLD = "civil-code-2021-special", "property-law-2007-special"


def sent(since: str, until: str, rule: str) -> dict[str, str]:
    return {
        "title": "方案表决", "scope": "compound", "since": since, "until": until, "precedence": "last",
        "heads_rule": DEFAULT, "matter_1": "是否同意", "rule_1": rule,
    }  # fmt: skip


def test_repealed_rules_are_offered_only_to_a_vote_of_before(world: World, signed_in: SignedIn) -> None:
    client = signed_in("street_clerk")
    address = reverse("voting:draft_vote", args=[world.compounds["梅堰新村"].pk])
    form = client.get(address).context["form"]

    def offered(form: object) -> set[str]:
        return {slug for slug, _ in form.fields["rule_1"].choices}  # type: ignore[attr-defined]

    assert NEW in offered(form)
    assert OLD not in offered(form)
    late = sent("2027-04-01T08:00", "2027-04-09T18:00", OLD)
    refused = client.post(address, late)
    assert refused.status_code == 422
    assert "不适用，请另选" in refused.content.decode()
    early = sent("2019-04-01T08:00", "2019-04-09T18:00", NEW)
    refused = client.post(address, early)
    assert refused.status_code == 422
    # The rules of that day are listed now; what was typed is kept.
    assert OLD in offered(refused.context["form"])
    assert NEW not in offered(refused.context["form"])
    assert "是否同意" in refused.content.decode()
    assert client.post(address, {**early, "rule_1": OLD}).status_code == 302
    assert Vote.objects.get().matters.get().rule_title.startswith("《物权法》")


def test_a_date_that_is_none_breaks_nothing(world: World, signed_in: SignedIn) -> None:
    address = reverse("voting:draft_vote", args=[world.compounds["梅堰新村"].pk])
    refused = signed_in("street_clerk").post(address, sent("9999-99-99T", "x", NEW))
    assert refused.status_code == 422
    assert NEW in {slug for slug, _ in refused.context["form"].fields["rule_1"].choices}


def test_a_scope_holds_what_it_needs_and_a_stairwell_is_one_of_the_roll(world: World, signed_in: SignedIn) -> None:
    compound = polls.drafted(world).compound
    row = Dwelling.objects.filter(compound=compound).exclude(stairwell="").select_related("building")[0]
    client, address = signed_in("street_clerk"), reverse("voting:draft_vote", args=[compound.pk])
    whole = sent("2027-04-01T08:00", "2027-04-09T18:00", NEW)
    narrow = {**whole, "scope": "stairwell", "building": str(row.building_id), "stairwell": row.stairwell}
    for wrong, told in (
        ({**whole, "building": str(row.building_id)}, "范围是全小区，不要选楼栋"),
        ({**narrow, "scope": "building"}, "把范围改成“一个单元”"),
        ({**narrow, "stairwell": "99单元"}, f"没有“99单元”，有：{row.stairwell}"),
        ({**narrow, "stairwell": ""}, "请填写单元"),
    ):
        refused = client.post(address, wrong)
        assert (refused.status_code, told in refused.content.decode()) == (422, True), told
    assert client.post(address, narrow).status_code == 302
    assert Vote.objects.latest("pk").stairwell == row.stairwell
