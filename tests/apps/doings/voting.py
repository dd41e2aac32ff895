"""How each service of votes is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.voting import paper_services as papers
from gongdi.apps.voting import services as votes
from tests.support import polls
from tests.support.world import NOW, TODAY, World


def clerk(world: World) -> dict[str, object]:
    return {"by": world.people["street_clerk"], "now": NOW}


DOINGS: dict[str, Callable[[World], object]] = {
    "voting.services.draft_vote": polls.drafted,
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
    "voting.paper_services.receive_paper": lambda w: polls.received(w),
    "voting.paper_services.enter_paper": polls.paper,
    "voting.paper_services.check_paper": lambda w: papers.check_paper(
        paper=polls.paper(w), typed=polls.TYPED, by=w.people["community_worker"], now=NOW
    ),
    "voting.paper_services.discard_paper": lambda w: papers.discard_paper(
        paper=polls.paper(w), why="录错一行", anew=True, **clerk(w)
    ),
}
