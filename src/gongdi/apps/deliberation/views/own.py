"""Pages of a resident: reporting an issue, my issues and how they go, the topics of my compound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongdi.apps.deliberation import access, issue_services, queries, topic_services
from gongdi.apps.deliberation.forms import OwnReportForm, ReplyForm, TopicForm, WhyForm
from gongdi.apps.deliberation.models import Issue
from gongdi.apps.files.serving import open_copy
from gongdi.apps.organisations.contacts import whom_to_ask_of
from gongdi.apps.places.services import RefusedError
from gongdi.apps.residents.access import resident, resident_page
from gongdi.core.issues.gates import State, Step, Who, steps_open
from gongdi.web import clock
from gongdi.web.asking import Page, asked

MINE = frozenset({Who.REPORTER})
FORM = "deliberation/own_form.html"


@require_GET
@resident_page
def see_own_issues(request: HttpRequest) -> HttpResponse:
    """The issues that I reported."""
    account = resident(request).account
    context = {"issues": queries.own_issues(account), "home": access.own_compounds(account).exists()}
    return render(request, "deliberation/own_issues.html", context)


@require_http_methods(["GET", "POST"])
@resident_page
def report_own_issue(request: HttpRequest) -> HttpResponse:
    """Report an issue with a photo from my phone."""
    account = resident(request).account
    compounds = access.own_compounds(account)
    back = reverse("deliberation:see_own_issues")
    page = Page("报现场问题", "提交", back, "我反映的问题", "已收到，社区会安排处理。")
    if not compounds.exists():
        return redirect(back)
    form = OwnReportForm(compounds, request.POST or None, request.FILES or None)
    return asked(
        request, form, page,
        lambda: issue_services.report_issue(
            compound=form.compound(), reported=form.reported, photos=form.cleaned_data["photos"], by=account,
            now=clock.now(),
        ),
        to=lambda row: reverse("deliberation:see_own_issue", args=[row.pk]), template=FORM,
        more={"contacts": whom_to_ask_of(compounds)},
    )  # fmt: skip


@require_GET
@resident_page
def see_own_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """An issue that I reported and how it goes."""
    issue = access.get_own_issue(resident(request).account, pk)
    return render(request, "deliberation/own_issue.html", _own_context(issue, WhyForm()))


def _own_context(issue: Issue, form: WhyForm) -> dict[str, Any]:
    steps = steps_open(State(issue.state), MINE)
    form.fields["why"].label, form.fields["why"].help_text = "哪里还没好", ""
    return {
        "issue": issue, "history": queries.history(issue), "form": form,
        "may_close": Step.CLOSE in steps, "may_reopen": Step.REOPEN in steps,
    }  # fmt: skip


@require_GET
@resident_page
def show_own_photo(request: HttpRequest, pk: int, photo: int) -> HttpResponse:
    """A photo of an issue that I reported."""
    return open_copy(access.get_own_photo(resident(request).account, pk, photo))  # type: ignore[return-value]


def _do(request: HttpRequest, pk: int, do: Callable[[], object], said: str) -> HttpResponse:
    try:
        do()
    except RefusedError as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("deliberation:see_own_issue", pk=pk)


@require_POST
@resident_page
def close_own_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an issue is settled."""
    account = resident(request).account
    issue = access.get_own_issue(account, pk)
    return _do(
        request, pk,
        lambda: issue_services.close_issue(issue=issue, note="居民确认", who=MINE, by=account, now=clock.now()),
        "谢谢您确认，这件事办好了。",
    )  # fmt: skip


@require_POST
@resident_page
def reopen_own_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an issue is not settled, and why."""
    account = resident(request).account
    issue = access.get_own_issue(account, pk)
    form = WhyForm(request.POST)
    if not form.is_valid():
        return render(request, "deliberation/own_issue.html", _own_context(issue, form), status=422)
    return _do(
        request, pk,
        lambda: issue_services.reopen_issue(issue=issue, **form.cleaned_data, who=MINE, by=account, now=clock.now()),
        "已收到，社区会再安排处理。",
    )  # fmt: skip


@require_GET
@resident_page
def see_own_topics(request: HttpRequest) -> HttpResponse:
    """The topics of my compounds."""
    account = resident(request).account
    topics = queries.open_topics_first(access.own_topics(account))
    context = {"topics": topics, "home": access.own_compounds(account).exists()}
    return render(request, "deliberation/own_topics.html", context)


@require_http_methods(["GET", "POST"])
@resident_page
def raise_own_topic(request: HttpRequest) -> HttpResponse:
    """Raise a topic of my compound."""
    account = resident(request).account
    compounds = list(access.own_compounds(account)[:20])
    back = reverse("deliberation:see_own_topics")
    if not compounds:
        return redirect(back)
    form = TopicForm(compounds, request.POST or None)
    page = Page(
        "提一个议题", "提出", back, "小区议事", "已提出，邻居们能看到。", "邻居们会看到，请不要写姓名、电话和门牌号。"
    )
    return asked(
        request, form, page,
        lambda: topic_services.raise_topic(
            compound=form.compound(), title=form.cleaned_data["title"], text=form.cleaned_data["text"], by=account,
            now=clock.now(),
        ),
        to=lambda row: reverse("deliberation:see_own_topic", args=[row.pk]), template=FORM,
        more={"contacts": whom_to_ask_of(compounds)},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
@resident_page
def see_own_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic of my compound: what was said, met about and agreed; and saying something."""
    account = resident(request).account
    topic = access.get_own_topic(account, pk)
    form = ReplyForm(request.POST or None)
    back = reverse("deliberation:see_own_topic", args=[pk])
    page = Page(topic.title, "发言", back, "小区议事", "已发言。")
    more = {
        "topic": topic, "replies": queries.replies_of(topic, own=account), "meetings": queries.meetings_of(topic),
    }  # fmt: skip
    return asked(
        request, form, page,
        lambda: topic_services.reply_topic(topic=topic, **form.cleaned_data, by=account, now=clock.now()),
        template="deliberation/own_topic.html", more=more,
    )  # fmt: skip
