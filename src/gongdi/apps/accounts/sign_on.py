"""The city's own sign-on (统一身份认证): OpenID Connect with the authorization code, PKCE, state and nonce.

Discovery, state, the exchange of the code and the keys are django-allauth's; what it leaves out is checked here: the
signature of the id_token always, its nonce, its issuer against the configured one, and a short list of algorithms.
No account comes into being by it: an identity counts only when an administrator has bound it to a person.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import jwt
import requests
from allauth.socialaccount.internal import jwtkit, statekit
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key pair alone: with a shared secret or none, anybody could be made up."""
LEEWAY = 60
"""Seconds by which the clocks of the two servers may differ."""
PROVIDER = "city"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class SignOnFault(Exception):  # noqa: N818 -- told to the person who signs in
    """Signing in by the city's sign-on came to nothing; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Whom the city's sign-on vouches for, and where they were going."""

    issuer: str
    subject: str
    next_page: str


def is_configured() -> bool:
    """Whether the surroundings name a sign-on of the city."""
    return bool(settings.SIGN_ON_ISSUER and settings.SIGN_ON_CLIENT)


class _Provider(OpenIDConnectProvider):  # type: ignore[misc]
    """The city's sign-on as django-allauth sees it."""

    def get_oauth2_adapter(self, request: HttpRequest) -> _Adapter:
        return _Adapter(request)

    def get_default_scope(self) -> list[str]:
        """No more than who it is: neither profile nor e-mail is asked for."""
        return ["openid"]


class _Adapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """Talks to the city's sign-on."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request, PROVIDER)

    def get_provider(self) -> _Provider:
        """The provider that the settings describe."""
        issuer = settings.SIGN_ON_ISSUER
        app = SocialApp(
            provider="openid_connect",
            provider_id=PROVIDER,
            name=settings.SIGN_ON_NAME,
            client_id=settings.SIGN_ON_CLIENT,
            secret=settings.SIGN_ON_SECRET,
            settings={"server_url": issuer.rstrip("/"), "oauth_pkce_enabled": True, "fetch_userinfo": False},
        )
        return _Provider(self.request, app=app)

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """Where the city's sign-on sends the person back to."""
        return request.build_absolute_uri(reverse("accounts:finish_sign_on"))

    def claims_of(self, id_token: str, nonce: str) -> dict[str, Any]:
        """What a signed id_token says, when it is for us, from the configured issuer, fresh and of this sign-in."""
        config = self.openid_config
        if config["issuer"] != settings.SIGN_ON_ISSUER:
            raise OAuth2Error("the issuer is not the configured one")
        algorithm, key = jwtkit.fetch_key(id_token, config["jwks_uri"], jwtkit.lookup_kid_jwk)
        if algorithm not in ALGORITHMS:
            raise OAuth2Error("the signature's algorithm is not accepted")
        claims = jwt.decode(
            id_token,
            key=key,
            algorithms=[algorithm],
            audience=settings.SIGN_ON_CLIENT,
            issuer=settings.SIGN_ON_ISSUER,
            leeway=LEEWAY,
            options={"require": ["exp", "iat", "iss", "aud", "sub", "nonce"]},
        )
        if not secrets.compare_digest(str(claims["nonce"]), nonce):
            raise OAuth2Error("the nonce is not that of this sign-in")
        if isinstance(claims["aud"], list) and len(claims["aud"]) > 1 and claims.get("azp") != settings.SIGN_ON_CLIENT:
            raise OAuth2Error("the token was made for another client")
        return claims


_UNREACHABLE = "现在连不上统一身份认证，请稍后再试，或用登录名和口令登录。"
_FAULTS = (OAuth2Error, jwt.PyJWTError, requests.RequestException, KeyError, TypeError, ValueError)


def _check_transport() -> None:
    parts = urlsplit(settings.SIGN_ON_ISSUER)
    if parts.scheme != "https" and parts.hostname not in _LOOPBACK:
        raise SignOnFault("统一身份认证的地址必须是 https。请系统管理员改正 GONGDI_SIGN_ON_ISSUER。")


def begin(request: HttpRequest, next_page: str) -> HttpResponse:
    """Send the person to the city's sign-on, with a state, a nonce and a PKCE challenge of this session.

    Raises:
        SignOnFault: it cannot be reached, or is not configured safely.
    """
    _check_transport()
    nonce = secrets.token_urlsafe(24)
    try:
        return cast(
            HttpResponse,
            _Adapter(request)
            .get_provider()
            .redirect(request, "login", next_url=next_page, auth_params={"nonce": nonce}, nonce=nonce),
        )
    except _FAULTS as fault:
        raise SignOnFault(_UNREACHABLE) from fault


def finish(request: HttpRequest) -> Identity:
    """Whom the city's sign-on vouches for, from the answer that it sent the person back with.

    Raises:
        SignOnFault: the answer is not to a question of this session, or what it vouches with does not hold.
    """
    _check_transport()
    adapter = _Adapter(request)
    provider = adapter.get_provider()
    state = statekit.unstash_state(request, provider_id=provider.sub_id, state_id=request.GET.get("state", ""))
    if state is None:
        raise SignOnFault("这次统一身份登录已过期或不是从本页发起的，请重新开始。")
    if "code" not in request.GET:
        raise SignOnFault("统一身份认证没有确认您的身份（可能已取消），请重新开始。")
    try:
        client = adapter.get_client(request, provider.app)
        answer = adapter.get_access_token_data(
            request, provider.app, client, pkce_code_verifier=state.get("pkce_code_verifier")
        )
        claims = adapter.claims_of(answer["id_token"], state["nonce"])
    except requests.RequestException as fault:
        raise SignOnFault(_UNREACHABLE) from fault
    except _FAULTS as fault:
        raise SignOnFault("统一身份认证的答复没有通过核验，未予登录。请重新开始；仍不行请告诉系统管理员。") from fault
    return Identity(str(claims["iss"]), str(claims["sub"]), str(state.get("next") or ""))
