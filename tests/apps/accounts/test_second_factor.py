"""The second factor: enrolled, asked for after the password, used up, reset by the security administrator."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from gongdi.apps.accounts import second_factor, services
from gongdi.apps.accounts.models import User
from gongdi.apps.audit.models import Event
from gongdi.web import clock
from tests.support.keys import SoftKey, in_session
from tests.support.world import NOW, PASSWORD, SECRET, World


def begun(username: str = "administrator") -> Client:
    client = Client()
    answer = client.post("/sign-in/", {"username": username, "password": PASSWORD})
    assert answer.headers["Location"] == "/sign-in/second/"
    return client


def proves(client: Client, code: str) -> bool:
    return client.post("/sign-in/second/", {"code": code}).status_code == 302


def test_the_password_alone_opens_nothing(world: World) -> None:
    assert begun().get("/").headers["Location"].startswith("/sign-in/")
    assert not Event.objects.filter(verb__in=["accounts.sign_in", "accounts.prove_second_factor"]).exists()


def test_the_code_of_the_moment_opens(world: World) -> None:
    client = begun()
    assert proves(client, second_factor.code_at(SECRET, clock.now()))
    assert client.get("/people/").status_code == 200
    assert Event.objects.get(verb="accounts.prove_second_factor").after["factor"] == "totp"


def test_a_code_is_used_once(world: World) -> None:
    moment = NOW
    person, code = world.people["administrator"], second_factor.code_at(SECRET, moment)
    assert second_factor.use_code(person, code, moment) == "totp"
    assert second_factor.use_code(person, code, moment) is None
    later = moment + timedelta(seconds=30)
    assert second_factor.use_code(person, code, later) is None
    assert second_factor.use_code(person, second_factor.code_at(SECRET, later), later) == "totp"


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, True), (0, True), (30, True), (60, False)])
def test_clocks_may_differ_by_one_period(seconds: int, right: bool, world: World) -> None:
    code = second_factor.code_at(SECRET, NOW + timedelta(seconds=seconds))
    assert (second_factor.use_code(world.people["administrator"], code, NOW) is not None) is right


@pytest.mark.parametrize("code", ["", "000000", "１２３４５６", "12345", "abcdef", "x" * 20])
def test_a_wrong_code_opens_nothing(code: str, world: World) -> None:
    if code == second_factor.code_at(SECRET, NOW):
        return
    assert second_factor.use_code(world.people["administrator"], code, NOW) is None


def test_five_wrong_codes_lock_the_name_even_with_the_right_password_between(world: World) -> None:
    for _ in range(5):
        client = begun()
        assert not proves(client, "000000" if second_factor.code_at(SECRET, clock.now()) != "000000" else "000001")
    answer = Client().post("/sign-in/", {"username": "administrator", "password": PASSWORD})
    assert answer.status_code == 422
    assert "暂停登录" in answer.content.decode()


def test_the_first_step_is_forgotten_after_five_minutes(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    client, moment = begun(), clock.now() + timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: moment)
    assert client.get("/sign-in/second/").headers["Location"] == "/sign-in/"


def test_enrolling_shows_the_secret_as_a_picture_and_then_codes_once(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("street_clerk")
    page = client.get("/account/second-factor/app/").content.decode()
    assert '<svg xmlns="http://www.w3.org/2000/svg"' in page or "<svg " in page
    found = re.search(r"<code>([A-Z2-7 ]{32,})</code>", page)
    assert found is not None
    secret = found[1].replace(" ", "")
    assert client.post("/account/second-factor/app/", {"code": "000000"}).status_code in (422, 200)
    shown = client.post("/account/second-factor/app/", {"code": second_factor.code_at(secret, clock.now())})
    codes = [code.replace(" ", "") for code in re.findall(r"<code>([\d ]{9})</code>", shown.content.decode())]
    assert len(set(codes)) == 10
    kept = Authenticator.objects.get(user=world.people["street_clerk"], type="totp")
    assert secret not in str(kept.data)
    entering = begun("street_clerk")
    assert proves(entering, codes[3])
    assert not proves(begun("street_clerk"), codes[3])


def test_the_secret_at_rest_is_sealed_and_a_changed_one_is_refused(world: World) -> None:
    from gongdi.apps.accounts.secrets_at_rest import seal, unseal

    assert unseal(seal(SECRET)) == SECRET
    assert seal(SECRET) != seal(SECRET)
    sealed = seal(SECRET)
    with pytest.raises(ValueError, match="key"):
        unseal(sealed[:-4] + ("AAAA" if not sealed.endswith("AAAA") else "BBBB"))
    stored = Authenticator.objects.get(user=world.people["administrator"], type="totp").data["secret"]
    assert SECRET not in stored
    assert unseal(stored) == SECRET


def test_a_post_that_needs_it_opens_nothing_before_enrolment(world: World, signed_in: Callable[[str], Client]) -> None:
    Authenticator.objects.filter(user=world.people["security_administrator"]).delete()
    client = signed_in("security_administrator")
    assert client.get("/people/").headers["Location"] == "/account/second-factor/"
    assert client.get("/account/second-factor/").status_code == 200
    assert client.get("/account/second-factor/app/").status_code == 200


def test_the_setting_asks_everybody(world: World, signed_in: Callable[[str], Client], settings) -> None:  # type: ignore[no-untyped-def]
    settings.SECOND_FACTOR_FOR = "all"
    assert signed_in("street_clerk").get("/pool/board/").headers["Location"] == "/account/second-factor/"


def test_the_last_factor_stays_while_the_post_needs_it(world: World, signed_in: Callable[[str], Client]) -> None:
    client, person = signed_in("administrator"), world.people["administrator"]
    (factor,) = second_factor.factors_of(person)
    client.post(f"/account/second-factor/{factor.pk}/remove/")
    assert second_factor.is_enrolled(person)
    assert "唯一" in client.get("/account/second-factor/").content.decode()


def test_the_security_administrator_resets_it_and_the_sessions_end(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    lost, client = signed_in("administrator"), signed_in("security_administrator")
    person, own = world.people["administrator"], world.people["security_administrator"]
    assert client.post(f"/people/{own.pk}/reset-second-factor/", {"why": "误点"}).status_code == 422
    assert client.post(f"/people/{person.pk}/reset-second-factor/", {"why": "手机丢失"}).status_code == 302
    assert not second_factor.is_enrolled(person)
    assert "why=ended" in lost.get("/people/").headers["Location"]


def test_a_security_key_is_enrolled_and_signs_in(world: World) -> None:
    person, key = world.people["auditor"], SoftKey()
    with in_session():
        second_factor.add_key(person, "办公室", key.register(second_factor.ask_for_new_key(person)))
    with in_session():
        found = services.prove_second_factor(
            person=person, credential=key.answer(second_factor.ask_for_key(person)), address="10.0.0.1", now=NOW
        )
    assert found.person == person


def test_a_foreign_key_a_foreign_site_an_old_challenge_and_nonsense_open_nothing(world: World) -> None:
    person, key = world.people["auditor"], SoftKey()
    with in_session():
        second_factor.add_key(person, "办公室", key.register(second_factor.ask_for_new_key(person)))
    with in_session():
        old = key.answer(second_factor.ask_for_key(person))
    stranger, elsewhere = SoftKey(), SoftKey(origin="http://evil.example")
    elsewhere.key, elsewhere.id = key.key, key.id
    for wrong in (stranger, elsewhere):
        with in_session():
            assert second_factor.use_key(person, wrong.answer(second_factor.ask_for_key(person)), NOW) is None
    for nonsense in (old, {}, {"id": 1}, {"id": "x", "rawId": "x", "type": "public-key", "response": {}}):
        with in_session():
            second_factor.ask_for_key(person)
            assert second_factor.use_key(person, nonsense, NOW) is None
    with in_session():
        assert second_factor.use_key(person, old, NOW) is None


def test_the_key_page_talks_json_and_leads_in(world: World) -> None:
    person, key = world.people["auditor"], SoftKey()
    with in_session():
        second_factor.add_key(person, "办公室", key.register(second_factor.ask_for_new_key(person)))
    client = Client(headers={"host": "localhost"})
    client.post("/sign-in/", {"username": "auditor", "password": PASSWORD, "next": "/audit/"})
    asked = client.post("/sign-in/second/key/", b"", content_type="application/json").json()
    answer = client.post("/sign-in/second/key/", key.answer(asked), content_type="application/json")
    assert answer.json() == {"go": "/audit/"}
    assert client.get("/audit/").status_code == 200


def test_nobody_else_removes_ones_factor(world: World, signed_in: Callable[[str], Client]) -> None:
    (factor,) = second_factor.factors_of(world.people["administrator"])
    assert signed_in("auditor").post(f"/account/second-factor/{factor.pk}/remove/").status_code == 404
    assert User.objects.get(username="administrator").is_active
