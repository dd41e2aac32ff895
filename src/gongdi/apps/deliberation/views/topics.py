"""Pages of topics."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from gongdi.apps.accounts.access import person, require
from gongdi.apps.deliberation import access, queries, topic_services
from gongdi.apps.deliberation.forms import CloseTopicForm, HoldMeetingForm, ReplyForm, TopicForm, WhyForm
from gongdi.apps.deliberation.models import Topic
from gongdi.apps.organisations.access import visible_bodies
from gongdi.apps.places.access import get_compound
from gongdi.web import clock
from gongdi.web.asking import Page, asked

PER_PAGE = 50


def page_of(topic: Topic) -> str:
    """The address of a topic's page."""
    return reverse("deliberation:see_topic", args=[topic.pk])


@require_GET
def see_topics(request: HttpRequest) -> HttpResponse:
    """The topics of the person's places."""
    user = person(request)
    require(user, access.TOPICS)
    compound = request.GET.get("compound", "")
    rows = queries.topics(queries.of_compound(access.visible_topics(user), compound))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "deliberation/topics.html", {"page": page, "base_query": f"compound={compound}" if compound else ""}
    )


@require_GET
def see_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """A topic with its replies and meetings."""
    user = person(request)
    topic = access.get_topic(user, pk)
    context = {
        "topic": topic, "replies": queries.replies_of(topic, hidden=True), "meetings": queries.meetings_of(topic),
        "may_keep": user.may(access.KEEP_TOPIC, topic.place), "may_meet": user.may(access.MEET, topic.place),
    }  # fmt: skip
    return render(request, "deliberation/topic.html", context)


@require_http_methods(["GET", "POST"])
def raise_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise a topic of a compound."""
    user = person(request)
    compound = get_compound(user, pk)
    require(user, access.KEEP_TOPIC, compound.place)
    form = TopicForm([compound], request.POST or None)
    page = Page(
        "提出议题",
        "提出",
        reverse("places:see_compound", args=[pk]),
        compound.name,
        "已提出，本小区居民在手机上能看到。",
    )
    return asked(
        request, form, page,
        lambda: topic_services.raise_topic(compound=compound, **form.cleaned_data, by=user, now=clock.now()),
        to=page_of,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reply_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer under a topic."""
    user = person(request)
    topic = access.get_topic(user, pk, access.KEEP_TOPIC)
    form = ReplyForm(request.POST or None)
    page = Page("答复", "答复", page_of(topic), topic.title, "已答复。", topic.text)
    return asked(
        request, form, page,
        lambda: topic_services.reply_topic(topic=topic, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hide_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a topic."""
    user = person(request)
    topic = access.get_topic(user, pk, access.KEEP_TOPIC)
    form = WhyForm(request.POST or None)
    page = Page("隐藏议题", "隐藏", page_of(topic), topic.title, "已隐藏，提出人仍能看到和原因。", topic.text)
    return asked(
        request, form, page,
        lambda: topic_services.hide_topic(topic=topic, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hide_reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide a reply."""
    user = person(request)
    reply = access.get_reply(user, pk)
    form = WhyForm(request.POST or None)
    page = Page("隐藏发言", "隐藏", page_of(reply.topic), reply.topic.title, "已隐藏。", reply.text)
    return asked(
        request, form, page,
        lambda: topic_services.hide_reply(reply=reply, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def hold_meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a meeting about a topic."""
    user = person(request)
    topic = access.get_topic(user, pk, access.MEET)
    bodies = visible_bodies(user).filter(compound=topic.compound, until=None)
    form = HoldMeetingForm(bodies, request.POST or None, initial={"held_on": clock.today(), "title": topic.title})
    note = "会后登记。谁在什么时候前做什么，登记后在会议页面交办。"
    page = Page("登记议事会", "登记", page_of(topic), topic.title, "已登记。", note)
    return asked(
        request, form, page,
        lambda: topic_services.hold_meeting(
            topic=topic, columns=form.columns, bodies=list(form.cleaned_data["bodies"]),
            attendance=form.attendance, agreed=form.cleaned_data["agreed"], by=user, now=clock.now(),
        ),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_topic(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a topic."""
    user = person(request)
    topic = access.get_topic(user, pk, access.KEEP_TOPIC)
    form = CloseTopicForm(request.POST or None)
    page = Page("结束议题", "结束", page_of(topic), topic.title, "已结束。")
    return asked(
        request, form, page,
        lambda: topic_services.close_topic(topic=topic, **form.cleaned_data, by=user, now=clock.now()),
    )  # fmt: skip
