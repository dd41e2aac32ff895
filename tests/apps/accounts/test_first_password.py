"""A password that another made opens nothing but the page that changes it."""

import re
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.services import reset_password
from tests.support.world import NOW, PASSWORD, World

NEW = "自己定的口令-20270301"


def test_a_reset_password_must_be_changed_first(world: World) -> None:
    person = world.people["district_officer"]
    person.made_up = False
    person.save()
    reset_password(person=person, password=PASSWORD, by=world.people["administrator"], now=NOW)
    client = Client()
    client.force_login(person)
    assert client.get("/pool/register/").headers["Location"] == "/password/"
    assert client.get("/password/").status_code == 200
    client.post("/password/", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert client.get("/pool/register/").status_code == 200


def test_the_administrator_sees_the_new_password_once(world: World, signed_in: Callable[[str], Client]) -> None:
    person = world.people["community_worker"]
    page = signed_in("administrator").post(f"/people/{person.pk}/reset-password/").content.decode()
    shown = re.search(r"([a-z2-9]{4}-){3}[a-z2-9]{4}", page)
    assert shown is not None
    person.refresh_from_db()
    assert person.check_password(shown[0])
    assert shown[0] not in signed_in("administrator").get("/people/").content.decode()


@pytest.mark.django_db
def test_a_new_installation_gets_its_administrator_by_a_command(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_administrator", "admin", "--display-name", "某管理员")
    person = User.objects.get(username="admin")
    printed = re.search(r"口令 (\S+?)（", capsys.readouterr().out)
    assert printed is not None
    assert person.check_password(printed[1])
    assert person.must_change_password
    assert person.may_anywhere("accounts.keep_people")
    with pytest.raises(CommandError, match="已有人使用"):
        call_command("add_administrator", "admin", "--display-name", "另一人")
