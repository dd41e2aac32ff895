"""Notices of 梅堰新村 in the database for tests."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongdi.apps.files.preparing import prepare
from gongdi.apps.notices import objection_services, services
from gongdi.apps.notices.models import Notice, Objection, Posting
from gongdi.apps.notices.objection_services import Answer, Said, Teller
from gongdi.apps.notices.services import Words
from gongdi.apps.residents.models import Account, DwellingBinding
from gongdi.core.notices.period import Length, Unit
from tests.support.photos import photo
from tests.support.residents import make_account
from tests.support.world import NOW, TODAY, World

WEEK = Length(7, Unit.CALENDAR)
LAST = TODAY + timedelta(days=7)
AFTER = NOW + timedelta(days=8)
"""The day after the last."""
WORDS = Words("改造方案公示", "外立面修缮，管线入地。\n\n有意见请提出。", "街道办 0574-0000")
OBJECTION, QUESTION = Said("objection", "3幢北侧没有画排水"), Said("question", "什么时候开工")


def clerk(world: World, now: Any = NOW) -> dict[str, Any]:
    return {"by": world.people["street_clerk"], "now": now}


def drafted(world: World, kind: str = "scheme", **changes: Any) -> Notice:
    given = {"kind": kind, "words": WORDS, "where": world.compounds["梅堰新村"], **clerk(world), **changes}
    return services.draft_notice(**given)


def published(world: World, kind: str = "scheme", now: Any = NOW, **changes: Any) -> Notice:
    """One that runs for seven calendar days from the day it was published."""
    starts_on = (now + timedelta(hours=8)).date()
    return services.publish_notice(
        notice=drafted(world, kind, now=now, **changes), starts_on=starts_on, length=WEEK, basis="与居委会商定",
        **clerk(world, now),
    )  # fmt: skip


def ended(world: World, kind: str = "scheme") -> Notice:
    return services.end_notice(notice=published(world, kind), ended_on=LAST, **clerk(world, AFTER))


def final(world: World) -> Notice:
    return services.finish_notice(notice=ended(world), **clerk(world, AFTER))


def posted(world: World, notice: Notice | None = None, on: date = TODAY, now: Any = NOW) -> Posting:
    return services.record_posting(
        notice=notice or published(world, "works"), posted_on=on, spot="东门公告栏",
        photos=[prepare(photo(320, 240), "东门.jpg", photo=True)], by=world.people["community_worker"], now=now,
    )  # fmt: skip


def owner(
    world: World, account: Account | None = None, compound: str = "梅堰新村", state: str = "confirmed"
) -> Account:
    """An account with a confirmed home in a compound."""
    account = account or make_account()
    DwellingBinding.objects.create(
        account=account, compound=world.compounds[compound], building="3幢", room="201", relation="owner",
        state=state, asked_at=NOW,
    )  # fmt: skip
    return account


def raised(world: World, notice: Notice | None = None, said: Said = OBJECTION, now: Any = NOW) -> Objection:
    return objection_services.raise_objection(
        notice=notice or published(world), said=said, by=owner(world), now=now
    )  # fmt: skip


def entered(
    world: World, notice: Notice, received_on: date = TODAY, said: Said = OBJECTION, now: Any = NOW
) -> Objection:
    return objection_services.enter_objection(
        notice=notice, said=said, teller=Teller("paper", "王小明", "3幢201", received_on),
        by=world.people["community_worker"], now=now,
    )  # fmt: skip


def answered(
    world: World, row: Objection, outcome: str = "refused", now: Any = NOW, told: str = "电话告知"
) -> Objection:
    answer = Answer(outcome, "排水在第二张图", "有居民问排水，已说明", told)
    return objection_services.answer_objection(objection=row, answer=answer, **clerk(world, now))
