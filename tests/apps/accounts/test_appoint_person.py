"""Posts are given by somebody else."""

import pytest

from gongdi.apps.accounts import post_services
from gongdi.apps.accounts.faults import RefusedError
from gongdi.apps.accounts.models import Organisation, Post
from gongdi.apps.accounts.permissions import PostKind
from tests.support.world import NOW, World


def test_nobody_gives_a_post_to_oneself(world: World) -> None:
    own = world.people["security_administrator"]
    before = Post.objects.count()
    with pytest.raises(RefusedError, match="另一位安全管理员"):
        post_services.appoint_person(
            holder=own, kind=PostKind.SECURITY_ADMINISTRATOR, organisation=Organisation.objects.all()[0], place="",
            place_name="全部", by=own, now=NOW,
        )  # fmt: skip
    assert Post.objects.count() == before
