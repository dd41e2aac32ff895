"""A security key made of software, for the tests of WebAuthn: it answers challenges as a real one does."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from allauth.core import context
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.sessions.backends.db import SessionStore
from django.test import RequestFactory
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData


@contextmanager
def in_session(host: str = "localhost") -> Iterator[None]:
    """A request with a session, where challenges are remembered."""
    request = RequestFactory().get("/", headers={"host": host})
    request.session = SessionStore()
    with context.request_context(request):
        yield


class SoftKey:
    """One credential on one key."""

    def __init__(self, origin: str = "http://localhost", host: str = "localhost") -> None:
        self.origin, self.host = origin, host
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(16)
        self.uses = 0

    def _client_data(self, kind: str, challenge: str) -> bytes:
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin}).encode()

    def _data(self, flags: int, credential: AttestedCredentialData | None = None) -> AuthenticatorData:
        self.uses += 1
        host = hashlib.sha256(self.host.encode()).digest()
        return AuthenticatorData.create(host, flags, self.uses, credential or b"")

    def _answer(self, response: dict[str, bytes]) -> dict[str, Any]:
        told = {name: websafe_encode(value) for name, value in response.items()}
        name = websafe_encode(self.id)
        return {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}, "response": told}

    def register(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer to a challenge for a new credential."""
        options = json.loads(json.dumps(asked, default=dict))["publicKey"]
        made = AttestedCredentialData.create(Aaguid.NONE, self.id, ES256.from_cryptography_key(self.key.public_key()))
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
        attested = AttestationObject.create("none", self._data(flags, made), {})
        client = self._client_data("webauthn.create", options["challenge"])
        return self._answer({"clientDataJSON": client, "attestationObject": bytes(attested)})

    def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The answer to a challenge of signing in."""
        options = json.loads(json.dumps(asked, default=dict))["publicKey"]
        data = bytes(self._data(AuthenticatorData.FLAG.UP))
        client = self._client_data("webauthn.get", options["challenge"])
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer({"clientDataJSON": client, "authenticatorData": data, "signature": signature})
