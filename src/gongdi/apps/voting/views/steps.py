"""The steps of a vote, each a page of its own that says what it fixes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_http_methods

from gongdi.apps.accounts.access import person
from gongdi.apps.accounts.models import User
from gongdi.apps.notices.panel import of_object
from gongdi.apps.notices.queries import states_of
from gongdi.apps.voting import access, queries, services
from gongdi.apps.voting.forms.drafting import FreezeForm
from gongdi.apps.voting.forms.steps import PublishForm, VoidForm
from gongdi.apps.voting.models import Vote
from gongdi.apps.voting.presenting import shown
from gongdi.apps.voting.publishing import VOTE
from gongdi.apps.voting.views.asking import About, asked_of, page_of
from gongdi.web import clock
from gongdi.web.asking import confirmed, pressed
from gongdi.web.words import in_m2, separated

VOTES = "业主表决"


def _trail() -> list[tuple[str, str]]:
    return [(VOTES, reverse("voting:see_votes"))]


def _see(vote: Vote) -> str:
    return reverse("voting:see_vote", args=[vote.pk])


@require_http_methods(["GET", "POST"])
def freeze_roll(request: HttpRequest, pk: int) -> HttpResponse:
    """Freeze the roll as of a day."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    form = FreezeForm(clock.today(), request.POST or None)
    done = "名册已固定。请公示名册，核对无误后开始投票。"
    return asked_of(
        request, form, page_of(vote, "固定名册", "固定名册", done, "see_frozen_roll"),
        lambda: services.freeze_roll(vote=vote, **form.cleaned_data, by=user, now=clock.now()), About(vote),
    )  # fmt: skip


def _refused(request: HttpRequest, vote: Vote) -> HttpResponse:
    """Back to the vote with the reason, where it stands elsewhere: what is not counted yet has no verdict to show."""
    messages.error(request, services.out_of_step(vote))
    return redirect(_see(vote))


def _may_end_early(vote: Vote) -> bool:
    return services.ballot_rule(vote).final and all(matter.rule.early_end for matter in services.matters_of(vote))


def _to_mind(vote: Vote, user: User) -> list[str]:
    """What may have been overlooked before a vote is opened: it hinders nothing."""
    about = of_object(user, (VOTE, vote.pk), vote.compound, "roll", "")
    shown = [row for row in about.notices if row.state not in (row.State.DRAFT, row.State.WITHDRAWN)]
    never = [] if shown else ["请注意：名册还没有公示过，业主没有核对的机会"]
    if clock.now() < vote.until:
        return never
    return [*never, "请注意：投票时间已经过去，这是补录。手机和入户都不能再投，只录入当时交回的纸质选票"]


def _once_open(vote: Vote) -> str:
    """What is said once a vote is open."""
    if clock.now() > vote.until:
        return "表决已开始。请录入当时交回的纸质选票，再截止并计票。"
    at = localtime(vote.since)
    when = f"{at.month}月{at.day}日 {at:%H:%M} 起可以投票。" if clock.now() < vote.since else "现在就可以投票。"
    return f"表决已开始。{when}"


def _what_opening_fixes(vote: Vote, user: User) -> list[str]:
    """What nobody can change any more once a vote is open, in words."""
    matters = [
        f"表决事项和规则：{matter.number}. {matter.title}（{matter.rule_title}）" for matter in vote.matters.all()
    ]
    place = f"（{vote.building}{vote.stairwell}）" if vote.building else ""
    may_end = ["结果已成定局时可以提前截止"] if _may_end_early(vote) else []
    return [
        *_to_mind(vote, user),
        f"表决：{vote}，{vote.compound}，{vote.get_scope_display()}{place}",
        *matters,
        f"名册：按 {vote.roll_on} 的产权，业主 {separated(vote.heads)} 人，面积 {in_m2(vote.area)} 平方米；"
        "以后过户、更正都不影响",
        f"投票时间：{localtime(vote.since):%Y-%m-%d %H:%M} 至 {localtime(vote.until):%Y-%m-%d %H:%M}",
        f"一户投了几次时：{vote.get_precedence_display()}{'' if vote.changes else '，投后不能改'}",
        "共有的房屋只由推选的一人投票" if vote.one_voter else "共有的房屋，共有人谁投都收，按上一条取舍",
        *may_end,
        f"人数怎么算：{vote.heads_rule_title}",
        "公开文件里写明每一票的房屋" if vote.publish_rooms else "公开文件里不写房屋，只写编号和面积",
        "以上各项写进签名日志的第一条。有错只能作废这次表决、重新起草，不能修改",
    ]


def _where_objections_wait(vote: Vote) -> list[tuple[str, str]]:
    """The notices of a vote with objections that are not done with, each with its page."""
    rows = states_of(VOTE, [vote.pk], clock.today())
    return [(f"公示“{row.title}”", reverse("notices:see_notice", args=[row.pk])) for row in rows if row.objections_open]


@require_http_methods(["GET", "POST"])
def open_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a vote, once what it fixes was read."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    page = page_of(vote, "开始表决", "开始表决", _once_open(vote))
    if vote.state != Vote.State.ROLLED:
        return _refused(request, vote)
    return confirmed(
        request, page, _what_opening_fixes(vote, user), lambda: services.open_vote(vote=vote, by=user, now=clock.now()),
        hindrances=services.hindrances_of_opening(vote, clock.now()), trail=_trail(),
        ways=_where_objections_wait(vote),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a vote after its window; the page lists the papers that wait, which may still be typed in afterwards."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    if request.method == "POST":
        done = "表决已截止。请录完等待的选票、核对计票，再公示结果。"
        return pressed(request, lambda: services.close_vote(vote=vote, by=user, now=clock.now()), done, _see(vote))
    if vote.state != Vote.State.OPEN:
        return _refused(request, vote)
    context = {"vote": vote, "papers": queries.waiting_papers(vote, user), "now": clock.now(), "early": False}
    return render(request, "voting/close.html", context)


@require_http_methods(["GET", "POST"])
def end_vote_early(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a vote before its time, where its rules allow it and nothing can turn the verdict."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    if request.method == "POST":
        done = "结果已成定局，表决提前截止。"
        return pressed(request, lambda: services.end_vote_early(vote=vote, by=user, now=clock.now()), done, _see(vote))
    context = {"vote": vote, "papers": queries.waiting_papers(vote, user), "now": clock.now(), "early": True}
    return render(request, "voting/close.html", context)


@require_http_methods(["GET", "POST"])
def finish_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a result final, once what that fixes was read."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    if vote.state != Vote.State.OBJECTIONS:
        return _refused(request, vote)
    verdicts = [
        f"{each.title}：{'通过' if each.passed else '没有通过'}"
        f"（{'；'.join(f'{word} {heads} 人、{area} 平方米' for word, heads, area in each.parts)}）"
        for each in map(shown, queries.counts_of(vote))
    ]
    points = [
        *verdicts, f"公示到 {vote.objections_until}，收到异议 {vote.objections.count()} 条",
        "生效后不能再提异议，不能再作废；接着由业委会或居民小组确认、提交街道",
    ]  # fmt: skip
    return confirmed(
        request, page_of(vote, "结果生效", "结果生效", "结果已生效。"), points,
        lambda: services.finish_vote(vote=vote, today=clock.today(), by=user, now=clock.now()),
        hindrances=services.hindrances_of_finishing(vote, clock.today()), trail=_trail(),
        ways=_where_objections_wait(vote),
    )  # fmt: skip


def _untyped(vote: Vote, user: User) -> str:
    """What has to be done before a result may be published."""
    numbers = "、".join(str(paper.unit.place_on_roll) for paper, _ in queries.waiting_papers(vote, user))
    return f"还有交回的选票没有录完：第 {numbers} 号。录完或作废以后才能公示。" if numbers else ""


@require_http_methods(["GET", "POST"])
def publish_result(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the preliminary result."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    form = PublishForm(request.POST or None)
    return asked_of(
        request, form, page_of(vote, "公示结果", "开始公示", "结果已公示。"),
        lambda: services.publish_result(
            vote=vote, **form.cleaned_data, today=clock.today(), by=user, now=clock.now()
        ),
        About(vote, told=_untyped(vote, user)),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def void_vote(request: HttpRequest, pk: int) -> HttpResponse:
    """Void a vote with the reason."""
    user = person(request)
    vote = access.get_vote(user, pk, access.KEEP)
    form = VoidForm(request.POST or None)
    told = f"作废以后不能恢复。已收到的 {vote.ballots.count()} 张选票和日志保留，不再计票；公开页面写明作废和原因。"
    return asked_of(
        request, form, page_of(vote, "作废表决", "作废", "已作废。日志和选票保留。"),
        lambda: services.void_vote(vote=vote, **form.cleaned_data, by=user, now=clock.now()),
        About(vote, told=told),
    )  # fmt: skip
