"""How each service of bodies, experts and meetings is done once."""

from collections.abc import Callable

from gongdi.apps.organisations import meeting_services as meetings
from gongdi.apps.organisations import pool_services as pool
from gongdi.apps.organisations import services
from tests.support.organisations import (
    a_body,
    a_follow_up,
    a_leader,
    a_meeting,
    a_member,
    an_entry,
    compound_body,
)
from tests.support.world import NOW, TODAY, World


def _suspend(world: World) -> object:
    entry = an_entry(world)
    return pool.suspend_entry(entry=entry, why="年审未过", by=world.people["district_officer"], now=NOW)


def _restore(world: World) -> None:
    _suspend(world)
    pool.restore_entry(entry=an_entry(world), why="已补交", by=world.people["district_officer"], now=NOW)


DOINGS: dict[str, Callable[[World], object]] = {
    "organisations.services.add_body": compound_body,
    "organisations.services.correct_body": lambda w: services.correct_body(
        body=a_body(w), columns={"duty": "编制方案"}, why="职责调整", by=w.people["street_clerk"], now=NOW
    ),
    "organisations.services.end_body": lambda w: services.end_body(
        body=a_body(w), on=TODAY, why="任务完成", by=w.people["street_clerk"], now=NOW
    ),
    "organisations.services.set_up_bodies": lambda w: services.set_up_bodies(
        county=w.divisions["330205"], by=w.people["district_officer"], now=NOW
    ),
    "organisations.services.add_member": a_member,
    "organisations.services.end_member": lambda w: services.end_member(
        member=a_member(w), on=TODAY, why="轮换", by=w.people["street_clerk"], now=NOW
    ),
    "organisations.services.assign_leader": a_leader,
    "organisations.services.end_leader": lambda w: services.end_leader(
        leader=a_leader(w), why="分工调整", by=w.people["district_officer"], now=NOW
    ),
    "organisations.pool_services.admit_entry": an_entry,
    "organisations.pool_services.record_entry": lambda w: pool.record_entry(
        entry=an_entry(w), kind="evaluation", on=TODAY, text="优秀", compound=None, source="考评表",
        by=w.people["district_officer"], now=NOW,
    ),
    "organisations.pool_services.suspend_entry": _suspend,
    "organisations.pool_services.restore_entry": _restore,
    "organisations.pool_services.remove_entry": lambda w: pool.remove_entry(
        entry=an_entry(w, "旧设计院"), why="资质到期", by=w.people["district_officer"], now=NOW
    ),
    "organisations.meeting_services.record_meeting": lambda w: a_meeting(w, compound=w.compounds["梅堰新村"],
                                                                         place=w.compounds["梅堰新村"].place),
    "organisations.meeting_services.add_follow_up": lambda w: a_follow_up(
        w, a_meeting(w, compound=w.compounds["梅堰新村"], place=w.compounds["梅堰新村"].place)
    ),
    "organisations.meeting_services.note_follow_up": lambda w: meetings.note_follow_up(
        follow_up=a_follow_up(w), text="已联系管线单位", by=w.people["community_worker"], now=NOW
    ),
    "organisations.meeting_services.close_follow_up": lambda w: meetings.close_follow_up(
        follow_up=a_follow_up(w), on=TODAY, proof="会议记录", by=w.people["community_worker"], now=NOW
    ),
}  # fmt: skip
