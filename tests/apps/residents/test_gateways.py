"""Codes leave by the gateway of the setting: the trial one shows them, the http one posts them, a fault voids them."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
from django.test import Client

from gongdi.apps.residents.models import CodeSent
from gongdi.config.environment import message_gateway
from tests.support.residents import PHONE

pytestmark = pytest.mark.django_db


@pytest.fixture
def service() -> Iterator[Any]:
    """A message service on the loopback, with what it was sent and the status it answers."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            server.taken.append((json.loads(body), self.headers["Authorization"]))  # type: ignore[attr-defined]
            self.send_response(server.status)  # type: ignore[attr-defined]
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    server.taken, server.status = [], 200  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_the_trial_gateway_shows_the_code_and_says_what_it_is() -> None:
    page = Client().post("/my/code/", {"phone": PHONE}).content.decode()
    assert "试用网关" in page


def test_the_http_gateway_posts_the_code_and_the_page_does_not_show_it(service: Any, settings: Any) -> None:
    settings.MESSAGE_GATEWAY, settings.MESSAGE_TOKEN = "http", "t-1"
    settings.MESSAGE_URL = f"http://127.0.0.1:{service.server_port}/send"
    client = Client()
    page = client.post("/my/code/", {"phone": PHONE}).content.decode()
    ((told, token),) = service.taken
    assert (told["phone"], told["minutes"], token) == (PHONE, 5, "Bearer t-1")
    assert told["code"] not in page
    assert "138****1234" in page
    assert client.post("/my/enter/", {"phone": PHONE, "code": told["code"]}).status_code == 302


@pytest.mark.parametrize("status", [400, 500, None])
def test_a_message_that_did_not_go_out_is_told_and_its_code_void(
    service: Any, settings: Any, status: int | None
) -> None:
    settings.MESSAGE_GATEWAY, service.status = "http", status or 200
    settings.MESSAGE_URL = f"http://127.0.0.1:{service.server_port if status else 1}/send"
    answer = Client().post("/my/code/", {"phone": PHONE})
    assert answer.status_code == 503
    assert "没有发出去" in answer.content.decode()
    assert CodeSent.objects.get().over


def test_without_a_gateway_residents_are_told_where_to_go(settings: Any) -> None:
    settings.MESSAGE_GATEWAY = ""
    assert "还没有开通" in Client().get("/my/code/").content.decode()
    assert Client().post("/my/code/", {"phone": PHONE}).status_code == 503
    assert not CodeSent.objects.exists()


class OwnGateway:
    """A city's own."""

    shows_code = False
    sent: list[tuple[str, str]] = []

    def send(self, phone: str, code: str) -> None:
        self.sent.append((phone, code))


def test_a_city_may_write_its_own(settings: Any) -> None:
    settings.MESSAGE_GATEWAY = "tests.apps.residents.test_gateways.OwnGateway"
    OwnGateway.sent.clear()
    Client().post("/my/code/", {"phone": PHONE})
    assert OwnGateway.sent[0][0] == PHONE


def test_the_trial_gateway_is_refused_where_the_site_is_public(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGDI_MESSAGE_GATEWAY", "screen")
    assert message_gateway(https=False) == "screen"
    with pytest.raises(ValueError, match="只供试用"):
        message_gateway(https=True)
    monkeypatch.setenv("GONGDI_MESSAGE_GATEWAY", "http")
    with pytest.raises(ValueError, match="GONGDI_MESSAGE_URL"):
        message_gateway(https=True)
