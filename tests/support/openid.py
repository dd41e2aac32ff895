"""A small OpenID provider on the loopback, for the tests of the city's sign-on: real HTTP, signed id_tokens."""

from __future__ import annotations

import base64
import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, CLIENT_SECRET = "gongdi-test", "a secret of the tests"


@dataclass
class Provider:
    """The provider: whom it vouches for, and how its tokens are to be wrong (`change` of claims, key, algorithm)."""

    issuer: str = ""
    subject: str = "u-1001"
    change: dict[str, Any] = field(default_factory=dict)
    told_issuer: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))
    signing_key: Any = None
    algorithm: str = "RS256"
    asked: dict[str, str] = field(default_factory=dict)
    redeemed: list[dict[str, str]] = field(default_factory=list)

    def agree(self, address: str) -> str:
        """What the person's browser does at the provider: agree, and be sent back with a code."""
        parts = urlsplit(address)
        assert address.startswith(f"{self.issuer}/authorize?")
        self.asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        return f"/sign-in/city/back/?code=c-1&state={self.asked['state']}"

    def document(self) -> dict[str, Any]:
        """The discovery document."""
        return {
            "issuer": self.told_issuer or self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "k1", "alg": "RS256", "use": "sig"}]}

    def token(self, form: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """The answer to the exchange of a code: only for the right client, secret, verifier and code."""
        self.redeemed.append(form)
        challenge = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        right = (
            form.get("client_id") == CLIENT
            and form.get("client_secret") == CLIENT_SECRET
            and form.get("code") == "c-1"
            and challenge.decode().rstrip("=") == self.asked.get("code_challenge")
        )
        if not right:
            return 400, {"error": "invalid_grant"}
        now = int(datetime.now(UTC).timestamp())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.asked.get("nonce", ""),
            **self.change,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.key if self.signing_key is None else self.signing_key
        token = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": "k1"})
        return 200, {"access_token": "at-1", "token_type": "Bearer", "id_token": token}


@contextmanager
def serving() -> Iterator[Provider]:
    """The provider on a free port of the loopback."""
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def _send(self, status: int, body: dict[str, Any]) -> None:
            content = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def do_GET(self) -> None:
            pages = {"/.well-known/openid-configuration": provider.document, "/keys": provider.keys}
            found = pages.get(self.path)
            self._send(200 if found else 404, found() if found else {})

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._send(*provider.token(form))

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
