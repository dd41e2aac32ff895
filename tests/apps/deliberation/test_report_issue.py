"""A resident on the phone: reports with a photo, follows it, has the last word; topics with neighbours."""

import io
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from django.urls import reverse
from PIL import Image

from gongdi.apps.deliberation import panel, queries, topic_services
from gongdi.apps.deliberation.models import Issue, Reply, Topic, TopicMeeting
from gongdi.apps.deliberation.topic_services import Attendance
from gongdi.apps.dwellings.models import Ownership
from gongdi.apps.files.models import Attachment
from gongdi.apps.organisations.models import Body, Meeting
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.core.issues.gates import PLAIN_STATE_WORDS, State
from gongdi.web import clock
from gongdi.web.duties import duties
from tests.support import dwellings, issues, notices
from tests.support.issues import THEN
from tests.support.photos import photo
from tests.support.residents import entered
from tests.support.world import World

REPORT = reverse("deliberation:report_own_issue")


@pytest.fixture
def resident(world: World) -> Client:
    client = entered()
    notices.owner(world, Account.objects.get())
    return client


def picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("现场.jpg", photo(320, 240), "image/jpeg")


def test_a_resident_reports_with_a_photo_and_sees_it_handled(world: World, resident: Client) -> None:
    given = {"text": "楼梯扶手松了", "spot": "stairwell", "where": "1幢2单元三楼", "photos": picture()}
    sent = resident.post(REPORT, given)
    row = Issue.objects.get()
    assert sent.headers["Location"] == reverse("deliberation:see_own_issue", args=[row.pk])
    issues.handled(world, issue=issues.assigned(world, row))
    page = resident.get(sent.headers["Location"]).content.decode()
    assert "已回填压实" in page
    assert page.count("<img") == 2
    address = reverse("deliberation:reopen_own_issue", args=[row.pk])
    assert resident.post(address, {"why": ""}).status_code == 422
    assert resident.post(address, {"why": "还在晃"}).status_code == 302
    row.refresh_from_db()
    assert row.state == "reopened"
    issues.handled(world, issue=row)
    resident.post(reverse("deliberation:close_own_issue", args=[row.pk]))
    row.refresh_from_db()
    assert row.state == "closed"


def test_a_report_that_lacks_something_keeps_what_was_typed(world: World, resident: Client) -> None:
    refused = resident.post(REPORT, {"text": "管沟没回填", "spot": "open", "photos": picture()})
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "请写在哪里" in text
    assert "管沟没回填" in text
    assert "照片和文件没有保存" in text
    without = resident.post(REPORT, {"text": "管沟没回填", "spot": "open"}).content.decode()
    assert "照片和文件没有保存" not in without
    assert not Issue.objects.exists()
    assert not Attachment.objects.exists()


def test_what_is_no_photo_is_refused_by_name(world: World, resident: Client) -> None:
    file = SimpleUploadedFile("病毒.exe", b"MZ\x00\x00", "image/jpeg")
    given = {"text": "漏水", "spot": "open", "where": "东门", "photos": file}
    assert "病毒.exe" in resident.post(REPORT, given).content.decode()
    assert not Issue.objects.exists()


@pytest.mark.parametrize("state", ["waiting", "returned"])
def test_without_a_confirmed_home_there_is_no_form(world: World, state: str) -> None:
    client = entered()
    notices.owner(world, Account.objects.get(), state=state)
    given = {"text": "漏水", "spot": "open", "where": "东门"}
    assert client.post(REPORT, given).status_code == 302
    assert not Issue.objects.exists()
    assert not Topic.objects.exists()


def test_a_neighbours_issue_and_its_photo_are_not_shown(world: World, resident: Client) -> None:
    row = issues.reported(world)
    kept = Attachment.objects.get()
    assert resident.get(reverse("deliberation:see_own_issue", args=[row.pk])).status_code == 404
    assert resident.get(reverse("deliberation:show_own_photo", args=[row.pk, kept.pk])).status_code == 404
    assert resident.post(reverse("deliberation:close_own_issue", args=[row.pk])).status_code == 404


def test_the_photo_comes_back_without_position_and_device(world: World, resident: Client) -> None:
    row = issues.reported(world, Account.objects.get())
    kept = Attachment.objects.get()
    answer = resident.get(reverse("deliberation:show_own_photo", args=[row.pk, kept.pk]))
    assert not Image.open(io.BytesIO(answer.getvalue())).getexif()


def test_neighbours_talk_under_a_topic_and_see_one_another_masked(world: World, resident: Client) -> None:
    row = issues.topic(world)
    assert row.account is not None
    address = reverse("deliberation:see_own_topic", args=[row.pk])
    assert resident.post(address, {"text": "同意画线"}).status_code == 302
    issues.reply(world, row)
    issues.meeting(world, row)
    page = resident.get(address).content.decode()
    for words in ("同意画线", "先画线试试", "画线，不占绿地", "到会 26 人", row.account.phone_masked):
        assert words in page
    assert "测试员" not in page


def test_a_hidden_reply_is_gone_for_neighbours_and_told_to_its_writer(world: World, resident: Client) -> None:
    account, row = Account.objects.get(), issues.topic(world)
    mine = issues.reply(world, row, account, "打我电话")
    other = issues.reply(world, row, notices.owner(world), "张某电话")
    for each in (mine, other):
        topic_services.hide_reply(reply=each, why="写了电话", by=world.people["community_worker"], now=THEN)
    page = resident.get(reverse("deliberation:see_own_topic", args=[row.pk])).content.decode()
    assert "打我电话" in page
    assert "已隐藏：写了电话" in page
    assert "张某电话" not in page


def test_topics_of_another_compound_are_not_shown(world: World, resident: Client) -> None:
    row = issues.topic(world, world.people["district_officer"], compound=world.compounds["翠柏花园"])
    assert resident.get(reverse("deliberation:see_own_topic", args=[row.pk])).status_code == 404


def test_a_resident_raises_a_topic_by_the_page(world: World, resident: Client) -> None:
    address = reverse("deliberation:raise_own_topic")
    assert resident.post(address, {"title": "加座椅"}).status_code == 422
    assert resident.post(address, {"title": "加座椅", "text": "老人没处歇"}).status_code == 302
    assert "加座椅" in resident.get(reverse("deliberation:see_own_topics")).content.decode()


def test_a_meeting_about_a_topic_is_kept_by_organisations_with_its_counts(world: World) -> None:
    made = issues.meeting(world)
    kept = Meeting.objects.get()
    assert (kept.kind, kept.compound, kept.audience) == ("deliberation", made.topic.compound, 26)
    with pytest.raises(RefusedError, match="业主 30 人多于到会 26 人"):
        issues.meeting(world, made.topic, Attendance(None, 26, 30))
    assert TopicMeeting.objects.count() == 1


def test_nobody_speaks_under_a_closed_topic_nor_twice_the_same(world: World) -> None:
    row = issues.topic(world)
    issues.reply(world, row)
    with pytest.raises(RefusedError, match="已经发过"):
        issues.reply(world, row)
    topic_services.close_topic(topic=row, conclusion="画线", by=world.people["street_clerk"], now=THEN)
    with pytest.raises(RefusedError, match="已经结束"):
        issues.reply(world, row, text="再说")
    assert Reply.objects.count() == 1


def test_the_home_says_what_waits_for_the_residents_word(world: World, resident: Client) -> None:
    row = issues.reported(world, Account.objects.get(), now=clock.now())
    Issue.objects.filter(pk=row.pk).update(state="handled")
    assert "1 件等您看看" in resident.get("/my/").content.decode()


def test_a_residents_topic_waits_for_staff_until_one_of_them_answers(world: World) -> None:
    worker = world.people["community_worker"]
    row = issues.topic(world)
    issues.reply(world, row, notices.owner(world))
    assert "答复居民议题" in {duty.title for duty in duties.of(worker, THEN)}
    issues.reply(world, row, text="开会商量")
    assert "答复居民议题" not in {duty.title for duty in duties.of(worker, THEN)}


def test_open_topics_come_before_closed_ones_on_either_database(world: World, resident: Client) -> None:
    old = issues.topic(world, title="旧")
    topic_services.close_topic(topic=old, conclusion="画线", by=world.people["street_clerk"], now=THEN)
    issues.topic(world, title="新", now=THEN + timedelta(days=1))
    issues.topic(world, title="早", now=THEN - timedelta(days=1))
    assert [row.title for row in queries.topics(Topic.objects.all())] == ["新", "早", "旧"]


def test_the_limit_of_a_day_begins_anew_at_midnight_in_china(world: World) -> None:
    account, row = notices.owner(world), issues.topic(world)
    evening = datetime(2026, 3, 2, 15, 50, tzinfo=UTC)  # ten to midnight in China
    for number in range(topic_services.MOST_A_DAY):
        topic_services.reply_topic(topic=row, text=f"话 {number}", by=account, now=evening)
    with pytest.raises(RefusedError, match="一天最多"):
        topic_services.reply_topic(topic=row, text="再说", by=account, now=evening)
    topic_services.reply_topic(topic=row, text="新的一天", by=account, now=evening + timedelta(minutes=20))
    # The UTC midnight is eight in the morning here, and begins no new day.
    for number in range(topic_services.MOST_A_DAY - 1):
        topic_services.reply_topic(topic=row, text=f"早 {number}", by=account, now=evening + timedelta(hours=7))
    with pytest.raises(RefusedError, match="一天最多"):
        topic_services.reply_topic(topic=row, text="九点", by=account, now=evening + timedelta(hours=9))


def test_the_compound_page_counts_every_open_issue(world: World) -> None:
    first = issues.reported(world)
    Issue.objects.bulk_create(
        Issue(
            compound=first.compound, place=first.place, number=number, text="漏水", spot="open", where="东门", at=THEN,
            by=world.people["street_clerk"], state="assigned", due_on=THEN.date() if number % 2 else None,
        )
        for number in range(2, 62)
    )  # fmt: skip
    request = RequestFactory().get("/")
    request.user = world.people["street_clerk"]
    shown = panel.on_compound(request, first.compound)
    assert (shown["open"], shown["late"]) == (61, 30)
    assert all(row.due_on for row in shown["issues"])


def test_whoever_sold_the_home_speaks_no_more_in_its_compound(world: World) -> None:
    row = issues.topic(world)
    dwellings.kept(world)
    held = Ownership.objects.filter(until=None).select_related("dwelling__building")[0]
    owners, dwelling = Ownership.objects.filter(dwelling=held.dwelling, until=None), held.dwelling
    client = entered()
    DwellingBinding.objects.create(
        account=Account.objects.order_by("-pk")[0], compound=dwelling.compound, building=dwelling.building.name,
        room=dwelling.room, relation="owner", dwelling=dwelling, state="confirmed", asked_at=THEN,
        owners=sorted(owners.values_list("owner", flat=True)),
    )  # fmt: skip
    address = reverse("deliberation:see_own_topic", args=[row.pk])
    assert client.get(address).status_code == 200
    owners.update(until=clock.today())
    assert client.get(address).status_code == 404
    assert client.post(REPORT, {"text": "漏水", "spot": "open", "where": "东门"}).status_code == 302
    assert not Issue.objects.exists()


@pytest.mark.parametrize("state", State)
def test_a_resident_reads_of_no_state_in_the_words_of_the_office(world: World, resident: Client, state: State) -> None:
    row = issues.reported(world, by=Account.objects.get())
    issues.handled(world, issue=issues.assigned(world, row))
    Issue.objects.filter(pk=row.pk).update(state=state)
    pages = [reverse("deliberation:see_own_issues"), reverse("deliberation:see_own_issue", args=[row.pk])]
    for page in pages:
        text = resident.get(page).content.decode()
        assert [word for word in ("销号", "分派", "待核实", "登记处理", "重新打开", "不受理") if word in text] == []
        assert PLAIN_STATE_WORDS[state] in text


def test_the_form_names_whom_to_ring_when_it_is_urgent(world: World, resident: Client) -> None:
    compound = world.compounds["梅堰新村"]
    Body.objects.create(
        kind="residents_committee", name="繁景社区居委会", place=compound.place, phone="0574-00000019", kept_at=THEN
    )  # fmt: skip
    assert "tel:057400000019" in resident.get(REPORT).content.decode()
