"""The public sees a result once it is published, and not before."""

import re
from datetime import timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.test import Client
from django.urls import reverse

from gongdi.apps.voting import services
from gongdi.apps.voting.log import receipt_of
from gongdi.apps.voting.models import Ballot, Vote
from gongdi.core.voting.heads import TreeHead
from gongdi.core.voting.merkle import is_consistent, root_by_inclusion
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


def test_heads_and_proofs_are_served_while_the_vote_runs_and_hold(world: World) -> None:
    vote = polls.opened(world)
    ballots = [polls.cast(world, vote, polls.a_unit(vote, n % 2)) for n in range(5)]
    code = receipt_of(vote, ballots[2].entry).code
    found = Client().get(reverse("voting:export_inclusion", args=[vote.code]), {"receipt": code}).json()
    head, path = found["head"], [bytes.fromhex(step) for step in found["path"]]
    root = root_by_inclusion("sha256", bytes.fromhex(found["leaf"]), found["seq"], head["size"], path)
    assert root is not None
    assert root.hex() == head["root"]
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(vote.public_key))
    text = TreeHead(vote.code, "sha256", head["size"], root, head["at"]).signed_text()
    key.verify(bytes.fromhex(head["signature"]), text)
    grown = Client().get(reverse("voting:export_consistency", args=[vote.code]), {"first": "3"}).json()
    ends = [(each["size"], bytes.fromhex(each["root"])) for each in (grown["first"], grown["second"])]
    assert is_consistent("sha256", ends[0], ends[1], [bytes.fromhex(step) for step in grown["path"]])
    heads = Client().get(reverse("voting:export_heads", args=[vote.code])).json()["heads"]
    assert [each["size"] for each in heads] == [1, 6]
    page = Client().get(reverse("voting:see_proof", args=[vote.code]), {"receipt": code}).content.decode()
    assert "您的选票在：是第 3 条" in page
    assert "算没算，结果公示以后" in page


def test_between_two_sizes_no_moment_is_told_of_a_head_that_is_not_shown(world: World) -> None:
    vote = polls.opened(world)
    for number in range(3):
        polls.cast(world, vote, polls.a_unit(vote, number % 2))
    address = reverse("voting:export_consistency", args=[vote.code])
    found = Client().get(address, {"first": "2", "second": "3"}).json()
    assert [set(found[end]) for end in ("first", "second")] == [{"size", "root"}] * 2
    shown = Client().get(address, {"first": "1"}).json()
    assert all("signature" in shown[end] for end in ("first", "second"))


def test_once_published_whoever_holds_a_receipt_reads_whether_the_ballot_counts(world: World) -> None:
    vote = polls.opened(world)
    unit = polls.a_unit(vote)
    first, second = (polls.cast(world, vote, unit, now=NOW + timedelta(minutes=n)) for n in range(2))
    Vote.objects.update(state=Vote.State.OBJECTIONS)

    def page(ballot: Ballot) -> str:
        code = receipt_of(vote, ballot.entry).code
        return Client().get(reverse("voting:see_proof", args=[vote.code]), {"receipt": code}).content.decode()

    assert "这张选票没有算" in page(first)
    assert "这张选票算数" in page(second)
    assert "T0" not in re.findall("到 (.*?)，选票日志", page(second))[0]


def test_what_is_not_in_the_log_is_told(world: World) -> None:
    vote = polls.opened(world)
    assert Client().get(reverse("voting:export_inclusion", args=[vote.code]), {"receipt": "X"}).status_code == 404
    for first in ("0", "9", "-1", "x", "9" * 30):
        address = reverse("voting:export_consistency", args=[vote.code])
        assert Client().get(address, {"first": first}).status_code == 404
