"""How each service of notices is done once."""

from collections.abc import Callable

from gongdi.apps.files.preparing import prepare
from gongdi.apps.notices import services
from tests.support import notices
from tests.support.notices import clerk
from tests.support.photos import photo
from tests.support.world import World

DOINGS: dict[str, Callable[[World], object]] = {
    "notices.services.draft_notice": notices.drafted,
    "notices.services.edit_notice": lambda w: services.edit_notice(
        notice=notices.drafted(w), words=notices.WORDS, about=None, **clerk(w)
    ),
    "notices.services.attach_file": lambda w: services.attach_file(
        notice=notices.drafted(w), file=prepare(photo(320, 240), "效果图.jpg"), note="效果图", **clerk(w)
    ),
    "notices.services.publish_notice": notices.published,
    "notices.services.correct_notice": lambda w: services.correct_notice(
        notice=notices.published(w), words=notices.WORDS, why="图纸有误", **clerk(w)
    ),
    "notices.services.record_posting": notices.posted,
    "notices.services.end_notice": notices.ended,
    "notices.services.finish_notice": notices.final,
    "notices.services.withdraw_notice": lambda w: services.withdraw_notice(
        notice=notices.published(w), why="小区有误", **clerk(w)
    ),
    "notices.objection_services.raise_objection": notices.raised,
    "notices.objection_services.enter_objection": lambda w: notices.entered(w, notices.published(w)),
    "notices.objection_services.answer_objection": lambda w: notices.answered(w, notices.raised(w)),
}
