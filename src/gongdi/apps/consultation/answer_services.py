"""Taking answers in. A request carries a key of its own; coming again with the same key gives the same answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from gongdi.apps.accounts.models import User
from gongdi.apps.audit.services import record
from gongdi.apps.consultation.models import Household, Response, Round
from gongdi.apps.consultation.services import locked
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.models import Account
from gongdi.core.consultation import answers as core
from gongdi.core.consultation.answers import Channel, Side, Willing, Wish
from gongdi.core.consultation.pledges import Pledge, Reply

LONGEST_KEY = 64


@dataclass(frozen=True, slots=True)
class Given:
    """What an answer says, for which side, and how it came."""

    side: Side
    channel: Channel
    wishes: Mapping[int, Wish] = field(default_factory=dict)
    priorities: Sequence[int] = ()
    willing: Willing | None = None
    words: str = ""
    heard: bool = False
    pledges: Mapping[Pledge, Reply] = field(default_factory=dict)


def _stored(given: Given) -> dict[str, object]:
    return {
        "side": given.side.value,
        "wishes": {str(number): given.wishes[number].value for number in sorted(given.wishes)},
        "priorities": list(given.priorities),
        "willing": given.willing.value if given.willing else "",
        "words": given.words,
        "heard": given.heard,
        "pledges": {pledge.value: given.pledges[pledge].value for pledge in sorted(given.pledges)},
    }


@transaction.atomic
def take_answer(
    *, household: Household, given: Given, key: str, by: User | Account, today: date, now: datetime
) -> Response:  # fmt: skip
    """Take an answer in (征询答复): the latest of a side counts, the earlier ones stay.

    Raises:
        RefusedError: the round does not run, or the answer is not whole.
    """
    current = locked(household.round, Round.State.OPEN)
    said = _stored(given)
    earlier = current.responses.filter(key=key).first()
    if earlier is not None:
        if earlier.household_id == household.pk and all(getattr(earlier, name) == said[name] for name in said):
            return earlier
        raise RefusedError("这一页已经提交过另一份答复。请重新打开页面再填。")
    _must_fit(current, household, given, key, by, today)
    seq = (current.responses.aggregate(last=Max("seq"))["last"] or 0) + 1
    made = Response.objects.create(
        round=current, household=household, key=key, seq=seq, channel=given.channel.value, at=now,
        account=by if isinstance(by, Account) else None, entered_by=by if isinstance(by, User) else None, **said,
    )  # fmt: skip
    after = {"household": household.number, "channel": given.channel.value, "seq": seq}
    record("consultation.take_answer", by=by, on=made, after=after, place=current.compound.place, at=now)
    return made


def _must_fit(
    current: Round, household: Household, given: Given, key: str, by: User | Account, today: date
) -> None:  # fmt: skip
    if household.left_off:
        raise RefusedError("这套房屋不计户，不用答复。")
    if today < current.since:
        raise RefusedError(f"征询从 {current.since} 开始，还没有到时间。")
    # Paper that was filled in on time may be typed in afterwards, until the round is closed.
    if isinstance(by, Account) and today > current.until:
        raise RefusedError("征询已经截止。还有意见请到社区居委会说。")
    if not 8 <= len(key) <= LONGEST_KEY:
        raise RefusedError("请求编号不对。请刷新页面后重新提交。")
    answer = core.Answer(
        0, household.pk, given.side, given.wishes, given.priorities, given.willing, given.heard, given.pledges
    )
    faults = core.faults_of(answer, current.items.values_list("number", flat=True), current.asked_pledges)
    if faults:
        raise RefusedError(" ".join(str(fault) for fault in faults))
