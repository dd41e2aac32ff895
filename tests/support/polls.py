"""Votes of 梅堰新村 in the database for tests."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.files.preparing import prepare
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.apps.residents.services import ask_binding, confirm_binding
from gongdi.apps.voting import (
    ballot_services,
    draft_services,
    paper_services,
    result_services,
    services,
    visit_services,
    voter_services,
)
from gongdi.apps.voting.box import Given
from gongdi.apps.voting.models import (
    Ballot,
    Evidence,
    Mandate,
    Objection,
    PaperEntry,
    ResultStep,
    Unit,
    Vote,
    Voter,
)
from gongdi.apps.voting.paper_services import Typed
from gongdi.apps.voting.visit_services import Signed
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.core.voting.rules import RULES
from tests.support import dwellings
from tests.support.photos import photo
from tests.support.residents import make_account
from tests.support.world import NOW, TODAY, World

SINCE, UNTIL = NOW, NOW + timedelta(days=7)
AFTER = UNTIL + timedelta(minutes=1)
YES, NO = {1: Answer.YES}, {1: Answer.NO}
PICTURE = photo(300, 120, exif=False)
TYPED, OTHER = Typed(YES), Typed(NO)


def drafted(world: World, **changes: Any) -> Vote:
    """A draft with one matter under the special rule of the Civil Code, over the small roll of dwellings."""
    if not Dwelling.objects.filter(compound=world.compounds["梅堰新村"]).exists():
        dwellings.kept(world)
    given = {
        "compound": world.compounds["梅堰新村"], "title": "改造方案表决", "scope": "compound", "building": None,
        "stairwell": "", "since": SINCE, "until": UNTIL, "precedence": "last", "changes": True,
        "matters": [("是否同意整治改造方案", RULES["civil-code-2021-special"])],
        "by": world.people["street_clerk"], "now": NOW, **changes,
    }  # fmt: skip
    return services.draft_vote(**given)


def redrafted(world: World, vote: Vote | None = None, **changes: Any) -> Vote:
    """A draft said anew, under another title."""
    given = {
        "vote": vote or drafted(world), "title": "方案和维修资金表决", "scope": "compound", "building": None,
        "stairwell": "", "since": SINCE, "until": UNTIL, "precedence": "last", "changes": True,
        "matters": [("是否使用维修资金", RULES["civil-code-2021-ordinary"])],
        "by": world.people["street_clerk"], "now": NOW, **changes,
    }  # fmt: skip
    return draft_services.edit_draft(**given)


def frozen(world: World, *, on: date = TODAY, **changes: Any) -> Vote:
    """A vote whose roll is frozen."""
    return services.freeze_roll(vote=drafted(world, **changes), on=on, by=world.people["street_clerk"], now=NOW)


def opened(world: World, **changes: Any) -> Vote:
    """A vote that runs."""
    now = changes.get("now", NOW)
    return services.open_vote(vote=frozen(world, **changes), by=world.people["street_clerk"], now=now)


def a_unit(vote: Vote, number: int = 0) -> Unit:
    """A unit that somebody may vote for."""
    return vote.units.filter(votable=True)[number]


def cast(
    world: World, vote: Vote, unit: Unit | None = None, answers: Any = None, *, key: str = "", by: Any = None,
    channel: Channel = Channel.VISIT, now: datetime = NOW,
) -> Ballot:  # fmt: skip
    """A ballot taken in by a community worker at a home visit."""
    unit = unit or a_unit(vote)
    return ballot_services.cast_ballot(
        vote=vote, unit=unit, given=Given(answers or YES, channel), now=now, by=by or world.people["community_worker"],
        key=key or f"request-{Ballot.objects.count()}",
    )  # fmt: skip


def closed(world: World) -> Vote:
    """A vote in which one unit voted, closed after its window."""
    vote = opened(world)
    cast(world, vote)
    return services.close_vote(vote=vote, by=world.people["street_clerk"], now=AFTER)


def published(world: World) -> Vote:
    """A vote whose result is published."""
    return services.publish_result(
        vote=closed(world), until=date(2027, 3, 20), today=date(2027, 3, 9), by=world.people["street_clerk"], now=AFTER
    )


def paper(world: World, vote: Vote | None = None) -> PaperEntry:
    """A paper ballot typed once."""
    vote = vote or opened(world)
    return paper_services.enter_paper(
        vote=vote, unit=a_unit(vote), typed=TYPED, by=world.people["street_clerk"], now=NOW
    )


def doubted(world: World, vote: Vote | None = None) -> PaperEntry:
    """A paper ballot typed once that the street's clerk holds for void."""
    return paper_services.discard_paper(
        paper=paper(world, vote), why="没有签名", anew=False, by=world.people["street_clerk"], now=NOW
    )


def received(world: World, vote: Vote | None = None, **changes: Any) -> PaperEntry:
    """A paper ballot handed in and not typed."""
    vote = vote or opened(world)
    given = {"unit": a_unit(vote), "received_at": NOW, "by": world.people["street_clerk"], "now": NOW, **changes}
    return paper_services.receive_paper(vote=vote, **given)


def decided(world: World) -> Vote:
    """A vote that may end early, in which all who can vote said no: nothing can carry it any more."""
    vote = opened(world, precedence="first", changes=False, early_end=True)
    for unit in vote.units.filter(votable=True):
        cast(world, vote, unit, NO)
    return vote


def visited(world: World, vote: Vote | None = None, **changes: Any) -> Ballot:
    """A ballot given at the door with a drawn signature."""
    vote = vote or opened(world)
    given = {
        "unit": a_unit(vote), "given": Given(YES, Channel.VISIT), "key": "at-the-door",
        "signed": Signed(Evidence.Kind.SIGNATURE, PICTURE, "image/jpeg"), "by": world.people["community_worker"],
        "now": NOW, **changes,
    }  # fmt: skip
    return visit_services.enter_visit(vote=vote, **given)


def co_owned(vote: Vote) -> Unit:
    """The unit of the two co-owners."""
    return next(unit for unit in vote.units.filter(votable=True) if unit.owners.count() > 1)


def named(world: World, vote: Vote | None = None, number: int = 0) -> Voter:
    """A co-owner whom the others named in writing."""
    vote = vote or opened(world)
    unit = co_owned(vote)
    owner = unit.owners.order_by("pk")[number]
    return voter_services.name_voter(
        vote=vote, unit=unit, owner=owner, why="推选书", by=world.people["street_clerk"], now=NOW
    )


def mandated(world: World, vote: Vote | None = None) -> Mandate:
    """A written proxy."""
    vote = vote or opened(world)
    return voter_services.record_mandate(
        vote=vote, unit=a_unit(vote), agent="赵某某", file=prepare(PICTURE, "委托书.png", photo=True),
        by=world.people["street_clerk"], now=NOW,
    )  # fmt: skip


def objected(world: World) -> Objection:
    """An objection that staff wrote down."""
    return result_services.raise_objection(
        vote=published(world), who="2幢业主", text="我家的面积不对", today=date(2027, 3, 9),
        by=world.people["community_worker"], now=AFTER,
    )  # fmt: skip


def final(world: World) -> Vote:
    """A vote whose result is final."""
    by = world.people["street_clerk"]
    return services.finish_vote(vote=published(world), today=date(2027, 3, 21), by=by, now=AFTER)


def confirmed(world: World) -> Vote:
    """A final result that the residents' group confirmed."""
    by = world.people["community_worker"]
    return result_services.confirm_result(vote=final(world), body="居民小组", note="", by=by, now=AFTER).vote


def received_by_street(world: World) -> ResultStep:
    """A result that went the whole way."""
    by = world.people["street_clerk"]
    given: dict[str, Any] = {"vote": confirmed(world), "by": by, "now": AFTER}
    result_services.submit_result(body="居民小组", note="", **given)
    return result_services.receive_result(body="文教街道", note="收件1号", **given)


def an_owner(world: World, vote: Vote, number: int = 0) -> tuple[Account, Unit]:
    """A resident bound as owner to a dwelling of a unit."""
    unit, account = a_unit(vote, number), make_account()
    dwelling = unit.dwellings.first()
    assert dwelling is not None
    binding = ask_binding(
        account=account, compound=vote.compound, building=dwelling.building.name, room=dwelling.room,
        relation=DwellingBinding.Relation.OWNER, now=NOW,
    )  # fmt: skip
    confirm_binding(binding=binding, dwelling=dwelling, by=world.people["community_worker"], now=NOW)
    return account, unit


def bind(account: Account, unit: Unit) -> None:
    """Let a unit be a resident's: its first dwelling is bound to the account, once."""
    dwelling = unit.dwellings.get_queryset()[0]
    DwellingBinding.objects.get_or_create(
        account=account, dwelling=dwelling, state="confirmed", relation="owner",
        defaults={
            "compound": dwelling.compound, "building": dwelling.building.name, "room": dwelling.room,
            "asked_at": NOW, "owners": sorted(unit.owners.values_list("pk", flat=True)),
        },
    )  # fmt: skip
