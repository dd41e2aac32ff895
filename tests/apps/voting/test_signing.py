"""The key that signs is made once, and never anew over logs that are signed."""

from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import services, signing
from gongdi.apps.voting.models import Ballot
from tests.support import polls
from tests.support.world import NOW, World


def test_a_missing_key_is_made_while_nothing_is_signed(world: World, settings, tmp_path: Path) -> None:
    settings.VOTE_KEY_FILE = tmp_path / "votes.key"
    first = signing.public_key()
    signing._key.cache_clear()
    assert signing.public_key() == first


def test_a_lost_key_is_not_replaced_once_a_log_is_signed(world: World, settings, tmp_path: Path) -> None:
    vote = polls.opened(world)
    settings.VOTE_KEY_FILE = tmp_path / "lost.key"
    with pytest.raises(RefusedError, match="从备份恢复"):
        polls.cast(world, vote)
    assert not Ballot.objects.exists()
    assert not settings.VOTE_KEY_FILE.exists()


def test_pages_work_without_the_key_and_only_writing_is_refused(world: World, settings, tmp_path: Path) -> None:
    vote = polls.published(world)
    running = polls.opened(world)
    settings.VOTE_KEY_FILE = tmp_path / "lost.key"
    for name in ("voting:see_proof", "voting:export_public_file"):
        assert Client().get(reverse(name, args=[vote.code])).status_code == 200
    assert vote.public_key in Client().get(reverse("voting:see_proof", args=[vote.code])).content.decode()
    with pytest.raises(RefusedError, match="从备份恢复"):
        polls.cast(world, running)


def test_another_key_signs_nothing_of_a_vote_whose_key_was_shown(world: World, settings, tmp_path: Path) -> None:
    vote = polls.frozen(world)
    settings.VOTE_KEY_FILE = tmp_path / "other.key"
    signing.make_key_file(settings.VOTE_KEY_FILE)
    with pytest.raises(RefusedError, match="不是同一把"):
        services.open_vote(vote=vote, by=world.people["street_clerk"], now=NOW)
