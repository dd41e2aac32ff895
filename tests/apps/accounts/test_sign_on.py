"""The city's own sign-on, against a provider on the loopback: whom it lets in, and every way in which it does not."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client

from gongdi.apps.accounts import second_factor, security_services
from gongdi.apps.accounts.models import SignInAttempt, SignOnBinding, User
from gongdi.apps.audit.models import Event
from gongdi.web import clock
from tests.support.openid import CLIENT, CLIENT_SECRET, Provider, serving
from tests.support.world import NOW, SECRET, World


@pytest.fixture
def provider(settings: Any) -> Iterator[Provider]:
    with serving() as found:
        settings.SIGN_ON_ISSUER, settings.SIGN_ON_CLIENT = found.issuer, CLIENT
        settings.SIGN_ON_SECRET, settings.SIGN_ON_NAME = CLIENT_SECRET, "市统一身份认证"
        yield found


def bind(world: World, provider: Provider, role: str = "auditor", subject: str = "u-1001") -> None:
    security_services.bind_sign_on(
        person=world.people[role], issuer=provider.issuer, subject=subject, by=world.people["administrator"], now=NOW
    )


def go(provider: Provider, client: Client | None = None, next_page: str = "/audit/") -> Any:
    client = client or Client()
    sent = client.get("/sign-in/city/", {"next": next_page})
    assert sent.status_code == 302, sent.content.decode()
    return client.get(provider.agree(sent.headers["Location"]))


def test_a_bound_identity_comes_in_and_goes_where_it_wanted(world: World, provider: Provider) -> None:
    bind(world, provider)
    client = Client()
    assert "用市统一身份认证登录" in client.get("/sign-in/").content.decode()
    assert go(provider, client).headers["Location"] == "/audit/"
    assert client.get("/audit/").status_code == 200
    assert Event.objects.get(verb="accounts.sign_on").actor == world.people["auditor"]
    assert provider.asked["scope"] == "openid"
    assert provider.asked["code_challenge_method"] == "S256"
    assert len(provider.asked["nonce"]) >= 32
    assert provider.redeemed[0]["redirect_uri"] == "http://testserver/sign-in/city/back/"


def test_an_identity_that_nobody_bound_adds_nobody_and_learns_whom_to_ask(world: World, provider: Provider) -> None:
    bind(world, provider, subject="u-2")
    before = User.objects.count()
    client = Client()
    answer = go(provider, client)
    assert answer.status_code == 403
    text = answer.content.decode()
    assert "联系本单位系统管理员" in text
    assert "u-1001" in text
    assert client.get("/audit/").status_code == 302
    assert User.objects.count() == before
    assert not SignInAttempt.objects.get().succeeded


def test_a_disabled_person_does_not_come_in(world: World, provider: Provider) -> None:
    bind(world, provider)
    User.objects.filter(username="auditor").update(is_active=False)
    assert go(provider).status_code == 403


def test_the_second_factor_is_asked_for_as_well(world: World, provider: Provider) -> None:
    bind(world, provider, "administrator")
    client = Client()
    assert go(provider, client, "/people/").headers["Location"] == "/sign-in/second/"
    assert client.get("/people/").status_code == 302
    code = second_factor.code_at(SECRET, clock.now())
    assert client.post("/sign-in/second/", {"code": code}).headers["Location"] == "/people/"


STALE = int(datetime(2020, 1, 1, tzinfo=UTC).timestamp())
WRONG: dict[str, dict[str, Any]] = {
    "another nonce": {"change": {"nonce": "x" * 32}},
    "no nonce": {"change": {"nonce": None}},
    "another audience": {"change": {"aud": "someone-else"}},
    "two audiences and another party": {"change": {"aud": [CLIENT, "other"], "azp": "other"}},
    "no audience": {"change": {"aud": None}},
    "another issuer in the token": {"change": {"iss": "http://127.0.0.1:1"}},
    "another issuer in the discovery": {"told_issuer": "http://127.0.0.1:1"},
    "a stale token": {"change": {"iat": STALE, "exp": STALE + 300}},
    "no expiry": {"change": {"exp": None}},
    "no subject": {"change": {"sub": None}},
    "a foreign key": {"signing_key": rsa.generate_private_key(65537, 2048)},
    "a shared secret": {"signing_key": CLIENT_SECRET.ljust(64, "x"), "algorithm": "HS256"},
    "no signature": {"signing_key": "", "algorithm": "none"},
}


@pytest.mark.parametrize("wrong", WRONG)
def test_a_token_that_does_not_hold_lets_nobody_in(wrong: str, world: World, provider: Provider) -> None:
    bind(world, provider)
    for name, value in WRONG[wrong].items():
        setattr(provider, name, value)
    client = Client()
    answer = go(provider, client)
    assert answer.status_code == 403
    assert "没有通过核验" in answer.content.decode()
    assert client.get("/audit/").status_code == 302
    assert SignOnBinding.objects.count() == 1


def test_an_answer_to_no_question_of_this_session_counts_not(world: World, provider: Provider) -> None:
    bind(world, provider)
    mine = Client()
    back = provider.agree(mine.get("/sign-in/city/").headers["Location"])
    stranger = Client()
    assert stranger.get(back).status_code == 403
    assert stranger.get("/audit/").status_code == 302
    assert mine.get("/sign-in/city/back/?code=c-1&state=nonsense").status_code == 403
    assert mine.get("/sign-in/city/back/").status_code == 403
    assert provider.redeemed == []
    assert mine.get(back).status_code == 302
    assert mine.get(back).status_code == 403, "an answer counts once"


def test_a_refusal_at_the_provider_is_told(world: World, provider: Provider) -> None:
    client = Client()
    provider.agree(client.get("/sign-in/city/").headers["Location"])
    answer = client.get(f"/sign-in/city/back/?error=access_denied&state={provider.asked['state']}")
    assert answer.status_code == 403
    assert "没有确认您的身份" in answer.content.decode()


def test_a_provider_that_cannot_be_reached_is_told_and_the_password_still_works(world: World, settings: Any) -> None:
    settings.SIGN_ON_ISSUER, settings.SIGN_ON_CLIENT = "http://127.0.0.1:1", CLIENT
    answer = Client().get("/sign-in/city/")
    assert answer.status_code == 503
    assert "连不上" in answer.content.decode()


def test_a_provider_without_https_is_refused_unless_on_this_machine(world: World, settings: Any) -> None:
    settings.SIGN_ON_ISSUER, settings.SIGN_ON_CLIENT = "http://id.example", CLIENT
    answer = Client().get("/sign-in/city/")
    assert answer.status_code == 503
    assert "必须是 https" in answer.content.decode()


def test_one_identity_belongs_to_one_person(world: World, provider: Provider) -> None:
    bind(world, provider)
    client = Client()
    client.force_login(world.people["administrator"])
    answer = client.post(f"/people/{world.people['city_viewer'].pk}/bind-sign-on/", {"subject": "u-1001"})
    assert answer.status_code == 422
    assert "已绑定给" in answer.content.decode()
    client.post(f"/people/{world.people['auditor'].pk}/unbind-sign-on/")
    assert go(provider).status_code == 403


@pytest.mark.parametrize(
    "path", ["signup/", "login/", "password/reset/", "email/", "3rdparty/", "2fa/", "confirm-email/"]
)
def test_none_of_the_librarys_own_pages_can_be_reached(path: str, world: World) -> None:
    client = Client()
    client.force_login(world.people["administrator"])
    for prefix in ("/accounts/", "/", "/account/"):
        assert client.get(prefix + path).status_code == 404
