"""Consultations of 梅堰新村 in the database for tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from gongdi.apps.consultation import answer_services, content_services, services
from gongdi.apps.consultation.answer_services import Given
from gongdi.apps.consultation.menu import choices_of, who_pays
from gongdi.apps.consultation.models import ContentList, Household, Response, Round
from gongdi.apps.consultation.services import Priced
from gongdi.apps.dwellings.models import Dwelling
from gongdi.apps.policy.packs import governing
from gongdi.core.consultation.answers import Channel, Side, Wish
from gongdi.core.consultation.pledges import Pledge
from gongdi.core.consultation.prices import Payer
from tests.support import dwellings
from tests.support.world import NOW, TODAY, World

ITEMS = ("compound_roads", "barrier_free", "lift_addition")
SINCE, UNTIL = TODAY, TODAY + timedelta(days=14)
AFTER = UNTIL + timedelta(days=1)
LATER = NOW + timedelta(days=15)
WANTS, WITHOUT, AGAINST = Wish.WANTS, Wish.WITHOUT, Wish.AGAINST


def drafted(
    world: World, *, since: date = SINCE, until: date = UNTIL, pledges: Sequence[Pledge] | None = None
) -> Round:
    """A draft without items, over the small roll of dwellings."""
    compound = world.compounds["梅堰新村"]
    if not Dwelling.objects.filter(compound=compound).exists():
        dwellings.kept(world)
    ground = governing(compound.place)
    assert ground is not None
    return services.draft_round(
        compound=compound, ground=ground, title="梅堰新村改造意愿征询", since=since, until=until,
        by=world.people["street_clerk"], now=NOW, pledges=pledges,
    )  # fmt: skip


def chosen(world: World, items: tuple[str, ...] = ITEMS, **window: Any) -> Round:
    """A draft with items and no prices."""
    made = drafted(world, **window)
    ground = governing(made.compound.place)
    assert ground is not None
    told, choices = who_pays(made.compound, ground), choices_of(made.compound, ground)
    return services.choose_items(
        round=made, choices=[each for each in choices if each.item in items], shares=told.shares, source=told.source,
        by=world.people["street_clerk"], now=NOW,
    )  # fmt: skip


def priced(world: World, items: tuple[str, ...] = ITEMS, **window: Any) -> Round:
    """A draft whose menu is whole: each item 100 000 yuan, of which the owners pay five in a hundred."""
    made = chosen(world, items, **window)
    rows = [
        Priced(
            row.number, row.item, row.name, row.sentence, "total", 10_000_000, 1, "",
            {Payer.FISCAL: 9_500, Payer.OWNERS: 500}, "测试",
        )
        for row in made.items.all()
    ]  # fmt: skip
    return services.price_menu(round=made, priced=rows, by=world.people["street_clerk"], now=NOW)


def opened(world: World, *, now: datetime = NOW, today: date = TODAY, **window: Any) -> Round:
    """A round that runs."""
    made = priced(world, **window)
    return services.open_round(round=made, why_no_special="", today=today, by=world.people["street_clerk"], now=now)


def a_household(asked: Round, number: int = 0) -> Household:
    """A household that is counted."""
    return asked.households.filter(left_off="").order_by("number")[number]


def answered(
    world: World, asked: Round, household: Household | None = None, wishes: dict[int, Wish] | None = None, *,
    by: Any = None, key: str = "", side: Side = Side.OWNERS, today: date = TODAY, now: datetime = NOW, **told: Any,
) -> Response:  # fmt: skip
    """An answer taken at the door by a community worker."""
    given = Given(side, Channel.VISIT, {1: WANTS, 2: AGAINST} if wishes is None else wishes, **told)
    return answer_services.take_answer(
        household=household or a_household(asked), given=given, key=key or f"request-{Response.objects.count()}",
        by=by or world.people["community_worker"], today=today, now=now,
    )  # fmt: skip


def closed(world: World) -> Round:
    """A round in which one household answered, closed after its window."""
    made = opened(world)
    answered(world, made)
    return services.close_round(round=made, today=AFTER, by=world.people["street_clerk"], now=LATER)


def fixed(world: World) -> ContentList:
    """A list of contents with the one item that is wished."""
    return content_services.fix_content_list(
        round=closed(world), chosen=[1], reasons={}, by=world.people["street_clerk"], now=LATER
    )
