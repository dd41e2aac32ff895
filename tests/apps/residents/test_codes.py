"""One-time codes: six digits, five minutes, five tries, one a minute, ten a day; kept as digests alone."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gongdi.apps.audit.models import Event
from gongdi.apps.residents import services
from gongdi.apps.residents.codes import new_code, read_phone
from gongdi.apps.residents.models import Account, CodeSent
from tests.support.residents import ADDRESS, PHONE
from tests.support.world import NOW

pytestmark = pytest.mark.django_db


def send(minutes: float = 0, phone: str = PHONE, address: str = ADDRESS, code: int = 428_917) -> str:
    now = NOW + timedelta(minutes=minutes)
    return services.send_code(phone=phone, address=address, now=now, below=lambda n: code)[1]


def enter(code: str, minutes: float = 0, phone: str = PHONE) -> services.Entered:
    return services.enter(phone=phone, code=code, address=ADDRESS, now=NOW + timedelta(minutes=minutes))


def test_the_right_code_opens_once() -> None:
    code = send()
    assert enter(code, 1).token
    assert enter(code, 2).fault


@pytest.mark.parametrize(("minutes", "opens"), [(0, True), (5, True), (5.02, False), (60, False)])
def test_a_code_lasts_five_minutes(minutes: float, opens: bool) -> None:
    assert bool(enter(send(), minutes).token) is opens


def test_after_five_wrong_tries_the_right_code_opens_nothing() -> None:
    code = send()
    for left in (4, 3, 2, 1):
        assert f"还可再试 {left} 次" in enter("000000").fault
    assert "重新获取" in enter("000000").fault
    assert enter(code).token == ""


def test_a_new_code_voids_the_one_before_and_a_dropped_code_opens_nothing() -> None:
    first = send(0, code=111_111)
    second = send(2, code=222_222)
    assert enter(first, 3).token == ""
    services.drop_code(sent=CodeSent.objects.latest("pk"), now=NOW)
    assert enter(second, 3).token == ""


def test_a_code_of_one_number_opens_no_other() -> None:
    code = send()
    send(phone="13900001234", code=999_999)
    assert enter(code, phone="13900001234").token == ""


def test_one_a_minute_and_ten_a_day_a_number() -> None:
    send()
    with pytest.raises(services.RefusedError, match="一分钟"):
        send(0.9)
    for count in range(1, 10):
        send(count * 2)
    with pytest.raises(services.RefusedError, match="一天"):
        send(60)
    assert send(24 * 60 + 30)


def test_one_address_cannot_ask_for_everybody() -> None:
    for count in range(30):
        send(phone=f"138{count:08d}")
    with pytest.raises(services.RefusedError, match="网络"):
        send(phone="13912345678")
    assert send(phone="13912345678", address="10.0.0.10")


def test_neither_code_nor_number_stands_anywhere_in_clear() -> None:
    assert enter(send()).token
    with connection.cursor() as cursor:
        texts = []
        for table in ("residents_codesent", "residents_account", "residents_residentsession", "audit_event"):
            cursor.execute(f"SELECT * FROM {table}")
            texts += [repr(bytes(v) if isinstance(v, memoryview) else v) for row in cursor.fetchall() for v in row]
    told = "\n".join(texts)
    assert "428917" not in told
    assert PHONE not in told
    assert Event.objects.filter(verb="residents.enter").get().actor_name == "居民 138****1234"
    assert Account.objects.get().phone_masked == "138****1234"


@given(st.integers(0, 999_999))
def test_a_code_has_six_digits(number: int) -> None:
    code = new_code(lambda n: number)
    assert len(code) == 6
    assert int(code) == number


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("13800001234", "13800001234"),
        (" 138 0000-1234 ", "13800001234"),
        ("+86 13800001234", "13800001234"),
        ("１３８００００１２３４", "13800001234"),
        ("1380000123", None),
        ("12800001234", None),
        ("0574-87654321", None),
        ("138000012345", None),
        ("", None),
    ],
)
def test_a_number_is_read_as_people_type_it(typed: str, read: str | None) -> None:
    assert read_phone(typed) == read
