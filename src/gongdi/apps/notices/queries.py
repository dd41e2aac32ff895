"""Reads of notices: where one stands, what keeps it from being final, lists. Later apps ask `hindrances_for`."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from gongdi.apps.files.models import Attachment
from gongdi.apps.notices.access import files_of
from gongdi.apps.notices.kinds import KINDS
from gongdi.apps.notices.models import IN_FORCE, Notice, NoticeFile, Objection, Posting
from gongdi.apps.residents.models import Account
from gongdi.core.notices import finishing as rules
from gongdi.core.notices.finishing import Hindrance, Outcome, Posted
from gongdi.core.notices.gating import OnShow, gate

State = Notice.State


def standing(prefix: str = "") -> Q:
    """Objections that stand against the version they were raised about; `prefix` leads to them from another row."""
    outcomes = ("", Outcome.REVISE.value)
    return Q(**{f"{prefix}kind": Objection.Kind.OBJECTION, f"{prefix}outcome__in": outcomes})


@dataclass(frozen=True, slots=True)
class NoticeState:
    """Where a notice of an object stands with all its versions, for what goes on only after it."""

    pk: int
    kind: str
    title: str
    state: str
    published_at: datetime
    ends_on: date | None
    ended: bool
    """Its period is over; False for a withdrawn one."""
    unanswered: int
    to_revise: tuple[datetime, ...]
    """When those were answered that were accepted, to be revised, and that this version does not meet."""

    @property
    def final(self) -> bool:
        """Whether it is final (已生效)."""
        return self.state == State.FINAL

    @property
    def objections_open(self) -> int:
        """Objections that stand against it."""
        return self.unanswered + len(self.to_revise)


def states_of(object_kind: str, object_ids: Collection[int], today: date) -> list[NoticeState]:
    """Where each notice about some objects of a kind stands, the first published first: two statements.

    Of a notice with corrections it is the version published last, which was in force unless it was withdrawn; a
    correction that is only drafted changes nothing. Withdrawn ones are among them, as their objections still wait.
    """
    rows = Notice.objects.filter(object_kind=object_kind, object_id__in=object_ids, published_at__isnull=False)
    latest = {row.series: row for row in rows.order_by("version")}
    raised: dict[str, list[Objection]] = {series: [] for series in latest}
    against = Objection.objects.filter(standing(), notice__series__in=latest).select_related("notice")
    for each in against.order_by("notice__version", "number"):
        raised[each.notice.series].append(each)
    found = [_state(row, raised[series], today) for series, row in latest.items()]
    return sorted(found, key=lambda each: (each.published_at, each.pk))


def _state(notice: Notice, raised: Sequence[Objection], today: date) -> NoticeState:
    """Where one stands with what was raised about any version of it and not refused or met by the answer."""
    assert notice.published_at is not None
    ended = notice.state in IN_FORCE and notice.ends_on is not None and today > notice.ends_on
    to_revise = tuple(
        each.answered_at for each in raised
        if each.answered_at is not None and (each.notice_id == notice.pk or each.answered_at > notice.published_at)
    )  # fmt: skip
    unanswered = sum(each.answered_at is None for each in raised)
    return NoticeState(
        notice.pk, notice.kind, notice.title, notice.state, notice.published_at, notice.ends_on, ended, unanswered,
        to_revise,
    )  # fmt: skip


def hindrances_for(
    object_kind: str, object_ids: Collection[int], today: date, *, must_end: bool = True, revising: bool = False
) -> list[Hindrance]:  # fmt: skip
    """Why what notices are about may not go on yet: notices of any kind about any of the objects, withdrawn ones too.

    Nothing where none was published. `must_end` and `revising` as `core.notices.gating.gate` has them.
    """
    shown = [
        OnShow(
            f"{KINDS[each.kind].word}：{each.title}", each.state in IN_FORCE, each.published_at, each.ends_on,
            each.ended, each.unanswered, each.to_revise,
        )
        for each in states_of(object_kind, object_ids, today)
    ]  # fmt: skip
    return gate(shown, must_end=must_end, revising=revising)


def about_object(rows: QuerySet[Notice], object_kind: str, object_id: int, kinds: Iterable[str]) -> list[Notice]:
    """The notices about an object among those that somebody sees: of each series the latest, with `against`."""
    found: dict[str, Notice] = {}
    mine = rows.filter(object_kind=object_kind, object_id=object_id, kind__in=kinds)
    for row in listed(mine):
        if row.series not in found or found[row.series].version < row.version:
            found[row.series] = row
    return list(found.values())


def _objections_against(notice: Notice) -> list[rules.Objection]:
    """The objections to a version, and those to earlier ones that it does not answer.

    These are the ones that nobody answered, and the ones accepted, to be revised, only after it was published.
    """
    raised = Objection.objects.filter(kind=Objection.Kind.OBJECTION, notice__series=notice.series)
    late = Q(outcome=Outcome.REVISE.value, answered_at__gt=notice.published_at)
    counted = Q(notice=notice) | Q(notice__version__lt=notice.version) & (Q(outcome="") | late)
    rows = raised.filter(counted).order_by("notice__version", "number").values_list("number", "outcome")
    return [rules.Objection(number, Outcome(outcome) if outcome else None) for number, outcome in rows]


def hindrances_of(notice: Notice, today: date) -> list[Hindrance]:
    """What keeps a published notice from being final."""
    if notice.ends_on is None:
        return []
    posted = Posted(notice.ends_on, _proofs(notice), KINDS[notice.kind].needs_proof)
    return rules.hindrances(posted, _objections_against(notice), today)


def _proofs(notice: Notice) -> int:
    """Postings with at least one photo in force."""
    postings = Posting.objects.filter(notice=notice).values("pk")
    rows = Attachment.objects.filter(object_kind=Posting._meta.label_lower, object_id__in=postings, withdrawn_at=None)
    return rows.order_by().values("object_id").distinct().count()


def listed(rows: QuerySet[Notice], state: str = "", kind: str = "") -> QuerySet[Notice]:
    """Notices for a list with `against`, how many objections stand against each."""
    rows = rows.filter(state=state) if state in State.values else rows
    rows = rows.filter(kind=kind) if kind in KINDS else rows
    return rows.annotate(against=Count("objections", filter=standing("objections__"))).order_by("-made_at", "-pk")


def versions_of(rows: QuerySet[Notice], notice: Notice) -> list[Notice]:
    """Its versions among those that somebody sees, the newest first."""
    return list(rows.filter(series=notice.series).order_by("-version"))


def standing_version(notice: Notice) -> Notice | None:
    """The version in force of the same series; None when there is none."""
    return Notice.objects.filter(series=notice.series, state__in=IN_FORCE).order_by("-version").first()


@dataclass(frozen=True, slots=True)
class Shown:
    """A notice's files as pages show them: those published with it, and its postings each with photos."""

    files: list[tuple[Attachment, str]]
    """Each with what it is, in words; "" where nobody said."""
    postings: list[tuple[Posting, list[Attachment]]]


def shown(notice: Notice) -> Shown:
    """The files and postings: three statements."""
    files = list(files_of(notice).order_by("kept_at", "pk"))
    photos: dict[int, list[Attachment]] = {}
    for row in files:
        if row.object_kind == Posting._meta.label_lower:
            photos.setdefault(row.object_id, []).append(row)
    parts = {each.attachment_id: each.get_part_display() for each in notice.files.exclude(part=NoticeFile.Part.OTHER)}
    own = [(row, parts.get(row.pk, "")) for row in files if row.object_kind == Notice._meta.label_lower]
    return Shown(own, [(row, photos.get(row.pk, [])) for row in notice.postings.all()])


def objections_of(notice: Notice) -> list[Objection]:
    """What was raised about a version and those before it, the newest version first, with who answered."""
    rows = Objection.objects.filter(notice__series=notice.series, notice__version__lte=notice.version)
    rows = rows.select_related("notice", "account", "answered_by", "entered_by")
    return list(rows.order_by("-notice__version", "number"))


def answered_in_public(notice: Notice) -> list[Objection]:
    """The answers that anybody may read: those with a summary, with who answered (masked by the page)."""
    rows = notice.objections.filter(answered_at__isnull=False).exclude(summary="")
    return list(rows.select_related("answered_by"))


def own_objections(account: Account) -> list[Objection]:
    """What a resident raised, the newest first."""
    rows = Objection.objects.filter(account=account).select_related("notice", "answered_by")
    return list(rows.order_by("-entered_at", "-pk")[:100])


def waiting(rows: QuerySet[Notice]) -> QuerySet[Objection]:
    """What was raised about some notices and has no answer."""
    return Objection.objects.filter(notice__in=rows, answered_at=None)


def over(rows: QuerySet[Notice], today: date) -> QuerySet[Notice]:
    """Notices whose period is over and that are neither final nor withdrawn."""
    return rows.filter(state__in=(State.PUBLISHED, State.ENDED), ends_on__lt=today)


def unposted(rows: QuerySet[Notice]) -> QuerySet[Notice]:
    """Published notices that are to be posted and have no posting."""
    kinds = [each.key for each in KINDS.values() if each.needs_proof]
    return rows.filter(state=State.PUBLISHED, kind__in=kinds, postings=None)


def homes_first(rows: Iterable[Notice]) -> list[Notice]:
    """A resident's notices: those that run first, then by the latest."""
    return sorted(rows, key=lambda row: (row.state != State.PUBLISHED, -row.pk))[:50]
