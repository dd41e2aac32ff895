"""Who surveys where (填报人): the people whose post lets them fill in at a place, the nearest first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gongdi.apps.accounts.models import Post, User
from gongdi.apps.accounts.permissions import PERMISSIONS
from gongdi.apps.survey.models import Assignment, Campaign
from gongdi.web import clock


def _posts() -> list[Post]:
    """The posts in force that fill in, with their holders, the most exact place first."""
    rows = Post.objects.filter(
        Post.in_force_on(clock.today()), kind__in=PERMISSIONS["survey.fill_assignment"], holder__is_active=True
    ).select_related("holder")
    return sorted(rows, key=lambda post: (-len(post.place), post.pk))


def surveyors_at(place: str) -> list[User]:
    """Everybody who may fill in at a place, the nearest first."""
    return list({post.holder_id: post.holder for post in _posts() if place.startswith(post.place)}.values())


def least_busy(places: Sequence[str]) -> list[User | None]:
    """For each place the person nearest to it; among equals the one with the fewest assignments at hand."""
    posts = _posts()
    at_hand = Assignment.objects.filter(campaign__state=Campaign.State.OPEN).exclude(state=Assignment.State.DONE)
    busy = Counter(at_hand.values_list("assignee", flat=True))
    chosen: list[User | None] = []
    for place in places:
        covering = [post for post in posts if place.startswith(post.place)]
        near = [post.holder for post in covering if len(post.place) == len(covering[0].place)]
        found = min(near, key=lambda who: busy[who.pk], default=None)
        if found is not None:
            busy[found.pk] += 1
        chosen.append(found)
    return chosen
