"""Sessions rest, end and are ended; passwords are mixed, new and not too old; a disabled person is out at once."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from gongdi.apps.accounts import security_services, services
from gongdi.apps.accounts.models import SignedInSession, User
from gongdi.apps.accounts.password_rules import LEAST_KINDS, MixedKinds, kinds_in
from gongdi.web import clock
from tests.support.world import NOW, PASSWORD, World


def entered(username: str = "auditor") -> Client:
    client = Client()
    assert client.post("/sign-in/", {"username": username, "password": PASSWORD}).status_code == 302
    return client


@pytest.mark.parametrize(
    ("idle", "age", "why"), [(29, 100, ""), (31, 100, "idle"), (1, 479, ""), (1, 481, "over"), (31, 481, "idle")]
)
def test_a_session_ends_by_rest_and_by_age(idle: int, age: int, why: str, world: World) -> None:
    client, now = entered(), clock.now()
    SignedInSession.objects.update(seen_at=now - timedelta(minutes=idle), started_at=now - timedelta(minutes=age))
    answer = client.get("/audit/")
    assert answer.status_code == (302 if why else 200)
    if why:
        assert f"why={why}" in answer.headers["Location"]
        assert "next=%2Faudit%2F" in answer.headers["Location"]
        assert "重新登录" in client.get(answer.headers["Location"]).content.decode()
        assert SignedInSession.objects.get().ended_at is not None


def test_the_others_are_ended_and_this_one_stays(world: World) -> None:
    first, second = entered(), entered()
    page = second.get("/account/").content.decode()
    assert (page.count("本次会话"), page.count("其他会话</td>")) == (1, 1)
    second.post("/account/sessions/end/")
    assert "why=ended" in first.get("/audit/").headers["Location"]
    assert second.get("/audit/").status_code == 200


def test_a_disabled_person_is_out_at_once_and_in_again_when_enabled(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    client, system = entered(), signed_in("administrator")
    person = world.people["auditor"]
    assert system.post(f"/people/{person.pk}/disable/", {"why": "离职"}).status_code == 302
    assert client.get("/audit/").status_code == 302
    assert services.sign_in(username="auditor", password=PASSWORD, address="", now=NOW).person is None
    assert system.post(f"/people/{person.pk}/enable/", {"why": "返岗"}).status_code == 302
    assert client.get("/audit/").status_code == 302, "the old session stays ended"
    assert entered().get("/audit/").status_code == 200


def test_a_new_password_from_another_hand_ends_the_sessions(world: World) -> None:
    client, person = entered(), world.people["auditor"]
    services.reset_password(person=person, password="abcd-efgh-2345-jkmn", by=None, now=clock.now())
    assert client.get("/audit/").status_code == 302


def test_the_sign_in_tells_the_last_one_and_what_failed_since(world: World) -> None:
    entered()
    Client().post("/sign-in/", {"username": "auditor", "password": "不对"})
    page = entered().get("/").content.decode()
    assert "上次登录：" in page
    assert "此后有 1 次登录失败" in page


def test_none_of_the_last_five_passwords_is_taken_again(world: World) -> None:
    client, current = entered(), PASSWORD
    for number in range(6):
        new = f"另一段够长的口令-{number}9"
        given = {"current": current, "new": new, "again": new}
        assert client.post("/password/", given).status_code == 302
        current = new
    refused = client.post(
        "/password/", {"current": current, "new": f"另一段够长的口令-{1}9", "again": f"另一段够长的口令-{1}9"}
    )
    assert refused.status_code == 422
    assert "最近 5 次" in refused.content.decode()
    assert client.post("/password/", {"current": current, "new": PASSWORD, "again": PASSWORD}).status_code == 302
    assert world.people["auditor"].past_passwords.count() == 5


@pytest.mark.parametrize(("days", "leads_away"), [(89, False), (91, True)])
def test_a_password_ages(days: int, leads_away: bool, world: World) -> None:
    client = entered()
    User.objects.update(password_changed_at=clock.now() - timedelta(days=days))
    answer = client.get("/audit/")
    assert (answer.status_code == 302) is leads_away
    if leads_away:
        assert answer.headers["Location"] == "/password/"


@pytest.mark.parametrize("weak", ["abcdefghijk", "ABCDEFGHabc", "abcdefgh1234", "口令口令口令口令口令12"])
def test_a_password_of_two_kinds_is_refused(weak: str) -> None:
    with pytest.raises(ValidationError, match="至少三种"):
        MixedKinds().validate(weak)


@pytest.mark.parametrize("good", ["abcdefgh12-", "ABCDabcd1234", "口令口令口令口令-12"])
def test_a_password_of_three_kinds_is_taken(good: str) -> None:
    MixedKinds().validate(good)


@pytest.mark.parametrize("weak", ["Password123!", "password_2026", "2026!Qwertyuiop", "Auditor-2026", "x9-AUDITOR-x9"])
def test_what_is_guessed_first_is_refused_whatever_stands_around_it(weak: str, world: World) -> None:
    with pytest.raises(ValidationError, match=r"常见|登录名"):
        validate_password(weak, world.people["auditor"])


def test_a_password_made_by_chance_passes_its_own_rules() -> None:
    assert all(len(kinds_in(services.new_password())) >= LEAST_KINDS for _ in range(300))


def test_nobody_disables_themselves(world: World) -> None:
    system = world.people["administrator"]
    with pytest.raises(security_services.RefusedError, match="自己"):
        security_services.disable_person(person=system, why="误点", by=system, now=NOW)
