"""Notices, topics and issues of the demo: made-up residents of one compound, and what they raised."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PIL import Image, ImageDraw

from gongdi.apps.accounts.models import Organisation, User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.deliberation import issue_services, topic_services
from gongdi.apps.deliberation.access import as_whom
from gongdi.apps.deliberation.issue_services import Reported
from gongdi.apps.deliberation.models import Issue
from gongdi.apps.deliberation.topic_services import Attendance
from gongdi.apps.files.preparing import ReadyFile, prepare
from gongdi.apps.notices import objection_services
from gongdi.apps.notices import services as notices
from gongdi.apps.notices.models import Notice
from gongdi.apps.notices.objection_services import Answer, Said, Teller
from gongdi.apps.notices.services import Words
from gongdi.apps.organisations.meeting_services import add_follow_up
from gongdi.apps.organisations.models import Body
from gongdi.apps.organisations.services import add_body
from gongdi.apps.places.models import Compound, Division
from gongdi.apps.residents.models import Account
from gongdi.apps.residents.services import ask_binding, confirm_binding, enter, send_code
from gongdi.apps.workdays.known import calendar
from gongdi.core.notices.period import Length, Unit
from gongdi.web import clock

PHONES = ("13800000001", "13800000002")
"""Made-up numbers of two residents whose homes are confirmed: with the first one can come in under my/."""
CONTACT = "文教街道办事处，工作日 9:00—17:00，电话 0574-0000（虚构）"
WEEK = Length(7, Unit.CALENDAR)
BASIS = "文件没有规定天数，与社区居委会商定（演示）"
ANSWER = Answer("refused", "排水管在第二张图，接入主路雨水井。", "有居民问北侧排水，图上已有，作了说明。", "")
SPOTS = (
    ("管沟回填后下沉，老人容易绊倒", "open", "东门车棚旁"),
    ("脚手架挡住了单元门", "stairwell", "3幢2单元门口"),
    ("外墙喷涂沾到晾晒的衣物", "building", "5幢南侧"),
    ("夜里十点还在切割", "open", "西侧材料堆场"),
    ("楼道灯装好后不亮", "stairwell", "1幢1单元三楼"),
    ("雨水井盖没有盖好", "open", "中心花园入口"),
    ("小区外马路坑洼", "open", "北门外人行道"),
)
"""One for each state, in this order: to assign, in hand, at the county, to check, closed, reopened, dismissed."""


@dataclass(frozen=True, slots=True)
class _Cast:
    """Who acts in the demo."""

    compound: Compound
    officer: User
    clerk: User
    worker: User
    builder: User
    residents: tuple[Account, ...]


def compound_of(community: str) -> Compound:
    """The compound of a community where all of this happens; the builder and others have to do with it too."""
    return Compound.objects.filter(made_up=True, place=community).order_by("-pk")[0]


def tell_deliberation(now: datetime) -> None:
    """Make the residents, then what they and the staff did in the weeks before now."""
    people = {kind: User.objects.filter(posts__kind=kind, made_up=True).order_by("pk")[0] for kind in (
        PostKind.DISTRICT_OFFICER, PostKind.STREET_CLERK, PostKind.COMMUNITY_WORKER, PostKind.BUILDER,
    )}  # fmt: skip
    worker = people[PostKind.COMMUNITY_WORKER]
    compound = compound_of(worker.held_posts[0].place)
    residents = tuple(_resident(phone, compound, worker, now - timedelta(days=40)) for phone in PHONES)
    cast = _Cast(
        compound, people[PostKind.DISTRICT_OFFICER], people[PostKind.STREET_CLERK], worker, people[PostKind.BUILDER],
        residents,
    )  # fmt: skip
    _notices(cast, now)
    _issues(cast, now)
    _topic(cast, now)


def _resident(phone: str, compound: Compound, worker: User, now: datetime) -> Account:
    sent, code = send_code(phone=phone, address="127.0.0.1", now=now)
    enter(phone=phone, code=code, address="127.0.0.1", now=now)
    account = Account.objects.get(phone_digest=sent.phone_digest)
    room = f"{PHONES.index(phone) + 1}单元301"
    binding = ask_binding(account=account, compound=compound, building="1幢", room=room, relation="owner", now=now)
    confirm_binding(binding=binding, dwelling=None, by=worker, now=now)
    return account


def picture(text: str, ground: tuple[int, int, int]) -> ReadyFile:
    """A plain made-up picture: coloured ground, a few lines; no camera, no position."""
    image = Image.new("RGB", (1200, 800), ground)
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 160, 1080, 700), outline=(255, 255, 255), width=8)
    draw.line((120, 700, 1080, 160), fill=(255, 255, 255), width=5)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return prepare(out.getvalue(), f"{text}.jpg", photo=True)


def show_scheme(compound: Compound, clerk: User, begun: datetime) -> Notice:
    """The scheme of a compound, on show for its week without an objection, and final since."""
    name = compound.name
    text = (
        f"{name}改造方案：屋面防水、雨污分流、架空线入地、楼道照明和扶手、无障碍坡道。\n\n"
        "每户出资和维修资金的用法见改造内容表决。"
    )
    notice = _published(clerk, "scheme", Words(f"{name}改造方案公示", text, CONTACT), compound, begun)
    over = begun + timedelta(days=9)
    notice = notices.end_notice(notice=notice, ended_on=clock.local_date(over), by=clerk, now=over)
    return notices.finish_notice(notice=notice, by=clerk, now=over)


def _published(clerk: User, kind: str, words: Words, where: Compound | Division, on: datetime) -> Notice:
    notice = notices.draft_notice(kind=kind, words=words, where=where, by=clerk, now=on)
    if kind in ("scheme", "works"):
        file = picture("效果图", (70, 120, 130))
        notices.attach_file(notice=notice, file=file, note="改造后效果图（虚构）", part="rendering", by=clerk, now=on)
    return notices.publish_notice(
        notice=notice, starts_on=clock.local_date(on), length=WEEK, basis=BASIS, by=clerk, now=on
    )


def _notices(cast: _Cast, now: datetime) -> None:
    """A scheme on show with an answered and an open objection, a works notice, a final one, a list of the street."""
    name, (first, second) = cast.compound.name, cast.residents
    begun = now - timedelta(days=2)
    text = (
        f"{name}改造方案：外立面修缮、雨污分流、管线入地、楼道照明。\n\n改造期间请配合腾出楼道。居民出资另行征求意见。"
    )
    scheme = _published(cast.clerk, "scheme", Words(f"{name}改造方案公示", text, CONTACT), cast.compound, begun)
    notices.record_posting(
        notice=scheme, posted_on=clock.local_date(begun), spot="东门公告栏",
        photos=[picture("东门公告栏", (120, 110, 80))],
        by=cast.worker, now=begun,
    )  # fmt: skip
    said = Said("objection", "我家楼北侧没有画排水，下雨会积水")
    row = objection_services.raise_objection(notice=scheme, said=said, by=first, now=begun)
    objection_services.answer_objection(objection=row, answer=ANSWER, by=cast.clerk, now=now - timedelta(days=1))
    said = Said("objection", "车棚改停车位，电动车没处放")
    objection_services.raise_objection(notice=scheme, said=said, by=second, now=now - timedelta(days=1))
    teller = Teller("paper", "方小虚", "2幢102", clock.local_date(now))
    objection_services.enter_objection(
        notice=scheme, said=Said("question", "施工时能不能走北门"), teller=teller, by=cast.worker, now=now
    )
    works = Words(
        f"{name}施工公告", "三月至九月施工。施工单位：同心建设公司（演示）。监理单位：正言监理公司（演示）。", CONTACT
    )
    _published(cast.clerk, "works", works, cast.compound, now)
    ended = now - timedelta(days=20)
    words = Words(
        f"{name}公共收益公示",
        "去年临时停车和广告位收入 8.6 万元，用于公共照明和绿化 5.2 万元，结余 3.4 万元。（虚构）", CONTACT,
    )  # fmt: skip
    done = _published(cast.clerk, "income", words, cast.compound, ended)
    over = now - timedelta(days=10)
    done = notices.end_notice(notice=done, ended_on=clock.local_date(over), by=cast.clerk, now=over)
    notices.finish_notice(notice=done, by=cast.clerk, now=over)
    street = cast.compound.street
    if street is not None:
        words = Words(f"{street.name}入选小区名单公示", "以下小区拟列入年度计划。（虚构）", CONTACT, [cast.compound])
        _published(cast.clerk, "compounds", words, street, now)


def _body(cast: _Cast, now: datetime) -> Body:
    """The builder's body in the compound, answered for by the organisation of the builder's post."""
    house = Organisation.objects.get(pk=cast.builder.held_posts[0].organisation_id)
    columns = {"name": house.name, "kind": "builder", "place": cast.compound.place, "compound": cast.compound,
               "organisation": house, "made_up": True}  # fmt: skip
    return Body.objects.filter(organisation=house).first() or add_body(columns=columns, by=None, now=now)


def _before(now: datetime, days: int) -> datetime:
    """Some days ago, in a year whose holidays are known, so that a deadline can be told."""
    last = date(max(calendar().years), 12, 1)
    back = now - timedelta(days=days)
    return back if clock.local_date(back) <= last else back.replace(year=last.year, month=11, day=2)


def _step(name: str, issue: Issue, by: User, now: datetime, **more: object) -> Issue:
    row = Issue.objects.select_related("body").get(pk=issue.pk)
    done: Issue = getattr(issue_services, f"{name}_issue")(issue=row, who=as_whom(by, row), by=by, now=now, **more)
    return done


def _issues(cast: _Cast, now: datetime) -> None:
    """One issue in each state."""
    long_ago, lately = _before(now, 21), _before(now, 1)
    body = _body(cast, now)
    rows = []
    for number, (text, spot, where) in enumerate(SPOTS):
        by = cast.residents[number % 2] if number < 5 else cast.worker
        reported = Reported(text, spot, None, where)
        photos = [picture("现场", (150 - 10 * number, 120, 90 + 10 * number))]
        rows.append(
            issue_services.report_issue(
                compound=cast.compound, reported=reported, photos=photos, by=by, now=lately if number == 0 else long_ago
            )
        )
    for number, row in enumerate(rows[1:6], start=1):
        days, on = (15, lately) if number == 1 else (3, long_ago)
        _step("assign", row, cast.worker, on, body=body, working_days=days)
    _step("escalate", rows[2], cast.clerk, now, note="多次催办，施工单位没有清洗方案")
    for number in (3, 4, 5):
        done = [picture("处理后", (60, 130, 90))]
        _step("handle", rows[number], cast.clerk, lately, done="已处理并告知居民（虚构）", photos=done)
    _step("close", rows[4], cast.worker, now, note="到现场看过，灯已亮")
    _step("reopen", rows[5], cast.worker, now, why="井盖仍有晃动")
    _step("dismiss", rows[6], cast.worker, now, why="不在小区范围，已转市政部门")


def _topic(cast: _Cast, now: datetime) -> None:
    """A topic with an answer and a meeting whose decision somebody is to carry out, and one just raised."""
    first, second = cast.residents
    held = _before(now, 12)
    topic = topic_services.raise_topic(
        compound=cast.compound, title="车棚旁要不要加停车位", text="晚上没地方停车，也有人担心占了电动车的位置。",
        by=first, now=held - timedelta(days=6),
    )  # fmt: skip
    topic_services.reply_topic(topic=topic, text="电动车也要有地方充电。", by=second, now=held - timedelta(days=5))
    text = "方案里车棚保留一半并加充电桩，另一半画停车位，请到会上商量。"
    topic_services.reply_topic(topic=topic, text=text, by=cast.worker, now=held - timedelta(days=4))
    columns = {"title": "停车和充电议事会（演示）", "held_on": clock.local_date(held), "venue": "社区活动室",
               "attendees": "社区居委会、业主代表、施工单位",
               "minutes": "各方发言，表决前先试画线。（虚构）"}  # fmt: skip
    made = topic_services.hold_meeting(
        topic=topic, columns=columns, bodies=[], attendance=Attendance(60, 34, 29),
        agreed="车棚保留一半加充电桩，其余画 12 个停车位，试用一个月。", by=cast.clerk, now=held,
    )  # fmt: skip
    add_follow_up(
        meeting=made.meeting, decision="画出停车位并装充电桩", body=_body(cast, now), person=None, working_days=10,
        by=cast.clerk, now=held,
    )  # fmt: skip
    topic_services.raise_topic(
        compound=cast.compound, title="中心花园要不要加座椅", text="老人散步没有地方歇脚。", by=second, now=now
    )
