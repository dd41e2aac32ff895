"""How each service of consultations is done once."""

from collections.abc import Callable
from datetime import timedelta

from gongdi.apps.consultation import content_services, services
from gongdi.apps.files.preparing import prepare
from tests.support import photos, rounds
from tests.support.world import NOW, TODAY, World


def clerk(world: World) -> dict[str, object]:
    return {"by": world.people["street_clerk"], "now": NOW}


DOINGS: dict[str, Callable[[World], object]] = {
    "consultation.services.draft_round": rounds.drafted,
    "consultation.services.edit_round": lambda w: services.edit_round(
        round=rounds.drafted(w), title="改名", since=TODAY, until=TODAY, pledges=[], **clerk(w)
    ),
    "consultation.services.discard_round": lambda w: services.discard_round(
        round=rounds.drafted(w), why="并入另一个小区", **clerk(w)
    ),
    "consultation.services.choose_items": rounds.chosen,
    "consultation.services.price_menu": rounds.priced,
    "consultation.services.add_photo": lambda w: services.add_photo(
        item=rounds.chosen(w).items.all()[0], file=prepare(photos.photo(), "路.jpg", photo=True), **clerk(w)
    ),
    "consultation.services.open_round": rounds.opened,
    "consultation.services.extend_round": lambda w: services.extend_round(
        round=rounds.opened(w), until=rounds.UNTIL + timedelta(days=7), why="还有户没有征求到", **clerk(w)
    ),
    "consultation.services.close_round": rounds.closed,
    "consultation.services.note_attempt": lambda w: services.note_attempt(
        household=rounds.a_household(rounds.opened(w)), reason="vacant", **clerk(w)
    ),
    "consultation.services.judge_will": lambda w: services.judge_will(
        round=rounds.closed(w), judged={"residents_active": True}, why="答复的户多", today=TODAY, **clerk(w)
    ),
    "consultation.answer_services.take_answer": lambda w: rounds.answered(w, rounds.opened(w)),
    "consultation.content_services.fix_content_list": rounds.fixed,
    "consultation.content_services.file_application": lambda w: content_services.file_application(
        content_list=rounds.fixed(w),
        filed_on=TODAY,
        applicant="梅堰新村业主委员会",
        receiver="文教街道办事处",
        today=TODAY,
        **clerk(w),
    ),
}
