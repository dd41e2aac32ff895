"""A draft is said anew until its roll is frozen, and not after."""

import pytest
from django.urls import reverse

from gongdi.apps.audit.models import Event
from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting.models import Vote
from gongdi.core.voting.heads_rules import HEADS_RULES
from tests.support import polls
from tests.support.world import World


def test_everything_but_compound_and_code_is_said_anew(world: World) -> None:
    before = polls.drafted(world)
    after = polls.redrafted(world, before, precedence="first", changes=False, early_end=True, heads_rule="all_parts")
    assert (after.code, after.compound) == (before.code, before.compound)
    assert [(row.number, row.title, row.rule["early_end"]) for row in after.matters.all()] == [
        (1, "是否使用维修资金", True)
    ]
    assert after.heads_rule == HEADS_RULES["all_parts"].rule.record()
    event = Event.objects.get(verb="voting.edit_draft")
    assert (event.before["title"], event.after["title"]) == ("改造方案表决", "方案和维修资金表决")


def test_a_frozen_roll_ends_it(world: World, signed_in) -> None:
    vote = polls.frozen(world)
    with pytest.raises(RefusedError, match="名册已固定"):
        polls.redrafted(world, vote)
    address = reverse("voting:edit_draft", args=[vote.pk])
    page = signed_in("street_clerk").get(address, follow=True).content.decode()
    assert "不能办理这一步" in page
    assert f'href="{address}"' not in page


def test_what_is_whole_when_drafted_must_be_whole_when_amended(world: World) -> None:
    vote = polls.drafted(world)
    for wrong, why in (
        ({"until": polls.SINCE}, "截止时间"), ({"matters": []}, "至少要有一个"), ({"early_end": True}, "提前截止"),
    ):  # fmt: skip
        with pytest.raises(RefusedError, match=why):
            polls.redrafted(world, vote, **wrong)
    assert Vote.objects.get().matters.get().title == "是否同意整治改造方案"


def test_the_page_shows_the_draft_as_it_is_and_keeps_what_is_changed(world: World, signed_in) -> None:
    vote, client = polls.drafted(world, heads_rule="each_dwelling", changes=False), signed_in("street_clerk")
    address = reverse("voting:edit_draft", args=[vote.pk])
    assert f'href="{address}"' in client.get(reverse("voting:see_vote", args=[vote.pk])).content.decode()
    form = client.get(address).context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert (sent["heads_rule"], sent["changes"], sent["rule_1"]) == ("each_dwelling", False, "civil-code-2021-special")
    sent = {name: value for name, value in sent.items() if value not in (None, False)}
    moments = {name: f"{getattr(vote, name):%Y-%m-%dT%H:%M}" for name in ("since", "until")}
    done = client.post(address, {**sent, **moments, "title": "换个名称"})
    assert done.status_code == 302
    vote.refresh_from_db()
    assert (vote.title, vote.changes, vote.matters.count()) == ("换个名称", False, 1)
