"""A notice drafted from what it is about: the words begun, the link both ways, what it keeps from going on."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from gongdi.apps.accounts.reaches import NamedObject
from gongdi.apps.consultation import content_services
from gongdi.apps.consultation.models import ContentList
from gongdi.apps.consultation.publishing import CONTENTS, ROUND
from gongdi.apps.files.preparing import prepare
from gongdi.apps.files.services import withdraw_attachment
from gongdi.apps.notices import files, queries, services
from gongdi.apps.notices.models import Notice, NoticeFile
from gongdi.apps.places.services import RefusedError
from gongdi.apps.policy.models import PackInForce
from gongdi.apps.voting import services as votes
from gongdi.apps.voting.publishing import VOTE
from tests.support import notices, polls, rounds
from tests.support.notices import WEEK, clerk
from tests.support.photos import photo
from tests.support.world import NOW, TODAY, World

SignedIn = Callable[[str], Client]


def draft_page(world: World, kind: str = "", about: str = "") -> str:
    address = reverse("notices:draft_notice", args=[world.compounds["梅堰新村"].pk])
    return f"{address}?kind={kind}&about={about}"


@pytest.mark.parametrize("place", ["results", "contents"])
def test_a_click_on_the_source_begins_a_notice_and_each_shows_the_other(
    world: World, signed_in: SignedIn, place: str
) -> None:
    made, client = rounds.fixed(world), signed_in("street_clerk")
    source = {
        "results": reverse("consultation:see_results", args=[made.round_id]),
        "contents": reverse("consultation:see_content_list", args=[made.pk]),
    }[place]
    kind, about = {
        "results": ("consultation", f"{ROUND}:{made.round_id}"), "contents": ("contents", f"{CONTENTS}:{made.pk}"),
    }[place]  # fmt: skip
    address = draft_page(world, kind, about)
    assert address.replace("&", "&amp;") in client.get(source).content.decode()
    begun = client.get(address).context["form"].initial
    assert begun["about"] == about
    assert "梅堰新村" in begun["title"]
    sent = {**begun, "contact": "社区居委会"}
    draft = client.post(address, sent).headers["Location"]
    notice = Notice.objects.get()
    assert (notice.kind, f"{notice.object_kind}:{notice.object_id}") == (kind, about)
    assert source in client.get(draft).content.decode()
    assert draft in client.get(source).content.decode()


def test_the_words_begun_tell_no_result_of_few_answers_and_the_list_with_its_payers(
    world: World, signed_in: SignedIn
) -> None:
    made, client = rounds.fixed(world), signed_in("street_clerk")
    results = client.get(draft_page(world, "consultation", f"{ROUND}:{made.round_id}")).context["form"].initial["text"]
    assert "征求到 1 户" in results
    assert "想要 1 户" not in results
    contents = client.get(draft_page(world, "contents", f"{CONTENTS}:{made.pk}")).context["form"].initial["text"]
    assert "约 10.00 万元，财政 95%，业主 5%" in contents


def test_what_the_writer_does_not_see_can_not_be_pointed_at(world: World, signed_in: SignedIn) -> None:
    client = signed_in("street_clerk")
    sent = {"kind": "other", "title": "公示", "text": "内容", "contact": "社区", "about": f"{ROUND}:999"}
    rounds.closed(world)
    response = client.post(draft_page(world), sent)
    assert response.status_code == 422
    assert not Notice.objects.exists()
    assert client.get(draft_page(world, "consultation", f"{ROUND}:x")).status_code == 200


def test_a_draft_can_be_pointed_at_something_later_and_its_correction_stays_with_it(
    world: World, signed_in: SignedIn
) -> None:
    asked, client = rounds.closed(world), signed_in("street_clerk")
    notice = notices.drafted(world, "consultation")
    sent = {"title": "结果", "text": "内容", "contact": "社区", "about": f"{ROUND}:{asked.pk}"}
    client.post(reverse("notices:edit_notice", args=[notice.pk]), sent)
    notice.refresh_from_db()
    assert (notice.object_id, notice.object_name) == (asked.pk, asked.title)
    services.publish_notice(notice=notice, starts_on=TODAY, length=WEEK, basis="商定", **clerk(world))
    new = services.correct_notice(notice=notice, words=notices.WORDS, why="有误", **clerk(world))
    client.post(reverse("notices:edit_notice", args=[new.pk]), {**sent, "about": ""})
    new.refresh_from_db()
    assert new.object_id == asked.pk


def test_no_list_is_fixed_while_an_objection_to_the_published_results_waits(world: World) -> None:
    asked = rounds.closed(world)
    notice = notices.published(world, "consultation", about=NamedObject(ROUND, asked.pk, asked.title))
    row = notices.raised(world, notice)
    with pytest.raises(RefusedError, match="还有 1 条没有了结"):
        content_services.fix_content_list(round=asked, chosen=[1], reasons={}, **clerk(world))
    notices.answered(world, row)
    assert content_services.fix_content_list(round=asked, chosen=[1], reasons={}, **clerk(world)).version == 1


def test_no_application_goes_out_while_its_list_is_on_show_or_objected_to(world: World, signed_in: SignedIn) -> None:
    made = rounds.fixed(world)
    notice = notices.published(world, "contents", about=NamedObject(CONTENTS, made.pk, str(made)))
    row = notices.raised(world, notice)
    over = NOW + timedelta(days=9)

    def file(on: object) -> None:
        content_services.file_application(
            content_list=made, filed_on=TODAY, applicant="居民小组", receiver="街道办", today=on, **clerk(world)
        )

    with pytest.raises(RefusedError, match="公示期未满"):
        file(TODAY)
    letter = signed_in("street_clerk").get(reverse("consultation:see_application", args=[made.pk])).content.decode()
    assert "不能提交" in letter
    assert "data-print" not in letter
    with pytest.raises(RefusedError, match="异议"):
        file(over.date())
    notices.answered(world, row, now=over)
    file(over.date())
    made.refresh_from_db()
    assert made.filed_on == TODAY


def test_a_vote_is_not_opened_while_an_objection_to_its_published_roll_waits(world: World, signed_in: SignedIn) -> None:
    vote, client = polls.frozen(world), signed_in("street_clerk")
    about = f"{VOTE}:{vote.pk}"
    begun = client.get(draft_page(world, "roll", about)).context["form"].initial
    assert f"业主 {vote.heads} 人" in begun["text"]
    notice = notices.published(world, "roll", about=NamedObject(VOTE, vote.pk, vote.title))
    row = notices.raised(world, notice)
    with pytest.raises(RefusedError, match="公示中的异议"):
        votes.open_vote(vote=vote, **clerk(world))
    notices.answered(world, row)
    assert votes.open_vote(vote=vote, **clerk(world)).state == "open"


def test_a_result_is_not_final_while_its_notice_is_objected_to(world: World, signed_in: SignedIn) -> None:
    vote, client = polls.published(world), signed_in("street_clerk")
    begun = client.get(draft_page(world, "vote", f"{VOTE}:{vote.pk}")).context["form"].initial
    assert vote.code in begun["text"]
    assert "事项1" in begun["text"]
    late = NOW + timedelta(days=60)
    now = late - timedelta(days=20)
    notice = notices.published(world, "vote", now=now, about=NamedObject(VOTE, vote.pk, vote.title))
    row = notices.raised(world, notice, now=now)
    finish = {"vote": vote, "today": late.date(), "by": world.people["street_clerk"], "now": late}
    with pytest.raises(RefusedError, match="公示中的异议"):
        votes.finish_vote(**finish)
    notices.answered(world, row, now=late)
    assert votes.finish_vote(**finish).state == "final"


@pytest.mark.parametrize("kind", ["roll", "scheme", "other"])
@pytest.mark.parametrize("trick", ["withdraw", "publish another", "both", "correct and withdraw"])
def test_an_objection_is_answered_though_its_notice_was_withdrawn_or_another_published(
    world: World, signed_in: SignedIn, kind: str, trick: str
) -> None:
    vote = polls.frozen(world)
    about = NamedObject(VOTE, vote.pk, vote.title)
    notice = notices.published(world, kind, about=about)
    row = notices.raised(world, notice)
    if trick == "correct and withdraw":
        notice = services.correct_notice(notice=notice, words=notices.WORDS, why="有误", **clerk(world))
        services.publish_notice(notice=notice, starts_on=TODAY, length=WEEK, basis="商定", **clerk(world))
    if trick != "publish another":
        services.withdraw_notice(notice=notice, why="撤", **clerk(world))
    if trick in ("publish another", "both"):
        notices.published(world, "roll", about=about)
    with pytest.raises(RefusedError, match="公示中的异议：还有 1 条没有了结"):
        votes.open_vote(vote=vote, **clerk(world))
    client = signed_in("street_clerk")
    assert "公示中的异议" in client.get(reverse("voting:see_frozen_roll", args=[vote.pk])).content.decode()
    answer = reverse("notices:answer_objection", args=[row.pk])
    assert answer in client.get(reverse("notices:see_notice", args=[notice.pk])).content.decode()
    sent = {"outcome": "refused", "text": "已核对", "summary": "已核对", "told_how": "电话告知"}
    assert client.post(answer, sent).status_code == 302
    assert votes.open_vote(vote=vote, **clerk(world)).state == "open"


def test_a_list_fixed_again_does_not_drop_the_objections_to_the_one_on_show(world: World, signed_in: SignedIn) -> None:
    first, start = rounds.fixed(world), rounds.LATER
    over = start + timedelta(days=9)
    notice = notices.published(world, "contents", now=start, about=NamedObject(CONTENTS, first.pk, str(first)))
    waiting, accepted = (notices.raised(world, notice, now=start) for _ in range(2))

    def fix() -> ContentList:
        return content_services.fix_content_list(round=first.round, chosen=[1], reasons={}, **clerk(world, over))

    with pytest.raises(RefusedError, match="还有 2 条没有了结"):
        fix()
    notices.answered(world, accepted, "revise", now=over)
    notices.answered(world, waiting, now=over)
    # What was accepted asks for the new list, so it does not stand against it; but it is to be published anew.
    second, client = fix(), signed_in("street_clerk")
    pages = [reverse(f"consultation:{name}", args=[second.pk]) for name in ("see_content_list", "see_application")]

    def file() -> ContentList:
        return content_services.file_application(
            content_list=second, filed_on=TODAY, applicant="居民小组", receiver="街道办", today=over.date(),
            **clerk(world, over),
        )  # fmt: skip

    with pytest.raises(RefusedError, match="还有 1 条没有了结"):
        file()
    assert all("公示中的异议" in client.get(page).content.decode() for page in pages)
    services.withdraw_notice(notice=notice, why="清单已改", **clerk(world, over))
    with pytest.raises(RefusedError, match="还有 1 条没有了结"):
        file()
    later = over + timedelta(hours=1)
    notices.published(world, "contents", now=later, about=NamedObject(CONTENTS, second.pk, str(second)))
    with pytest.raises(RefusedError, match=r"^公示期未满"):
        file()
    over += timedelta(days=9)
    assert file().filed_on == TODAY


def test_a_works_notice_lacks_its_rendering_until_one_is_attached(world: World) -> None:
    PackInForce.objects.update(pack="anhui-anqing-2022")
    notice = notices.drafted(world, "works")

    def publish() -> Notice:
        return services.publish_notice(notice=notice, starts_on=TODAY, length=WEEK, basis="商定", **clerk(world))

    services.attach_file(notice=notice, file=prepare(photo(320, 240), "现状.jpg"), note="", **clerk(world))
    with pytest.raises(RefusedError, match=r"效果图（.*四\(五\)）"):
        publish()
    drawn = services.attach_file(
        notice=notice, file=prepare(photo(330, 240), "图.jpg"), note="", part="rendering", **clerk(world)
    )
    withdraw_attachment(attachment=drawn, why="不是这个小区", **clerk(world))
    with pytest.raises(RefusedError, match="效果图"):
        publish()
    services.attach_file(
        notice=notice, file=prepare(photo(340, 240), "图.jpg"), note="", part="rendering", **clerk(world)
    )
    assert publish().state == "published"


def test_where_no_document_asks_for_the_rendering_it_is_advised(world: World, signed_in: SignedIn) -> None:
    notice = notices.drafted(world, "works")
    lack = files.lack_of(notice)
    assert lack is not None
    assert lack.clause == ""
    page = signed_in("street_clerk").get(reverse("notices:publish_notice", args=[notice.pk])).content.decode()
    assert "还没有附效果图" in page
    services.publish_notice(notice=notice, starts_on=TODAY, length=WEEK, basis="商定", **clerk(world))
    assert files.lack_of(notices.drafted(world)) is None


def test_a_correction_has_the_files_and_one_that_is_wrong_is_withdrawn_from_it_alone(world: World) -> None:
    old = notices.drafted(world)
    for number, part in enumerate(("rendering", "drawing")):
        file = prepare(photo(320 + number, 240), f"{part}.jpg")
        services.attach_file(notice=old, file=file, note=part, part=part, **clerk(world))
    services.publish_notice(notice=old, starts_on=TODAY, length=WEEK, basis="商定", **clerk(world))
    new = services.correct_notice(notice=old, words=notices.WORDS, why="一张图有误", **clerk(world))
    carried = queries.shown(new).files
    assert [(row.note, part) for row, part in carried] == [("rendering", "效果图"), ("drawing", "图纸")]
    assert {row.digest for row, _ in carried} == {row.digest for row, _ in queries.shown(old).files}
    withdraw_attachment(attachment=carried[1][0], why="有误", **clerk(world))
    assert len(queries.shown(new).files) == 1
    assert len(queries.shown(old).files) == 2
    assert NoticeFile.objects.count() == 4
