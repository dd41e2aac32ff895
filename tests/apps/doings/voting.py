"""How each service of votes is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.voting import paper_services as papers
from gongdi.apps.voting import result_services as results
from gongdi.apps.voting import services as votes
from gongdi.apps.voting import visit_services as visits
from tests.support import polls
from tests.support.world import NOW, TODAY, World


def clerk(world: World) -> dict[str, object]:
    return {"by": world.people["street_clerk"], "now": NOW}


DOINGS: dict[str, Callable[[World], object]] = {
    "voting.services.draft_vote": polls.drafted,
    "voting.draft_services.edit_draft": polls.redrafted,
    "voting.services.freeze_roll": lambda w: votes.freeze_roll(vote=polls.drafted(w), on=TODAY, **clerk(w)),
    "voting.services.open_vote": lambda w: votes.open_vote(vote=polls.frozen(w), **clerk(w)),
    "voting.services.close_vote": polls.closed,
    "voting.services.publish_result": polls.published,
    "voting.services.finish_vote": lambda w: votes.finish_vote(
        vote=polls.published(w), today=date(2027, 3, 21), **clerk(w)
    ),
    "voting.services.void_vote": lambda w: votes.void_vote(vote=polls.opened(w), why="范围有误", **clerk(w)),
    "voting.ballot_services.cast_ballot": lambda w: polls.cast(w, polls.opened(w)),
    "voting.services.end_vote_early": lambda w: votes.end_vote_early(vote=polls.decided(w), **clerk(w)),
    "voting.voter_services.name_voter": polls.named,
    "voting.voter_services.record_mandate": polls.mandated,
    "voting.visit_services.enter_visit": polls.visited,
    "voting.visit_services.see_evidence": lambda w: visits.see_evidence(
        evidence=polls.visited(w).evidence.get(), why="答复异议", by=w.people["auditor"], now=NOW
    ),
    "voting.visit_services.see_answers": lambda w: visits.see_answers(
        vote=polls.opened(w), why="答复异议", by=w.people["auditor"], now=NOW
    ),
    "voting.result_services.raise_objection": polls.objected,
    "voting.result_services.answer_objection": lambda w: results.answer_objection(
        objection=polls.objected(w), answer="已核对，计入无误。", **clerk(w)
    ),
    "voting.result_services.confirm_result": lambda w: polls.confirmed(w),
    "voting.result_services.submit_result": lambda w: results.submit_result(
        vote=polls.confirmed(w), body="居民小组", note="", **clerk(w)
    ),
    "voting.result_services.receive_result": polls.received_by_street,
    "voting.paper_services.receive_paper": lambda w: polls.received(w),
    "voting.paper_services.enter_paper": polls.paper,
    "voting.paper_services.check_paper": lambda w: papers.check_paper(
        paper=polls.paper(w), typed=polls.TYPED, by=w.people["community_worker"], now=NOW
    ),
    "voting.paper_services.confirm_discard": lambda w: papers.confirm_discard(
        paper=polls.doubted(w), by=w.people["community_worker"], now=NOW
    ),
    "voting.paper_services.refuse_discard": lambda w: papers.refuse_discard(
        paper=polls.doubted(w), by=w.people["community_worker"], now=NOW
    ),
    "voting.paper_services.discard_paper": lambda w: papers.discard_paper(
        paper=polls.paper(w), why="录错一行", anew=True, **clerk(w)
    ),
}
