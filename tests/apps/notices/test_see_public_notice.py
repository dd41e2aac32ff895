"""The public page, the resident's pages, the board copy: who sees what."""

import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image

from gongdi.apps.dwellings.models import Dwelling, Ownership
from gongdi.apps.files.models import Attachment
from gongdi.apps.files.preparing import prepare
from gongdi.apps.notices import services
from gongdi.apps.notices.models import Notice, Objection
from gongdi.apps.residents.access import COOKIE
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.web import clock
from gongdi.web.duties import duties
from tests.support import dwellings, notices
from tests.support.notices import clerk
from tests.support.photos import photo
from tests.support.residents import entered
from tests.support.world import NOW, World


def page(notice: Notice) -> str:
    return reverse("notices:see_public_notice", args=[notice.code])


@pytest.fixture
def running(world: World) -> Notice:
    return notices.published(world, now=clock.now())


def test_anybody_with_the_code_reads_a_published_notice_and_nobody_a_draft(world: World) -> None:
    assert Client().get(page(notices.drafted(world))).status_code == 404
    shown = Client().get(page(notices.published(world)))
    assert "外立面修缮" in shown.content.decode()
    assert "大字版" in shown.content.decode()
    assert Client().get("/notice/AAAAAAAAAAAAAAAA/").status_code == 404


def test_a_withdrawn_notice_tells_why_and_no_longer_what(world: World) -> None:
    notice = notices.drafted(world)
    file = services.attach_file(notice=notice, file=prepare(photo(320, 240), "图.jpg"), note="", **clerk(world))
    services.publish_notice(
        notice=notice, starts_on=NOW.date(), length=notices.WEEK, basis="商定", **clerk(world)
    )  # fmt: skip
    address = reverse("notices:show_public_file", args=[notice.code, file.pk])
    assert Client().get(address).getvalue()
    services.withdraw_notice(notice=notice, why="小区写错", **clerk(world))
    text = Client().get(page(notice)).content.decode()
    assert "小区写错" in text
    assert "外立面修缮" not in text
    assert Client().get(address).status_code == 404


def test_a_file_of_something_else_is_not_served_by_a_notices_code(world: World, running: Notice) -> None:
    other = notices.posted(world, notices.published(world, "works"))
    photo_elsewhere = Attachment.objects.get(object_id=other.pk, object_kind="notices.posting")
    assert Client().get(reverse("notices:show_public_file", args=[running.code, photo_elsewhere.pk])).status_code == 404


def test_the_photo_of_a_posting_is_shown_without_position_and_device(world: World) -> None:
    row = notices.posted(world)
    kept = Attachment.objects.get(object_id=row.pk, object_kind="notices.posting")
    assert kept.latitude is not None
    code = Notice.objects.get(pk=row.notice_id).code
    for name in ("show_public_file", "show_public_thumbnail"):
        answer = Client().get(reverse(f"notices:{name}", args=[code, kept.pk]))
        assert not Image.open(io.BytesIO(answer.getvalue())).getexif()


def test_what_a_neighbour_wrote_is_shown_to_others_only_as_the_summary(world: World, running: Notice) -> None:
    row = notices.raised(world, running, now=clock.now())
    assert "3幢北侧" not in Client().get(page(running)).content.decode()
    notices.answered(world, row, now=clock.now())
    text = Client().get(page(running)).content.decode()
    assert "有居民问排水，已说明" in text
    assert "3幢北侧" not in text
    assert "测**" in text
    assert "测试员" not in text


def test_a_resident_objects_and_reads_the_answer_on_their_own_page(world: World, running: Notice) -> None:
    client = entered()
    notices.owner(world, Account.objects.get())
    address = reverse("notices:raise_objection", args=[running.code])
    assert client.post(address, {"kind": "objection"}).status_code == 422
    kept = client.post(address, {"kind": "wrong", "text": "没有画排水"})
    assert "没有画排水" in kept.content.decode()
    assert client.post(address, {"kind": "objection", "text": "没有画排水"}).status_code == 302
    own = reverse("notices:see_own_notices")
    assert "等社区答复" in client.get(own).content.decode()
    notices.answered(world, Objection.objects.get(), now=clock.now())
    assert "排水在第二张图" in client.get(own).content.decode()


@pytest.mark.parametrize(("compound", "state"), [("梅堰新村", "waiting"), ("翠柏花园", "confirmed")])
def test_without_a_confirmed_home_there_nobody_objects(
    world: World, running: Notice, compound: str, state: str
) -> None:
    client = entered()
    notices.owner(world, Account.objects.get(), compound, state)
    address = reverse("notices:raise_objection", args=[running.code])
    assert "绑定一套房屋" in client.post(address, {"kind": "objection", "text": "反对"}).content.decode()
    assert not Objection.objects.exists()


def test_the_board_copy_has_a_code_and_both_sizes(
    world: World, running: Notice, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("street_clerk")
    address = reverse("notices:print_notice", args=[running.pk])
    assert "n-board n-a4" in client.get(address).content.decode()
    text = client.get(address, {"size": "a3"}).content.decode()
    assert "n-board n-a3" in text
    assert "g-qr" in text


def test_staff_draft_attach_publish_and_post_by_the_pages(world: World, signed_in: Callable[[str], Client]) -> None:
    client = signed_in("street_clerk")
    compound = world.compounds["梅堰新村"]
    given = {"kind": "works", "title": "施工公告", "text": "三月开工", "contact": "街道办"}
    assert client.post(reverse("notices:draft_notice", args=[compound.pk]), given).status_code == 302
    notice = Notice.objects.get()
    picture = SimpleUploadedFile("效果图.jpg", photo(320, 240), "image/jpeg")
    sent = client.post(
        reverse("notices:attach_file", args=[notice.pk]), {"attached": picture, "note": "效果图", "part": "rendering"}
    )
    assert sent.status_code == 302
    today = clock.today()
    dates = {"starts_on": today, "days": "7", "unit": "calendar", "basis": "商定"}
    assert client.post(reverse("notices:publish_notice", args=[notice.pk]), dates).status_code == 302
    titles = [duty.title for duty in duties.of(world.people["street_clerk"], clock.now())]
    assert "张贴施工公告" in titles
    broken = SimpleUploadedFile("坏.jpg", b"\xff\xd8\xff not a photo", "image/jpeg")
    posting = reverse("notices:record_posting", args=[notice.pk])
    refused = client.post(posting, {"posted_on": today, "spot": "东门", "photos": broken})
    assert refused.status_code == 422
    assert "坏.jpg" in refused.content.decode()
    picture.seek(0)
    assert client.post(posting, {"posted_on": today, "spot": "东门", "photos": picture}).status_code == 302
    notice.refresh_from_db()
    assert notice.started_on == today
    text = Client().get(page(notice)).content.decode()
    assert text.count("<img") == 2


def test_a_street_notice_lists_compounds_and_reaches_its_residents(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    client = signed_in("street_clerk")
    given = {"kind": "compounds", "title": "入选名单", "text": "三个小区", "contact": "街道办",
             "division": world.divisions["330205004"].pk, "listed": "梅堰新村\n无此小区"}  # fmt: skip
    address = reverse("notices:draft_place_notice")
    assert "无此小区" in client.post(address, given).content.decode()
    assert client.post(address, {**given, "listed": "梅堰新村\n青禾小区"}).status_code == 302
    notice = Notice.objects.get()
    assert notice.listed.count() == 2
    services.publish_notice(
        notice=notice, starts_on=NOW.date(), length=notices.WEEK, basis="商定", **clerk(world)
    )  # fmt: skip
    resident = entered()
    notices.owner(world, Account.objects.get())
    assert "入选名单" in resident.get(reverse("notices:see_own_notices")).content.decode()


def test_duties_name_what_waits_for_an_answer_and_what_is_over(world: World) -> None:
    now = clock.now()
    notice = notices.published(world, now=now - timedelta(days=20))
    notices.raised(world, notice, now=now - timedelta(days=19))
    found = {duty.title: duty.count for duty in duties.of(world.people["street_clerk"], now)}
    assert (found["答复公示异议"], found["公示期满待办"]) == (1, 1)
    assert "答复公示异议" not in {duty.title for duty in duties.of(world.people["community_worker"], now)}


def test_a_draft_that_was_withdrawn_unpublished_stays_with_the_office(
    world: World, signed_in: Callable[[str], Client]
) -> None:
    notice = services.withdraw_notice(notice=notices.drafted(world), why="不公示了", **clerk(world))
    assert Client().get(page(notice)).status_code == 404
    client = entered()
    notices.owner(world, Account.objects.get())
    assert notice.title not in client.get(reverse("notices:see_own_notices")).content.decode()
    address = reverse("notices:see_notice", args=[notice.pk])
    assert signed_in("builder").get(address).status_code == 404
    assert page(notice) not in signed_in("street_clerk").get(address).content.decode()


def test_a_tied_post_sees_no_word_of_a_correction_before_it_is_published(
    world: World, running: Notice, signed_in: Callable[[str], Client]
) -> None:
    services.correct_notice(
        notice=running, words=notices.WORDS, why="漏了北侧排水", by=world.people["street_clerk"], now=clock.now()
    )
    address = reverse("notices:see_notice", args=[running.pk])
    assert "漏了北侧排水" not in signed_in("builder").get(address).content.decode()
    assert "漏了北侧排水" in signed_in("street_clerk").get(address).content.decode()


@pytest.mark.parametrize(("relation", "status"), [("owner", 200), ("family", 200), ("tenant", 302)])
def test_whoever_sold_the_home_objects_no_more_and_a_tenant_does(
    world: World, running: Notice, relation: str, status: int
) -> None:
    dwellings.kept(world)
    dwelling = Dwelling.objects.filter(ownerships__until=None).select_related("building")[0]
    owners = Ownership.objects.filter(dwelling=dwelling, until=None)
    client = entered()
    DwellingBinding.objects.create(
        account=Account.objects.get(), compound=dwelling.compound, building=dwelling.building.name, room=dwelling.room,
        relation=relation, dwelling=dwelling, state="confirmed", asked_at=NOW,
        owners=sorted(owners.values_list("owner", flat=True)),
    )  # fmt: skip
    address, sent = reverse("notices:raise_objection", args=[running.code]), {"kind": "question", "text": "何时开工"}
    assert client.post(address, sent).status_code == 302
    owners.update(until=clock.today())
    assert client.post(address, {**sent, "text": "多少钱"}).status_code == status


def test_whoever_has_come_in_is_not_told_to_and_finds_the_way_back(world: World, running: Notice) -> None:
    back = f'href="{reverse("notices:see_own_notices")}"'
    stranger = Client().get(page(running)).content.decode()
    assert "要先用手机号登录" in stranger
    assert back not in stranger
    resident = entered()
    address = reverse("notices:see_own_notice", args=[running.code])
    assert address.startswith(resident.cookies[COOKIE]["path"]), "the browser sends the cookie there"
    own = resident.get(address).content.decode()
    assert "要先用手机号登录" not in own
    assert back in own


def test_nobody_writes_an_objection_that_cannot_be_taken(world: World, running: Notice) -> None:
    client = entered()
    notices.owner(world, Account.objects.get())
    address = reverse("notices:raise_objection", args=[running.code])
    assert "提异议" in client.get(address).content.decode()
    Notice.objects.filter(pk=running.pk).update(ends_on=clock.today() - timedelta(days=1))
    over = client.get(address).content.decode()
    assert "不能再提异议" in over
    assert 'value="objection"' not in over
    assert client.post(address, {"kind": "question", "text": "什么时候开工"}).status_code == 302
    services.withdraw_notice(notice=running, why="方案要大改", **clerk(world, clock.now()))
    gone = client.get(address, follow=True).content.decode()
    assert "这份公示已撤回" in gone
    assert "请写下来" not in gone


def test_who_withdraws_is_told_of_what_waits(world: World, running: Notice, signed_in: Callable[[str], Client]) -> None:
    address = reverse("notices:withdraw_notice", args=[running.pk])
    assert "没有答复" not in signed_in("street_clerk").get(address).content.decode()
    notices.raised(world, running, now=clock.now())
    assert "还有 1 条异议和询问没有答复" in signed_in("street_clerk").get(address).content.decode()
