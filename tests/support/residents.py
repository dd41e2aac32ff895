"""Residents for the tests: an account, a client that has come in."""

from __future__ import annotations

from django.test import Client

from gongdi.apps.residents.models import Account, CodeSent
from gongdi.apps.residents.services import enter, send_code
from tests.support.world import NOW

PHONE = "13800001234"
ADDRESS = "10.0.0.9"


def make_account() -> Account:
    """An account of a new number that has come in once."""
    phone = f"138{CodeSent.objects.count():08d}"
    _, code = send_code(phone=phone, address=ADDRESS, now=NOW)
    assert enter(phone=phone, code=code, address=ADDRESS, now=NOW).token
    return Account.objects.order_by("-pk")[0]


def entered(phone: str = PHONE) -> Client:
    """A client that came in by the pages."""
    client = Client()
    page = client.post("/my/code/", {"phone": phone})
    code = str(page.context["shown"])
    assert client.post("/my/enter/", {"phone": phone, "code": code}).status_code == 302
    return client
