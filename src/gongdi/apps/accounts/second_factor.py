"""The second factor (第二要素): codes of an authenticator app, one-time recovery codes, security keys.

The algorithms and records are django-allauth's (RFC 6238, WebAuthn through python-fido2). What is ours: the moment is
an argument, and a code is used up in the database, so that it cannot be replayed to another worker of the server.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import segno
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction

from gongdi.apps.accounts.models import User

PERIOD = 30
"""Seconds that a code of an authenticator app lasts."""
TOLERANCE = 1
"""Periods by which the clocks of phone and server may differ."""
Type = Authenticator.Type
FACTORS = (Type.TOTP, Type.WEBAUTHN)
"""What counts as a second factor by itself; recovery codes only stand in for one."""


def factors_of(person: User) -> list[Authenticator]:
    """The person's second factors, recovery codes left out."""
    return list(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).order_by("created_at", "pk"))


def is_enrolled(person: User) -> bool:
    """Whether the person has a second factor."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists())


def new_secret() -> str:
    """A secret for an authenticator app, in base 32."""
    return str(generate_totp_secret())


def secret_picture(person: User, secret: str) -> str:
    """The secret as a QR code: an SVG to stand in the page."""
    address = get_adapter().build_totp_url(person, secret)
    return segno.make(address, error="m").svg_inline(scale=5, border=3, omitsize=False, svgclass="g-qr", lineclass=None)


def counter_of(secret: str, code: str, now: datetime, after: int = -1) -> int | None:
    """The period whose code this is, if it is that of now or a neighbour and later than `after`; else None."""
    middle = int(now.timestamp()) // PERIOD
    for counter in range(middle - TOLERANCE, middle + TOLERANCE + 1):
        expected = format_hotp_value(hotp_value(secret, counter))
        if counter > after and compare_user_code(actual=code, expected=expected):
            return counter
    return None


def code_at(secret: str, now: datetime) -> str:
    """The code that an authenticator app shows at a moment."""
    return str(format_hotp_value(hotp_value(secret, int(now.timestamp()) // PERIOD)))


def add_app(person: User, secret: str, counter: int, now: datetime) -> Authenticator:
    """Keep the secret of an authenticator app, sealed; the code that proved it is used up."""
    data = {"secret": get_adapter().encrypt(secret), "last_counter": counter}
    return Authenticator.objects.create(user=person, type=Type.TOTP, data=data, created_at=now)


def add_key(person: User, name: str, credential: dict[str, Any]) -> Authenticator:
    """Keep a security key that has just answered the server's challenge.

    Raises:
        ValueError: the answer does not fit the challenge.
    """
    try:
        webauthn.parse_registration_response(credential)
        webauthn.complete_registration(credential)
    except (ValidationError, ValueError, TypeError, KeyError) as fault:
        raise ValueError("the key's answer does not fit") from fault
    return webauthn.WebAuthn.add(person, name, credential).instance


def renew_codes(person: User) -> list[str]:
    """Make recovery codes anew; the old ones open nothing any more. They are shown this once."""
    Authenticator.objects.filter(user_id=person.pk, type=Type.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(person).get_unused_codes())


def codes_left(person: User) -> int:
    """How many recovery codes are unused."""
    found = Authenticator.objects.filter(user_id=person.pk, type=Type.RECOVERY_CODES).first()
    return len(RecoveryCodes(found).get_unused_codes()) if found is not None else 0


@transaction.atomic
def use_code(person: User, code: str, now: datetime) -> str | None:
    """Use up a code: the type of the factor that it proved, or None when it is wrong, stale or used before."""
    app = Authenticator.objects.select_for_update().filter(user_id=person.pk, type=Type.TOTP).first()
    if app is not None:
        secret = get_adapter().decrypt(app.data["secret"])
        counter = counter_of(secret, code, now, after=app.data.get("last_counter", -1))
        if counter is not None:
            app.data["last_counter"], app.last_used_at = counter, now
            app.save(update_fields=["data", "last_used_at"])
            return str(Type.TOTP)
    codes = Authenticator.objects.select_for_update().filter(user_id=person.pk, type=Type.RECOVERY_CODES).first()
    if codes is not None and RecoveryCodes(codes).validate_code(code):
        return str(Type.RECOVERY_CODES)
    return None


def use_key(person: User, credential: Mapping[str, Any], now: datetime) -> str | None:
    """Check a security key's answer to the challenge of this session: the type of the factor, or None."""
    try:
        webauthn.parse_authentication_response(dict(credential))
        found = webauthn.complete_authentication(person, dict(credential))
    except (ValidationError, ValueError, TypeError, KeyError):
        return None
    found.last_used_at = now
    found.save(update_fields=["last_used_at"])
    return str(Type.WEBAUTHN)


def ask_for_new_key(person: User) -> dict[str, Any]:
    """The challenge for a new security key, as the browser takes it; remembered in the session."""
    return dict(webauthn.begin_registration(person, False))


def ask_for_key(person: User) -> dict[str, Any]:
    """The challenge for one of the person's security keys; remembered in the session."""
    return dict(webauthn.begin_authentication(person))
