"""Reads of people, posts, sessions and attempts to sign in."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gongdi.apps.accounts.models import Delegation, Post, SignedInSession, SignInAttempt, User
from gongdi.apps.accounts.permissions import PERMISSIONS
from gongdi.apps.accounts.reaches import Ended, reaches

LOCK_AFTER = 5
"""Failures of one name since its last success that lock it."""
LOCK_AFTER_ADDRESS = 40
"""Failures from one address, whatever the names."""
LOCK_FOR = timedelta(minutes=15)


def people(words: str = "") -> QuerySet[User]:
    """Everybody, with the posts not ended, or those whose sign-in name, name or organisation has the words."""
    posts = Post.objects.filter(ended_at=None).select_related("organisation").prefetch_related("objects_tied")
    factors = Authenticator.objects.filter(user_id=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    found = User.objects.order_by("username").annotate(enrolled=Exists(factors)).select_related("sign_on")
    if words:
        named = Q(username__icontains=words) | Q(display_name__icontains=words)
        found = found.filter(named | Exists(posts.filter(holder=OuterRef("pk"), organisation__name__icontains=words)))
    return found.prefetch_related(Prefetch("posts", posts))


def posts_in_ended_places() -> list[tuple[Post, Ended]]:
    """The posts that have not been ended whose places are no more, each with what the place is today."""
    rows = Post.objects.filter(ended_at=None, holder__is_active=True)
    ended = reaches.ended(set(rows.exclude(place="").order_by().values_list("place", flat=True).distinct()))
    found = rows.filter(place__in=ended).select_related("holder").order_by("place", "pk") if ended else ()
    return [(row, ended[row.place]) for row in found]


def tell_ended(people: Iterable[User]) -> None:
    """Let each post of some people (as `people` gives them) say what its place is today when it is no more."""
    posts = [post for each in people for post in each.posts.all()]
    ended = reaches.ended({post.place for post in posts if post.place})
    for post in posts:
        post.ended_place = ended.get(post.place)


def people_without_post() -> int:
    """How many people in use have no post that has not been ended."""
    posts = Post.objects.filter(holder=OuterRef("pk"), ended_at=None)
    return User.objects.filter(~Exists(posts), is_active=True).count()


def locked_until(username: str, address: str, now: datetime) -> datetime | None:
    """Until when signing in is locked for the name or the address; None when it is open."""
    recent = SignInAttempt.objects.filter(at__gt=now - LOCK_FOR, counts=True)
    last_success = recent.filter(username=username, succeeded=True).order_by("-at").first()
    failures = recent.filter(username=username, succeeded=False)
    if last_success is not None:
        failures = failures.filter(at__gt=last_success.at)
    named = list(failures.order_by("-at").values_list("at", flat=True)[:LOCK_AFTER])
    if len(named) == LOCK_AFTER:
        return named[0] + LOCK_FOR
    from_here = recent.filter(address=address, succeeded=False).order_by("-at").values_list("at", flat=True)
    addressed = list(from_here[:LOCK_AFTER_ADDRESS])
    return addressed[0] + LOCK_FOR if len(addressed) == LOCK_AFTER_ADDRESS else None


def locked_names(now: datetime) -> set[str]:
    """The names that are locked now by their own failures."""
    failed = SignInAttempt.objects.filter(at__gt=now - LOCK_FOR, succeeded=False, counts=True)
    names = failed.values_list("username", flat=True)
    return {name for name in set(names) if locked_until(name, "", now)}


def failures_since(username: str, moment: datetime | None) -> int:
    """How often signing in with a name failed since a moment (None: since ever)."""
    failed = SignInAttempt.objects.filter(username=username, succeeded=False)
    return (failed.filter(at__gt=moment) if moment is not None else failed).count()


def attempts(words: str = "", failed_only: bool = False) -> QuerySet[SignInAttempt]:
    """Attempts to sign in, newest first, narrowed by name or address."""
    found = SignInAttempt.objects.order_by("-at", "-pk")
    if failed_only:
        found = found.filter(succeeded=False)
    return found.filter(Q(username__icontains=words) | Q(address__icontains=words)) if words else found


def open_sessions(person: User) -> list[SignedInSession]:
    """The person's sessions that have not ended, newest first."""
    return list(SignedInSession.objects.filter(person=person, ended_at=None)[:50])


def delegations(user: User) -> QuerySet[Delegation]:
    """What the person handed out and was handed; everything for the one who keeps posts."""
    rows = Delegation.objects.select_related("post__holder", "to", "given_by")
    if user.may_anywhere("accounts.keep_posts"):
        return rows
    return rows.filter(Q(post__holder=user) | Q(to=user))


def delegable_posts(user: User) -> list[Post]:
    """The person's own posts that may be handed to another."""
    kinds = PERMISSIONS["accounts.delegate_post"]
    return [post for post in user.held_posts if post.kind in kinds]


def person_named(username: str) -> User | None:
    """The person who signs in with a name, whatever its capitals."""
    return User.objects.filter(username__iexact=username).first()


def tied_names(post: Post) -> str:
    """The objects that a tied post reaches, a name a line."""
    return "\n".join(post.objects_tied.order_by("pk").values_list("object_name", flat=True))
