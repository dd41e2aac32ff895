"""The key that signs is made once, and never anew over logs that are signed."""

from pathlib import Path

import pytest

from gongdi.apps.places.services import RefusedError
from gongdi.apps.voting import signing
from gongdi.apps.voting.models import Ballot
from tests.support import polls
from tests.support.world import World


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
