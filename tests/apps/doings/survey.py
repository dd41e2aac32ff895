"""How each service of the survey is done once."""

from collections.abc import Callable

from gongdi.apps.survey import review_services as review
from gongdi.apps.survey import services as survey
from gongdi.apps.survey import sheet_services as sheets
from gongdi.apps.survey.reviewing import review_of
from tests.support.survey import assignment, draft, opened, plan, send, take_photo, uploaded_sheet, waiting
from tests.support.world import NOW, TODAY, World


def _accept(world: World) -> object:
    row = waiting(world)
    return review.accept_submission(
        assignment=row, seen=review_of(row).seen, decided={}, sureness="verified", by=world.people["street_clerk"],
        now=NOW,
    )  # fmt: skip


DOINGS: dict[str, Callable[[World], object]] = {
    "survey.services.draft_campaign": draft,
    "survey.services.change_campaign": lambda w: survey.change_campaign(
        campaign=draft(w), plan=plan(w, title="改过的"), by=w.people["district_officer"], now=NOW
    ),
    "survey.services.open_campaign": opened,
    "survey.services.close_campaign": lambda w: survey.close_campaign(
        campaign=opened(w), why="", by=w.people["district_officer"], now=NOW
    ),
    "survey.services.reassign_assignment": lambda w: survey.reassign_assignment(
        assignment=assignment(w), to=w.people["street_clerk"], by=w.people["district_officer"], now=NOW
    ),
    "survey.filling_services.send_answers": lambda w: send(w, assignment(w), {"fact:structure_safe": False}),
    "survey.filling_services.send_photo": lambda w: take_photo(w, assignment(w)),
    "survey.sheet_services.upload_sheet": uploaded_sheet,
    "survey.sheet_services.keep_sheet": lambda w: sheets.keep_sheet(
        sheet=uploaded_sheet(w), left_out=(), final=True, today=TODAY, by=w.people["community_worker"], now=NOW
    ),
    "survey.sheet_services.discard_sheet": lambda w: sheets.discard_sheet(
        sheet=uploaded_sheet(w), by=w.people["community_worker"], now=NOW
    ),
    "survey.review_services.accept_submission": _accept,
    "survey.review_services.return_submission": lambda w: review.return_submission(
        assignment=waiting(w), reasons={"": "请补拍照片"}, by=w.people["street_clerk"], now=NOW
    ),
}
