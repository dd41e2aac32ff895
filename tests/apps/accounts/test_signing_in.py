from datetime import timedelta

from django.test import Client

from gongdi.apps.accounts import services
from gongdi.apps.accounts.models import SignInAttempt
from gongdi.apps.accounts.queries import LOCK_AFTER, LOCK_FOR
from gongdi.apps.audit.models import Event
from tests.support.world import NOW, PASSWORD, World


def attempt(password: str, minutes: int = 0, username: str = "auditor", address: str = "10.0.0.1") -> services.SignIn:
    now = NOW + timedelta(minutes=minutes)
    return services.sign_in(username=username, password=password, address=address, now=now)


def test_the_right_password_opens(world: World) -> None:
    assert attempt(PASSWORD).person == world.people["auditor"]


def test_the_wrong_one_does_not(world: World) -> None:
    assert attempt("不对").person is None


def test_five_failures_lock_the_name_even_for_the_right_password(world: World) -> None:
    for _ in range(LOCK_AFTER):
        attempt("不对")
    found = attempt(PASSWORD)
    assert found.person is None
    assert found.locked_until == NOW + LOCK_FOR


def test_four_failures_do_not_lock(world: World) -> None:
    for _ in range(LOCK_AFTER - 1):
        attempt("不对")
    assert attempt(PASSWORD).person is not None


def test_the_lock_ends_by_itself(world: World) -> None:
    for _ in range(LOCK_AFTER):
        attempt("不对")
    assert attempt(PASSWORD, minutes=16).person is not None


def test_a_success_between_failures_starts_the_count_again(world: World) -> None:
    for minute in range(LOCK_AFTER - 1):
        attempt("不对", minute)
    attempt(PASSWORD, 4)
    for minute in range(5, 5 + LOCK_AFTER - 1):
        attempt("不对", minute)
    assert attempt(PASSWORD, 9).person is not None


def test_a_lock_on_one_name_leaves_others_open(world: World) -> None:
    for _ in range(LOCK_AFTER):
        attempt("不对")
    assert attempt(PASSWORD, username="city_viewer").person is not None


def test_many_names_from_one_address_lock_the_address(world: World) -> None:
    for number in range(40):
        attempt("不对", username=f"某人{number}")
    assert attempt(PASSWORD).locked_until is not None
    assert attempt(PASSWORD, address="10.0.0.2").person is not None


def test_the_administrator_can_unlock(world: World) -> None:
    for _ in range(LOCK_AFTER):
        attempt("不对")
    services.unlock_person(person=world.people["auditor"], by=world.people["administrator"], now=NOW)
    found = attempt(PASSWORD)
    assert found.person is not None
    assert found.failures == LOCK_AFTER


def test_attempts_during_a_lock_are_listed_and_do_not_make_it_longer(world: World) -> None:
    for _ in range(LOCK_AFTER):
        attempt("不对")
    for minute in range(1, 15):
        attempt(PASSWORD, minute)
    assert SignInAttempt.objects.filter(username="auditor").count() == LOCK_AFTER + 14
    assert attempt(PASSWORD, minutes=16).person is not None


def test_someone_who_left_cannot_sign_in(world: World) -> None:
    person = world.people["auditor"]
    person.is_active = False
    person.save()
    assert attempt(PASSWORD).person is None


def test_no_event_or_attempt_keeps_the_password(world: World) -> None:
    attempt("写错的口令-1234567")
    texts = [f"{event.before}{event.after}{event.why}{event.object_name}" for event in Event.objects.all()]
    texts += [f"{each.username}{each.address}" for each in SignInAttempt.objects.all()]
    assert not any("写错的口令" in text for text in texts)


def test_the_page_says_what_is_wrong_without_telling_which_names_exist(world: World) -> None:
    answers = [Client().post("/sign-in/", {"username": name, "password": "不对"}) for name in ("auditor", "nobody")]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert all("登录名或口令不对" in answer.content.decode() for answer in answers)


def test_the_page_leads_back_to_where_one_was_going_but_never_off_the_site(world: World) -> None:
    given = {"username": "auditor", "password": PASSWORD}
    inside = Client().post("/sign-in/", {**given, "next": "/audit/"})
    outside = Client().post("/sign-in/", {**given, "next": "https://example.com/"})
    assert inside.headers["Location"] == "/audit/"
    assert outside.headers["Location"] == "/"
    assert Client().post("/sign-in/", {**given, "next": "zzz"}).headers["Location"] == "/"


def test_signing_out_ends_the_session(world: World) -> None:
    client = Client()
    client.force_login(world.people["auditor"])
    client.post("/sign-out/")
    assert client.get("/audit/").status_code == 302


def test_changing_the_password_needs_the_old_one_and_a_strong_new_one(world: World) -> None:
    client = Client()
    client.force_login(world.people["auditor"])
    new = "另一段够长的口令-90"
    wrong = client.post("/password/", {"current": "不对", "new": new, "again": new})
    weak = client.post("/password/", {"current": PASSWORD, "new": "12345678901", "again": "12345678901"})
    right = client.post("/password/", {"current": PASSWORD, "new": new, "again": new})
    assert [wrong.status_code, weak.status_code, right.status_code] == [422, 422, 302]
    assert attempt(new).person is not None


def test_a_name_in_lists_shows_the_family_name_alone(world: World) -> None:
    assert world.people["auditor"].masked_name == "测**"
