"""The only door to tasks: they are seen by who has them, who gave them, and who leads the place they belong to."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import within_reach
from gongdi.apps.accounts.models import Post, User
from gongdi.apps.desk.models import Task
from gongdi.web import clock

MAKE = "desk.make_task"


def visible_tasks(user: User) -> QuerySet[Task]:
    """The tasks that a person has, has given, or may oversee."""
    if not user.is_active:
        return Task.objects.none()
    own = Q(holder=user.pk) | Q(made_by=user.pk)
    overseen = within_reach(Task.objects.exclude(place=""), user, MAKE) if user.may_anywhere(MAKE) else None
    rows = Task.objects.filter(own if overseen is None else own | Q(pk__in=overseen.values("pk")))
    return rows.select_related("holder", "made_by")


def get_task(user: User, pk: int) -> Task:
    """A task: 404 for those whom it does not concern."""
    found = visible_tasks(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def colleagues(user: User) -> QuerySet[User]:
    """To whom a person may give a thing: who works in the same organisation, or within the person's places."""
    posts = user.held_posts
    reach = Q(organisation__in=[post.organisation_id for post in posts])
    for place in user.places_for(MAKE):
        reach |= Q(place__startswith=place)
    found = Post.objects.filter(Post.in_force_on(clock.today()), reach, holder__is_active=True)
    posts_now = Prefetch("posts", Post.objects.filter(Post.in_force_on(clock.today())), to_attr="posts_now")
    return User.objects.filter(pk__in=found.values("holder")).prefetch_related(posts_now).order_by("display_name", "pk")
