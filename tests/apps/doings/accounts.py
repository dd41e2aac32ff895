"""How each service of accounts is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.accounts import post_services as posts
from gongdi.apps.accounts import second_factor
from gongdi.apps.accounts import security_services as security
from gongdi.apps.accounts import services as accounts
from gongdi.apps.accounts.models import Delegation, Organisation, SignOnBinding
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.accounts.reaches import NamedObject
from tests.support.keys import SoftKey, in_session
from tests.support.world import NOW, PASSWORD, SECRET, World


def _house() -> Organisation:
    return Organisation.objects.get(name="江北区测试单位")


def _delegate(world: World) -> Delegation:
    clerk = world.people["street_clerk"]
    return posts.delegate_post(
        post=clerk.held_posts[0],
        to=world.people["community_worker"],
        starts_on=date(2027, 3, 1),
        ends_on=date(2027, 3, 8),
        why="休假",
        by=clerk,
        now=NOW,
    )


def _tie(world: World) -> None:
    compound = world.compounds["青禾小区"]
    posts.tie_post(
        post=world.people["builder"].held_posts[0],
        objects=[NamedObject("places.compound", compound.pk, compound.name)],
        why="新增标段",
        by=world.people["security_administrator"],
        now=NOW,
    )


def _add_key(world: World) -> None:
    person = world.people["auditor"]
    with in_session():
        answer = SoftKey().register(second_factor.ask_for_new_key(person))
        security.add_factor_key(by=person, name="办公室", credential=answer, now=NOW)


def _bound(world: World) -> SignOnBinding:
    return security.bind_sign_on(
        person=world.people["auditor"], issuer="https://id.example", subject="u-1", by=world.people["administrator"],
        now=NOW,
    )  # fmt: skip


def _sign_on(world: World) -> None:
    _bound(world)
    accounts.sign_on(issuer="https://id.example", subject="u-1", address="10.0.0.1", now=NOW)


DOINGS: dict[str, Callable[[World], object]] = {
    "accounts.services.sign_in": lambda w: accounts.sign_in(
        username="auditor", password=PASSWORD, address="10.0.0.1", now=NOW
    ),
    "accounts.services.prove_second_factor": lambda w: accounts.prove_second_factor(
        person=w.people["administrator"], code=second_factor.code_at(SECRET, NOW), address="10.0.0.1", now=NOW
    ),
    "accounts.services.sign_on": _sign_on,
    "accounts.services.sign_out": lambda w: accounts.sign_out(by=w.people["auditor"], now=NOW),
    "accounts.services.add_person": lambda w: accounts.add_person(
        username="new", display_name="新人", password=PASSWORD, by=w.people["administrator"], now=NOW
    ),
    "accounts.services.reset_password": lambda w: accounts.reset_password(
        person=w.people["auditor"], password=PASSWORD, by=w.people["administrator"], now=NOW
    ),
    "accounts.services.change_password": lambda w: accounts.change_password(
        by=w.people["auditor"], password=PASSWORD, now=NOW
    ),
    "accounts.services.unlock_person": lambda w: accounts.unlock_person(
        person=w.people["auditor"], by=w.people["security_administrator"], now=NOW
    ),
    "accounts.post_services.appoint_person": lambda w: posts.appoint_person(
        holder=w.people["auditor"], kind=PostKind.CITY_VIEWER, organisation=_house(), place="3302", place_name="宁波市",
        by=None, now=NOW,
    ),
    "accounts.post_services.end_post": lambda w: posts.end_post(
        post=w.people["auditor"].held_posts[0], why="调离", by=w.people["security_administrator"], now=NOW
    ),
    "accounts.post_services.move_post": lambda w: posts.move_post(
        post=w.people["street_clerk"].held_posts[0], place="330205001", place_name="外滩街道", why="街道撤并",
        by=w.people["security_administrator"], now=NOW,
    ),
    "accounts.post_services.tie_post": _tie,
    "accounts.post_services.delegate_post": _delegate,
    "accounts.post_services.withdraw_delegation": lambda w: posts.withdraw_delegation(
        delegation=_delegate(w), why="已返岗", by=w.people["street_clerk"], now=NOW
    ),
    "accounts.security_services.add_factor_app": lambda w: security.add_factor_app(
        by=w.people["auditor"], secret=SECRET, code=second_factor.code_at(SECRET, NOW), now=NOW
    ),
    "accounts.security_services.add_factor_key": _add_key,
    "accounts.security_services.remove_factor": lambda w: security.remove_factor(
        factor=second_factor.factors_of(w.people["administrator"])[0], by=w.people["administrator"], needed=False,
        now=NOW,
    ),
    "accounts.security_services.renew_recovery_codes": lambda w: security.renew_recovery_codes(
        by=w.people["administrator"], now=NOW
    ),
    "accounts.security_services.reset_second_factor": lambda w: security.reset_second_factor(
        person=w.people["administrator"], why="手机丢失", by=w.people["security_administrator"], now=NOW
    ),
    "accounts.security_services.end_other_sessions": lambda w: security.end_other_sessions(
        by=w.people["auditor"], present=None, now=NOW
    ),
    "accounts.security_services.disable_person": lambda w: security.disable_person(
        person=w.people["auditor"], why="离职", by=w.people["administrator"], now=NOW
    ),
    "accounts.security_services.enable_person": lambda w: security.enable_person(
        person=w.people["auditor"], why="返岗", by=w.people["administrator"], now=NOW
    ),
    "accounts.security_services.bind_sign_on": _bound,
    "accounts.security_services.unbind_sign_on": lambda w: security.unbind_sign_on(
        person=_bound(w).person, by=w.people["administrator"], now=NOW
    ),
}  # fmt: skip
