"""How each service of accounts is done once."""

from collections.abc import Callable

from gongdi.apps.accounts import services as accounts
from gongdi.apps.accounts.models import Organisation
from gongdi.apps.accounts.permissions import PostKind
from tests.support.world import NOW, PASSWORD, World


def _house() -> Organisation:
    return Organisation.objects.get(name="江北区测试单位")


DOINGS: dict[str, Callable[[World], object]] = {
    "accounts.services.sign_in": lambda w: accounts.sign_in(
        username="auditor", password=PASSWORD, address="10.0.0.1", now=NOW
    ),
    "accounts.services.sign_out": lambda w: accounts.sign_out(by=w.people["auditor"], now=NOW),
    "accounts.services.add_person": lambda w: accounts.add_person(
        username="new", display_name="新人", password=PASSWORD, by=w.people["administrator"], now=NOW
    ),
    "accounts.services.appoint_person": lambda w: accounts.appoint_person(
        holder=w.people["auditor"], kind=PostKind.CITY_VIEWER, organisation=_house(), place="3302", place_name="宁波市",
        by=None, now=NOW,
    ),
    "accounts.services.end_post": lambda w: accounts.end_post(
        post=w.people["auditor"].held_posts[0], why="调离", by=w.people["administrator"], now=NOW
    ),
    "accounts.services.reset_password": lambda w: accounts.reset_password(
        person=w.people["auditor"], password=PASSWORD, by=w.people["administrator"], now=NOW
    ),
    "accounts.services.change_password": lambda w: accounts.change_password(
        by=w.people["auditor"], password=PASSWORD, now=NOW
    ),
    "accounts.services.unlock_person": lambda w: accounts.unlock_person(
        person=w.people["auditor"], by=w.people["administrator"], now=NOW
    ),
}  # fmt: skip
