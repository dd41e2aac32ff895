"""How each service of votes is done once."""

from collections.abc import Callable
from datetime import date

from gongdi.apps.voting import ballot_services as ballots
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
    "voting.ballot_services.enter_paper": polls.paper,
    "voting.ballot_services.check_paper": lambda w: ballots.check_paper(
        paper=polls.paper(w), answers=polls.YES, by=w.people["community_worker"], now=NOW
    ),
}
