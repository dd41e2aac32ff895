"""The only door to topics and issues: 404 for what is not yours, 403 for what you may not do; residents to theirs."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.http import Http404

from gongdi.apps.accounts.access import require, within_reach
from gongdi.apps.accounts.models import User
from gongdi.apps.accounts.permissions import PostKind
from gongdi.apps.deliberation.models import Issue, IssueStep, Reply, Topic
from gongdi.apps.files.models import Attachment
from gongdi.apps.organisations.models import Body
from gongdi.apps.places.models import Compound
from gongdi.apps.residents.models import Account
from gongdi.apps.residents.queries import standing_bindings
from gongdi.core.issues.gates import Who

SEE, WHOLE, REPORT = "deliberation.see_issues", "deliberation.see_whole_log", "deliberation.report_issue"
KEEP, HANDLE = "deliberation.keep_issue", "deliberation.handle_issue"
TOPICS, KEEP_TOPIC, MEET = "deliberation.see_topics", "deliberation.keep_topic", "deliberation.hold_meeting"


def visible_issues(user: User) -> QuerySet[Issue]:
    """The issues of a person's places; for tied posts those of their compounds that concern them.

    Committees, groups and supervisors see all of their compounds (they oversee the works: jiangbei 四(三)2); builders,
    utilities and the like see what is assigned to their organisation and what they reported.
    """
    rows = Issue.objects.select_related("compound__street", "building", "body", "account", "by")
    placed = within_reach(Issue.objects.all(), user, SEE).order_by()
    tied = user.objects_for(SEE, "places.compound")
    reach = Q(pk__in=placed.values("pk"))
    if tied:
        houses = {each.post.organisation_id for each in user.authorities_for(SEE)}
        theirs = Q(body__organisation__in=houses) | Q(by=user.pk, by__isnull=False)
        reach |= Q(compound__in=user.objects_for(WHOLE, "places.compound")) | (Q(compound__in=tied) & theirs)
    return rows.filter(reach)


def get_issue(user: User, pk: int) -> Issue:
    """An issue that the person sees."""
    found = visible_issues(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found


def as_whom(user: User, issue: Issue) -> frozenset[Who]:
    """As whom a member of staff acts on an issue."""
    found = set()
    keeping = user.authority_for(KEEP, issue.place)
    if keeping is not None:
        found.add(Who.KEEPER)
        kinds = {each.post.kind for each in user.authorities_for(KEEP) if issue.place.startswith(each.post.place)}
        if PostKind.DISTRICT_OFFICER in kinds:
            found.add(Who.COUNTY)
    houses = {each.post.organisation_id for each in user.authorities_for(HANDLE)}
    if issue.body is not None and issue.body.organisation_id in houses - {None}:
        found.add(Who.HANDLER)
    if issue.by_id is not None and issue.by_id == user.pk:
        found.add(Who.REPORTER)
    return frozenset(found)


def bodies_for(issue: Issue) -> QuerySet[Body]:
    """The bodies to which an issue may be assigned: those of the compound, and those of its places above."""
    codes = [issue.place[:length] for length in (4, 6, 9, 12)]
    return Body.objects.filter(Q(compound=issue.compound) | Q(compound=None, place__in=codes), until=None)


def may_report(user: User, compound: Compound) -> bool:
    """Whether a member of staff may report an issue of a compound."""
    return user.may(REPORT, compound.place, compound)


def visible_topics(user: User) -> QuerySet[Topic]:
    """The topics of a person's places; for tied posts those of their compounds."""
    rows = Topic.objects.select_related("compound", "account", "by")
    return within_reach(rows, user, TOPICS, compound="compound")


def get_topic(user: User, pk: int, permission: str = TOPICS) -> Topic:
    """A topic for a purpose."""
    found = visible_topics(user).filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, permission, found.place, on=found.compound)
    return found


def get_reply(user: User, pk: int) -> Reply:
    """A reply for whoever keeps the topic."""
    rows = Reply.objects.filter(topic__in=visible_topics(user)).select_related("topic__compound", "account", "by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Http404
    require(user, KEEP_TOPIC, found.topic.place)
    return found


def own_compounds(account: Account) -> QuerySet[Compound]:
    """The compounds of a resident's confirmed homes; none of a home that was sold since."""
    return Compound.objects.filter(pk__in={row.compound_id for row in standing_bindings(account)})


def get_own_issue(account: Account, pk: int) -> Issue:
    """An issue that the resident reported: 404 for any other."""
    found = Issue.objects.filter(account=account, pk=pk).select_related("compound", "building", "body", "account")
    row = found.first()
    if row is None:
        raise Http404
    return row


def photos_of(issue: Issue) -> QuerySet[Attachment]:
    """The photos of an issue's steps that are in force."""
    steps = IssueStep.objects.filter(issue=issue).values("pk")
    return Attachment.objects.filter(
        object_kind=IssueStep._meta.label_lower, object_id__in=steps, withdrawn_at=None
    ).order_by("pk")


def get_own_photo(account: Account, pk: int, photo: int) -> Attachment:
    """A photo of an issue that the resident reported."""
    found = photos_of(get_own_issue(account, pk)).filter(pk=photo).first()
    if found is None:
        raise Http404
    return found


def own_topics(account: Account) -> QuerySet[Topic]:
    """The topics of a resident's compounds that are not hidden, and their own."""
    rows = Topic.objects.filter(Q(hidden_why="") | Q(account=account), compound__in=own_compounds(account))
    return rows.select_related("compound", "account", "by")


def get_own_topic(account: Account, pk: int) -> Topic:
    """A topic of a resident's compound: 404 for any other."""
    found = own_topics(account).filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
