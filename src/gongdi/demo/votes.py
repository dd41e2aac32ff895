"""Two votes of the demo: one final with its public file and a record, one open with counts under way."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from gongdi.apps.accounts.models import User
from gongdi.apps.dwellings.models import Dwelling, Owner
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import PHONE, Account, DwellingBinding
from gongdi.apps.residents.services import ask_binding, confirm_binding
from gongdi.apps.voting import paper_services, result_services, services
from gongdi.apps.voting.ballot_services import cast_ballot
from gongdi.apps.voting.box import Given
from gongdi.apps.voting.models import Unit, Vote
from gongdi.apps.voting.paper_services import Typed
from gongdi.core.voting.ballots import Answer, Channel
from gongdi.core.voting.rules import RULES
from gongdi.demo.district import SEED
from gongdi.web.clock import local_date
from gongdi.web.sealing import digest, masked_number, seal

DEMO_PHONE = "13800000000"
"""A made-up number with which a visitor of the demo comes in as an owner."""
SAID = (Answer.YES,) * 8 + (Answer.NO, Answer.ABSTAIN)
MOSTLY_YES = (Answer.YES,) * 11 + (Answer.NO, Answer.ABSTAIN)


def hold_votes(compounds: list[Compound], clerk: User, worker: User, now: datetime) -> None:
    """A final vote in the first compound, a running one in the second, where a demo resident may vote by phone."""
    chance = Random(SEED)
    begun = now - timedelta(days=20)
    old = _opened(compounds[0], "初步方案表决（演示）", begun, begun + timedelta(days=7), clerk)
    _vote(old, _votable(old, old.units.count() * 4 // 5), worker, chance, begun, MOSTLY_YES)
    end = begun + timedelta(days=7, hours=1)
    services.close_vote(vote=old, by=clerk, now=end)
    today = local_date(end)
    services.publish_result(vote=old, until=today + timedelta(days=5), today=today, by=clerk, now=end)
    row = result_services.raise_objection(
        vote=old, who="2幢业主", text="没有收到选票，不知道表决的事。", today=today, by=worker, now=end
    )
    answer = "选票于投票第一天送到，门口留有通知单；已当面说明，名册和回执已核对。"
    result_services.answer_objection(objection=row, answer=answer, by=clerk, now=end + timedelta(days=1))
    after = end + timedelta(days=7)
    services.finish_vote(vote=old, today=local_date(after), by=clerk, now=after)
    result_services.confirm_result(vote=old, body="居民小组（演示）", note="书面确认", by=worker, now=after)
    # Under the district's own condition (E-05), which is reported beside the law's.
    end, local = now + timedelta(days=5), "jiangbei-2020-scheme"
    running = _opened(compounds[1], "改造内容表决（演示）", now - timedelta(days=2), end, clerk, local)
    units = _votable(running, 40)
    _resident(units[0], worker, now)
    _vote(running, units[1:30], worker, chance, now - timedelta(days=2))
    for unit in units[30:32]:
        paper_services.enter_paper(
            vote=running, unit=unit, typed=Typed({1: Answer.YES, 2: Answer.YES}, signed_by=_signer(unit)), by=clerk,
            received_at=now - timedelta(hours=3), now=now,
        )  # fmt: skip
    bare = paper_services.receive_paper(
        vote=running, unit=units[32], received_at=now - timedelta(hours=2), by=worker, now=now
    )
    paper_services.discard_paper(paper=bare, why="没有签名（演示）", anew=False, by=worker, now=now)


def _opened(
    compound: Compound, title: str, since: datetime, until: datetime, by: User, rule: str = "civil-code-2021-special"
) -> Vote:  # fmt: skip
    matters = [
        ("是否同意整治改造方案", RULES[rule]),
        ("是否使用维修资金", RULES["civil-code-2021-ordinary"]),
    ]
    vote = services.draft_vote(
        compound=compound, title=title, scope="compound", building=None, stairwell="", since=since, until=until,
        precedence="signed", changes=True, matters=matters, by=by, now=since,
    )  # fmt: skip
    services.freeze_roll(vote=vote, on=local_date(since), by=by, now=since)
    return services.open_vote(vote=vote, by=by, now=since)


def _votable(vote: Vote, share: int) -> list[Unit]:
    """The first units of the roll for which somebody can vote: at most a number of them, to keep the demo quick."""
    return list(vote.units.filter(votable=True).prefetch_related("owners")[:share])


def _signer(unit: Unit) -> Owner | None:
    owners = list(unit.owners.all())
    return owners[0] if len(owners) > 1 else None


def _vote(
    vote: Vote, units: list[Unit], by: User, chance: Random, at: datetime, said: tuple[Answer, ...] = SAID
) -> None:  # fmt: skip
    for number, unit in enumerate(units, start=1):
        answers = {matter: chance.choice(said) for matter in (1, 2)}
        given = Given(answers, Channel.VISIT, signed_by=_signer(unit))
        moment = at + timedelta(minutes=7 * number)
        cast_ballot(vote=vote, unit=unit, given=given, key=f"demo-{vote.pk}-{number:04d}", by=by, now=moment)


def _resident(unit: Unit, worker: User, now: datetime) -> None:
    account = Account.objects.create(
        phone_sealed=seal(DEMO_PHONE, PHONE), phone_masked=masked_number(DEMO_PHONE),
        phone_digest=digest(DEMO_PHONE, PHONE), made_at=now,
    )  # fmt: skip
    dwelling: Dwelling = unit.dwellings.all()[0]
    binding = ask_binding(
        account=account, compound=dwelling.compound, building=dwelling.building.name, room=dwelling.room,
        relation=DwellingBinding.Relation.OWNER, now=now,
    )  # fmt: skip
    confirm_binding(binding=binding, dwelling=dwelling, by=worker, now=now)
