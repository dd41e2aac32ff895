"""Reads of consultations: lists, coverage, results, photos, a resident's own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, QuerySet

from gongdi.apps.consultation.models import Attempt, ContentList, Household, MenuItem, Response, Round
from gongdi.apps.files.models import Attachment
from gongdi.apps.places.models import Compound
from gongdi.core.consultation.answers import Answer, Side, Willing, Wish, counting_answers
from gongdi.core.consultation.coverage import Coverage, NotReached, coverage_of
from gongdi.core.consultation.pledges import Pledge, Reply, replies_of
from gongdi.core.consultation.prices import Costs, Everyone, costs_of
from gongdi.core.consultation.results import (
    Tally,
    priorities_of,
    tally,
    tally_by_building,
    willing_of,
)


def listed(rows: QuerySet[Round]) -> list[Round]:
    """Rounds for a list, with how many households answered (`reached`)."""
    reached = Count("responses__household", distinct=True)
    # A query that counts does not keep the order of its model.
    return list(rows.select_related("compound").annotate(reached=reached).order_by("-made_at", "-pk")[:200])


def left_of(rows: QuerySet[Round]) -> list[tuple[Round, int, int]]:
    """Rounds with how many households they reached, and how many are left."""
    found = rows.select_related("compound").annotate(reached=Count("responses__household", distinct=True))
    return [(row, row.reached, row.household_count - row.reached) for row in found.order_by("until", "pk")[:40]]


def everyone_of(asked: Round) -> Everyone:
    """All households of a round and their area."""
    return Everyone(asked.household_count, asked.area)


def plain_answers(asked: Round) -> list[Answer]:
    """Every answer of a round, as the counts read it."""
    fields = ("seq", "household_id", "side", "wishes", "priorities", "willing", "heard", "pledges")
    return [
        Answer(
            seq, household, Side(side), {int(number): Wish(said) for number, said in wishes.items()},
            tuple(priorities), Willing(willing) if willing else None, heard,
            {Pledge(asked): Reply(said) for asked, said in pledges.items()},
        )
        for seq, household, side, wishes, priorities, willing, heard, pledges in asked.responses.values_list(*fields)
    ]  # fmt: skip


def _tried(asked: Round) -> dict[int, NotReached]:
    """By household why the last attempt reached nobody."""
    rows = Attempt.objects.filter(household__round=asked).order_by("at", "pk").values_list("household", "reason")
    return {household: NotReached(reason) for household, reason in rows}


def coverage(asked: Round) -> Coverage:
    """The coverage of a round as it stands."""
    households = asked.households.filter(left_off="").values_list("pk", flat=True)
    return coverage_of(households, plain_answers(asked), _tried(asked))


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """A household on the list of a round: reached by which channel, or why not."""

    household: Household
    reached: str
    """The channels of its answers that came last, in words; "" when it is not reached."""
    why: str
    """Why it is not reached, or no household."""


def household_lines(asked: Round, building: str = "", missing: bool = False) -> list[HouseholdLine]:
    """Every dwelling of a round in order; of one building, or only those that wait."""
    said = {row.household_id: row for row in Response.objects.filter(round=asked).order_by("seq")}
    tried, words = _tried(asked), dict(Attempt._meta.get_field("reason").choices or ())
    rows = asked.households.select_related("building")
    if building:
        rows = rows.filter(building=int(building))
    found = []
    for row in rows:
        response = said.get(row.pk)
        reached = response.get_channel_display() if response is not None else ""
        why = "" if reached else row.get_left_off_display() or words.get(tried.get(row.pk, ""), "尚未联系")
        if not missing or not (reached or row.left_off):
            found.append(HouseholdLine(row, reached, why))
    return found


def channels_of(asked: Round) -> list[tuple[str, int]]:
    """How many answers came by each channel, the replaced ones too."""
    words = dict(Response._meta.get_field("channel").choices or ())
    found = asked.responses.values_list("channel").annotate(number=Count("pk")).order_by("channel")
    return [(words[channel], number) for channel, number in found]


@dataclass(frozen=True, slots=True)
class Results:
    """The results of a round, of the owners' side, with the users' beside it."""

    items: list[MenuItem]
    whole: Tally
    buildings: dict[str, Tally]
    users: Tally
    priorities: dict[int, tuple[int, ...]]
    willing: dict[Willing | None, int]
    pledges: dict[Pledge, dict[Reply | None, int]]
    wished: Costs
    """What the items cost that more households want than do not."""


def results_of(asked: Round) -> Results:
    """Count a round as it stands."""
    items = list(asked.items.all())
    numbers = [row.number for row in items]
    rows = asked.households.filter(left_off="").order_by("number").values_list("pk", "building__name")
    households = dict(rows)
    answers = plain_answers(asked)
    owners, users = (counting_answers(answers, side) for side in (Side.OWNERS, Side.USERS))
    whole = tally(households, owners, numbers)
    wished = [row for row in items if whole.cells[row.number].wished]
    return Results(
        items, whole, tally_by_building(households, owners, numbers), tally(users, users, numbers),
        priorities_of(owners.values(), numbers), willing_of(owners.values()),
        replies_of((each.pledges for each in owners.values()), asked.asked_pledges),
        costs_of([(row.price, row.payers) for row in wished if row.fen is not None], everyone_of(asked)),
    )  # fmt: skip


def words_of(asked: Round) -> list[Response]:
    """The answers that say something in words, the latest first."""
    return list(asked.responses.exclude(words="").select_related("household").order_by("-seq")[:500])


def photos_of(items: Iterable[MenuItem]) -> dict[int, Attachment]:
    """By item the photo that stands in the place of its picture: the latest in force."""
    keys = [row.pk for row in items]
    rows = Attachment.objects.filter(
        object_kind=MenuItem._meta.label_lower, object_id__in=keys, kind=Attachment.Kind.PHOTO, withdrawn_at=None
    )
    return {row.object_id: row for row in rows.order_by("kept_at", "pk")}


def latest_response(household: Household, side: Side) -> Response | None:
    """The answer of a side of a household that counts."""
    return household.responses.filter(side=side.value).order_by("-seq").first()


def earlier_responses(household: Household) -> list[Response]:
    """Every answer of a household, the latest first."""
    return list(household.responses.select_related("entered_by", "account").order_by("-seq"))


def own_rounds(households: QuerySet[Household]) -> list[Household]:
    """A resident's households in rounds, the latest round first, with `response_count`."""
    rows = households.annotate(response_count=Count("responses", distinct=True))
    return list(rows.order_by("-round__since", "-round_id", "number"))


def content_list(compound: Compound) -> ContentList | None:
    """The list of contents of a compound that is in force: the latest fixed; None before any is."""
    rows = ContentList.objects.filter(compound=compound).select_related("round", "fixed_by")
    return rows.prefetch_related("lines__menu_item").first()


def superseded(row: ContentList) -> bool:
    """Whether a later list of the compound stands in the place of this one."""
    latest = ContentList.objects.filter(compound=row.compound).values_list("pk", flat=True).first()
    return latest != row.pk
