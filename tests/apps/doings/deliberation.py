"""How each service of deliberation is done once."""

from collections.abc import Callable
from datetime import timedelta

from gongdi.apps.deliberation import topic_services
from tests.support import issues
from tests.support.issues import THEN
from tests.support.world import World

DOINGS: dict[str, Callable[[World], object]] = {
    "deliberation.issue_services.report_issue": issues.reported,
    "deliberation.issue_services.assign_issue": issues.assigned,
    "deliberation.issue_services.handle_issue": issues.handled,
    "deliberation.issue_services.close_issue": lambda w: issues.step(
        "close", w, "community_worker", issues.handled(w), note="看过"
    ),
    "deliberation.issue_services.reopen_issue": lambda w: issues.step(
        "reopen", w, "community_worker", issues.handled(w), why="又塌了"
    ),
    "deliberation.issue_services.escalate_issue": lambda w: issues.step(
        "escalate", w, "street_clerk", issues.assigned(w), THEN + timedelta(days=9), note="多次催办"
    ),
    "deliberation.issue_services.dismiss_issue": lambda w: issues.step(
        "dismiss", w, "community_worker", issues.reported(w), why="不在小区内"
    ),
    "deliberation.topic_services.raise_topic": issues.topic,
    "deliberation.topic_services.reply_topic": issues.reply,
    "deliberation.topic_services.hide_topic": lambda w: topic_services.hide_topic(
        topic=issues.topic(w), why="写了电话", by=w.people["community_worker"], now=THEN
    ),
    "deliberation.topic_services.hide_reply": lambda w: topic_services.hide_reply(
        reply=issues.reply(w), why="写了电话", by=w.people["community_worker"], now=THEN
    ),
    "deliberation.topic_services.hold_meeting": issues.meeting,
    "deliberation.topic_services.close_topic": lambda w: topic_services.close_topic(
        topic=issues.topic(w), conclusion="画线", by=w.people["community_worker"], now=THEN
    ),
}
