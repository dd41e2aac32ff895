"""Topics and issues of 梅堰新村 in the database for tests, in a year whose holidays are known."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from gongdi.apps.accounts.models import Organisation, Post
from gongdi.apps.deliberation import issue_services, topic_services
from gongdi.apps.deliberation.access import as_whom
from gongdi.apps.deliberation.issue_services import Reported
from gongdi.apps.deliberation.models import Issue, Reply, Topic, TopicMeeting
from gongdi.apps.deliberation.topic_services import Attendance
from gongdi.apps.files.preparing import prepare
from gongdi.apps.organisations.models import Body
from tests.support import notices, organisations
from tests.support.photos import photo
from tests.support.world import COUNTY, World

THEN = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""A Monday."""
DUE = date(2026, 3, 5)
REPORTED = Reported("管沟没有回填", "open", None, "东门车棚旁")


def pictures() -> list[Any]:
    return [prepare(photo(320, 240), "现场.jpg", photo=True)]


def builder_body(world: World) -> Body:
    """The builder's body in the compound; the builder's post is in its organisation, apart from all other posts."""
    user = world.people["builder"]
    house, made = Organisation.objects.get_or_create(name="测试施工单位", place=COUNTY, defaults={"kind": "施工"})
    if made:
        Post.objects.filter(holder=user).update(organisation=house)
    for known in ("held_posts", "authorities"):
        user.__dict__.pop(known, None)
    compound = world.compounds["梅堰新村"]
    found = Body.objects.filter(organisation=house).first()
    return found or organisations.a_body(
        world, "测试施工项目部", compound.place, kind="builder", compound=compound, organisation=house
    )


def reported(world: World, by: Any = None, now: datetime = THEN, **changes: Any) -> Issue:
    """Reported by a resident unless by somebody else."""
    given = {"compound": world.compounds["梅堰新村"], "reported": REPORTED, "photos": pictures(), **changes}
    return issue_services.report_issue(by=by or notices.owner(world), now=now, **given)


def step(name: str, world: World, role: str, issue: Issue, now: datetime = THEN, **more: Any) -> Issue:
    """A step as a member of staff takes it."""
    user = world.people[role]
    service = getattr(issue_services, f"{name}_issue")
    row = Issue.objects.select_related("body").get(pk=issue.pk)
    done: Issue = service(issue=row, who=as_whom(user, row), by=user, now=now, **more)
    return done


def assigned(world: World, issue: Issue | None = None, role: str = "community_worker", now: datetime = THEN) -> Issue:
    return step("assign", world, role, issue or reported(world, now=now), now, body=builder_body(world), working_days=3)


def handled(world: World, role: str = "builder", issue: Issue | None = None, now: datetime = THEN) -> Issue:
    row = issue or assigned(world, now=now)
    return step("handle", world, role, row, now, done="已回填压实", photos=pictures())


def topic(world: World, by: Any = None, now: datetime = THEN, **changes: Any) -> Topic:
    given = {"compound": world.compounds["梅堰新村"], "title": "加不加停车位", "text": "晚上没地方停", **changes}
    return topic_services.raise_topic(by=by or notices.owner(world), now=now, **given)


def reply(world: World, row: Topic | None = None, by: Any = None, text: str = "先画线试试") -> Reply:
    return topic_services.reply_topic(
        topic=row or topic(world), text=text, by=by or world.people["community_worker"], now=THEN
    )  # fmt: skip


def meeting(world: World, row: Topic | None = None, attendance: Attendance | None = None) -> TopicMeeting:
    columns = {"title": "停车议事会", "held_on": THEN.date(), "venue": "活动室", "attendees": "", "minutes": "大家发言"}
    return topic_services.hold_meeting(
        topic=row or topic(world), columns=columns, bodies=[], attendance=attendance or Attendance(40, 26, 20),
        agreed="画线，不占绿地", by=world.people["community_worker"], now=THEN,
    )  # fmt: skip
